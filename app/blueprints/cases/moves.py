"""One address for each move of a case."""

from typing import Any

from app.blueprints.cases import bp
from app.blueprints.cases import move_forms as forms
from app.blueprints.cases.carrying_out import carry_out
from app.blueprints.cases.uploads import kept
from app.domain.cases import (
    calls,
    cancelling,
    chasing,
    closing,
    dispatch,
    judgement,
    plans,
    raising,
    reassigning,
    resolving,
    rounds,
    visits,
)
from app.domain.cases.handoffs import sending
from app.domain.cases.models import Case
from app.domain.core import clock
from app.domain.core.text import row_id
from app.web.access import me, requires


def by_me() -> dict[str, Any]:
    """Who does it, and when it is recorded."""
    return {"by": me(), "at": clock.now()}


@bp.post("/<int:case_id>/verification")
@requires("cases.handle")
def verify(case_id: int) -> Any:
    """核实回电."""
    return carry_out(case_id, forms.VerificationForm, _verified)


def _verified(case: Case, form: Any) -> None:
    calls.verify(case, form.outcome.data, note=form.note.data or "", happened_at=form.happened_at.data, **by_me())


@bp.post("/<int:case_id>/judgement")
@requires("cases.handle")
def judge(case_id: int) -> Any:
    """判定."""
    return carry_out(case_id, forms.JudgementForm, _judged)


def _judged(case: Case, form: Any) -> None:
    judgement.judge(
        case,
        is_valid=form.verdict.data != "invalid",
        needs_department=form.verdict.data == "department",
        reason=form.reason.data or "",
        happened_at=form.happened_at.data,
        **by_me(),
    )


@bp.post("/<int:case_id>/handoff")
@requires("cases.handle")
def hand_over(case_id: int) -> Any:
    """移交."""
    return carry_out(case_id, forms.HandoffForm, _handed_over)


def _handed_over(case: Case, form: Any) -> None:
    to = form.addressees.chosen(form.to.data)
    sending.send(case, to, asked=form.asked.data, happened_at=form.happened_at.data, **by_me())


@bp.post("/<int:case_id>/contact")
@requires("cases.work")
def contact(case_id: int) -> Any:
    """联系客户, by the site or recorded for it."""
    return carry_out(case_id, forms.ContactForm, _contacted)


def _contacted(case: Case, form: Any) -> None:
    calls.contact(case, form.outcome.data, note=form.note.data or "", happened_at=form.happened_at.data, **by_me())


@bp.post("/<int:case_id>/visit")
@requires("cases.work")
def visit(case_id: int) -> Any:
    """上门定责."""
    return carry_out(case_id, forms.VisitForm, _visited)


def _visited(case: Case, form: Any) -> None:
    who = by_me()
    visits.visited(
        case,
        finding=form.finding.data,
        responsibility=form.responsibility.data,
        responsible=form.responsible_id.chosen,
        responsible_name=form.responsible_name.data or "",
        happened_at=form.happened_at.data,
        pictures=kept(form.photos, **who),
        **who,
    )


@bp.post("/<int:case_id>/plan")
@requires("cases.work")
def plan(case_id: int) -> Any:
    """方案确认."""
    return carry_out(case_id, forms.PlanForm, _planned)


def _planned(case: Case, form: Any) -> None:
    charged = "quote" in form
    plans.agree(
        case,
        solution=form.solution.data,
        agreed_on=form.agreed_on.data,
        quote=form.quote.data if charged else None,
        is_quote_agreed=bool(charged and form.is_quote_agreed.data),
        happened_at=form.happened_at.data,
        **by_me(),
    )


@bp.post("/<int:case_id>/dispatch")
@requires("cases.work")
def send_team(case_id: int) -> Any:
    """派工."""
    return carry_out(case_id, forms.DispatchForm, _team_sent)


def _team_sent(case: Case, form: Any) -> None:
    note, happened_at = form.note.data or "", form.happened_at.data
    dispatch.dispatch(case, form.team_id.chosen, note=note, happened_at=happened_at, **by_me())


@bp.post("/<int:case_id>/team-contact")
@requires("cases.work")
def team_contact(case_id: int) -> Any:
    """施工队联系."""
    return carry_out(case_id, forms.TeamContactForm, _noted(dispatch.team_contacted))


