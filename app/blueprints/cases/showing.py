"""The page of a case: its clocks, the next step with its form, the story, the facts."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for

from app.blueprints.cases import move_forms as forms
from app.blueprints.cases.forms import CategoryForm
from app.blueprints.cases.stories import entries_of
from app.blueprints.cases.worked_out import more_facts_of
from app.domain import access
from app.domain.callbacks.models import Callback
from app.domain.cases import next_steps, queries
from app.domain.cases.chasing import chases_of
from app.domain.cases.deadlines import display
from app.domain.cases.enums import Action
from app.domain.cases.handoffs import signing
from app.domain.cases.handoffs.models import Handoff
from app.domain.cases.handoffs.queries import handoffs_of
from app.domain.cases.models import Case
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.followup import satisfaction_calls
from app.domain.projects import warranty
from app.domain.settings import values
from app.web.access import me
from app.web.badges import badge
from app.web.i18n import gettext

FORMS: dict[Action, type[forms.MoveForm]] = {
    Action.VERIFY: forms.VerificationForm,
    Action.FIND_VALID: forms.JudgementForm,
    Action.HAND_OVER: forms.HandoffForm,
    Action.CONTACT: forms.ContactForm,
    Action.VISIT: forms.VisitForm,
    Action.PLAN: forms.PlanForm,
    Action.DISPATCH: forms.DispatchForm,
    Action.CONTACT_BY_TEAM: forms.TeamContactForm,
    Action.START_WORK: forms.WorkForm,
    Action.TELL: forms.ProgressForm,
    Action.CHECK: forms.CheckForm,
    Action.RESOLVE: forms.ResolutionForm,
    Action.ANSWER: forms.AnswerForm,
    Action.REOPEN: forms.RoundForm,
    Action.CLOSE: forms.ClosureForm,
    Action.CANCEL: forms.CancellationForm,
    Action.RAISE: forms.UrgencyForm,
    Action.REASSIGN: forms.OwnerForm,
    Action.CLASSIFY: CategoryForm,
    Action.RECORD_COSTS: forms.CostsForm,
    Action.ADD_PHOTOS: forms.PhotosForm,
}
ENDPOINTS: dict[Action, str] = {
    Action.VERIFY: "verify",
    Action.FIND_VALID: "judge",
    Action.HAND_OVER: "hand_over",
    Action.CONTACT: "contact",
    Action.VISIT: "visit",
    Action.PLAN: "plan",
    Action.DISPATCH: "send_team",
    Action.CONTACT_BY_TEAM: "team_contact",
    Action.START_WORK: "work",
    Action.TELL: "progress",
    Action.CHECK: "check",
    Action.RESOLVE: "resolve",
    Action.ANSWER: "answer",
    Action.REOPEN: "reopen",
    Action.CLOSE: "close",
    Action.CANCEL: "cancel",
    Action.RAISE: "raise_urgency",
    Action.REASSIGN: "reassign",
    Action.CLASSIFY: "classify",
    Action.RECORD_COSTS: "record_costs",
    Action.ADD_PHOTOS: "add_photos",
}

BUTTONS: dict[Action, str] = {
    Action.VERIFY: N_("记下这次电话"),
    Action.FIND_VALID: N_("判定"),
    Action.HAND_OVER: N_("移交"),
    Action.CONTACT: N_("记下这次电话"),
    Action.VISIT: N_("记下上门结果"),
    Action.PLAN: N_("确认方案"),
    Action.DISPATCH: N_("派工"),
    Action.CONTACT_BY_TEAM: N_("施工队已联系客户"),
    Action.START_WORK: N_("开工"),
    Action.TELL: N_("记下这次电话"),
    Action.CHECK: N_("记下这次回访"),
    Action.RESOLVE: N_("处理完成"),
    Action.ANSWER: N_("已答复客户"),
    Action.REOPEN: N_("转入下一轮"),
    Action.CLOSE: N_("办结"),
    Action.CANCEL: N_("撤销这张工单"),
    Action.RAISE: N_("升级"),
    Action.REASSIGN: N_("换人负责"),
    Action.CLASSIFY: N_("改分类"),
    Action.RECORD_COSTS: N_("保存费用"),
    Action.ADD_PHOTOS: N_("加上照片"),
}


@dataclass(frozen=True)
class Offered:
    """A move with its form, as the page offers it."""

    move: Action
    label: str
    button: str
    url: str
    form: Any
    missing: list[str]


def show(case: Case, failed: forms.MoveForm | None = None, *, wanted: str = "", phone_shown: bool = False) -> str:
    """The page with one form open: the refused one as it was sent, else that of the move `wanted`, else the next."""
    person, at = me(), clock.now()
    soon_share = values.value("cases.soon_share")
    handoffs = handoffs_of(case)
    waiting = next((row for row in handoffs if row.answered_at is None), None)
    steps = next_steps.next_steps(case, person, at)
    offered = [step for step in steps if step.move in FORMS]
    callback = satisfaction_calls.of_round(case) if next_steps.next_move(case) is Action.TAKE_RATING else None
    chosen = _chosen(offered, failed, wanted)
    return render_template(
        "cases/view.html",
        case=case,
        deadlines=[badge(one) for one in display.of_case(case, at, soon_share=soon_share)],
        clock=badge(display.next_of(case, at, soon_share=soon_share)),
        chosen=_offered(case, chosen, failed) if chosen else None,
        next_move=next_steps.next_move(case),
        others=[(step.move, label_of(step.move)) for step in offered if step is not chosen and not step.missing],
        chase=forms.ChaseForm(case, formdata=None) if Action.CHASE in [step.move for step in steps] else None,
        chases=chases_of(case),
        waiting=waiting,
        may_sign=waiting is not None and signing.may_answer(waiting, person),
        callback=callback,
        story=entries_of(case, handoffs),
        verdict=warranty.verdict(case.project, case.category, case.received_at),
        sees_phone=phone_shown or _has_a_task(case, handoffs, callback),
        more_facts=more_facts_of(case),
        earlier=queries.earlier_cases(access.visible_cases(person), case.customer, case, limit=5),
    )


def _chosen(
    offered: list[next_steps.NextStep], failed: forms.MoveForm | None, wanted: str
) -> next_steps.NextStep | None:
    """Which of the moves has its form open."""
    if failed is not None:
        by_form = next((step for step in offered if isinstance(failed, FORMS[step.move])), None)
        if by_form:
            return by_form
    asked_for = next((step for step in offered if step.move.value == wanted), None)
    return asked_for or next((step for step in offered if step.is_first), None)


def _has_a_task(case: Case, handoffs: list[Handoff], callback: Callback | None) -> bool:
    """Whether the customer is to be called by this person, from what the page has at hand."""
    theirs = {case.owner_id, case.assignee_id, case.project_manager_id}
    theirs |= {row.to_person_id for row in handoffs} | {callback.assigned_to_id if callback else None}
    return case.is_open and me().id in theirs


def label_of(move: Action) -> str:
    """The move's verb; both judgements are one form."""
    return str(gettext("判定是否成立") if move is Action.FIND_VALID else gettext(move.label))


def _offered(case: Case, step: next_steps.NextStep, failed: forms.MoveForm | None) -> Offered:
    form_class = FORMS[step.move]
    is_failed = failed is not None and isinstance(failed, form_class)
    url = url_for(f"cases.{ENDPOINTS[step.move]}", case_id=case.id)
    missing = [gettext(text) for text in step.missing]
    form = failed if is_failed else form_class(case, formdata=None)
    return Offered(step.move, label_of(step.move), gettext(BUTTONS[step.move]), url, form, missing)