@bp.post("/<int:case_id>/work")
@requires("cases.work")
def work(case_id: int) -> Any:
    """开工处理."""
    return carry_out(case_id, forms.WorkForm, _noted(dispatch.start_work))


def _noted(verb: Any) -> Any:
    return lambda case, form: verb(case, note=form.note.data or "", happened_at=form.happened_at.data, **by_me())


@bp.post("/<int:case_id>/progress")
@requires("cases.work")
def progress(case_id: int) -> Any:
    """告知进展."""
    return carry_out(case_id, forms.ProgressForm, _told)


def _told(case: Case, form: Any) -> None:
    dispatch.tell(case, form.outcome.data, note=form.note.data or "", happened_at=form.happened_at.data, **by_me())


@bp.post("/<int:case_id>/check-call")
@requires("cases.handle")
def check(case_id: int) -> Any:
    """48小时回访."""
    return carry_out(case_id, forms.CheckForm, _checked)


def _checked(case: Case, form: Any) -> None:
    said = {"1": True, "0": False}
    calls.check(
        case,
        form.outcome.data,
        contacted=said.get(form.contacted.data or ""),
        appointed=said.get(form.appointed.data or ""),
        plan_agreed=said.get(form.plan_agreed.data or ""),
        note=form.note.data or "",
        **by_me(),
    )


@bp.post("/<int:case_id>/resolution")
@requires("cases.work")
def resolve(case_id: int) -> Any:
    """处理完成."""
    return carry_out(case_id, forms.ResolutionForm, _resolved)


def _resolved(case: Case, form: Any) -> None:
    who, is_repair = by_me(), "is_confirmed" in form
    resolving.resolve(
        case,
        done=form.done.data,
        is_confirmed=bool(is_repair and form.is_confirmed.data),
        is_advised=bool(is_repair and form.is_advised.data),
        happened_at=form.happened_at.data,
        pictures=kept(form.photos, **who),
        **who,
    )


@bp.post("/<int:case_id>/answer")
@requires("cases.handle")
def answer(case_id: int) -> Any:
    """答复 of a suggestion, an enquiry, a praise."""
    return carry_out(case_id, forms.AnswerForm, _answered)


def _answered(case: Case, form: Any) -> None:
    resolving.answer(case, done=form.done.data, happened_at=form.happened_at.data, **by_me())


@bp.post("/<int:case_id>/closure")
@requires("cases.handle")
def close(case_id: int) -> Any:
    """办结."""
    return carry_out(case_id, forms.ClosureForm, _closed)


def _closed(case: Case, form: Any) -> None:
    closing.close(
        case,
        cause=form.cause_id.chosen,
        result=form.result_id.chosen,
        lesson=form.lesson.data or "",
        note=form.note.data or "",
        **by_me(),
    )


@bp.post("/<int:case_id>/round")
@requires("cases.handle")
def reopen(case_id: int) -> Any:
    """转入下一轮."""
    return carry_out(case_id, forms.RoundForm, _reasoned(rounds.reopen))


@bp.post("/<int:case_id>/cancellation")
@requires("cases.handle")
def cancel(case_id: int) -> Any:
    """撤销."""
    return carry_out(case_id, forms.CancellationForm, _reasoned(cancelling.cancel))


def _reasoned(verb: Any) -> Any:
    return lambda case, form: verb(case, reason=form.reason.data, **by_me())


@bp.post("/<int:case_id>/chase")
@requires("cases.handle")
def chase(case_id: int) -> Any:
    """催办."""
    return carry_out(case_id, forms.ChaseForm, _chased)


def _chased(case: Case, form: Any) -> None:
    chasing.chase(case, seen=row_id(form.seen.data) or 0, **by_me())


@bp.post("/<int:case_id>/urgency")
@requires("cases.handle")
def raise_urgency(case_id: int) -> Any:
    """升级紧急程度."""
    return carry_out(case_id, forms.UrgencyForm, _raised)


def _raised(case: Case, form: Any) -> None:
    raising.raise_to(case, form.urgency.data, reason=form.reason.data, **by_me())


@bp.post("/<int:case_id>/owner")
@requires("cases.reassign")
def reassign(case_id: int) -> Any:
    """换人负责."""
    return carry_out(case_id, forms.OwnerForm, _reassigned)


def _reassigned(case: Case, form: Any) -> None:
    reassigning.reassign(case, form.to_id.chosen, reason=form.reason.data, **by_me())
