"""Handoffs: what waits for a signature, and the page that is read and signed on a phone."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for

from app.blueprints.handoffs.forms import AnswerForm, AssignmentForm, RefusalForm, SignatureForm, TelephoneForm
from app.domain import access, privacy
from app.domain.accounts.roles import SERVICE, may
from app.domain.cases.deadlines import display
from app.domain.cases.handoffs import assigning, queries, refusing, signing, snapshots
from app.domain.cases.handoffs.enums import HandoffState
from app.domain.cases.handoffs.models import Handoff
from app.domain.cases.handoffs.queries import SavedView
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.plans.enums import Urgency
from app.domain.settings import values
from app.web.access import get_handoff_or_404, me, requires
from app.web.badges import badge
from app.web.lists import listed
from app.web.submit import submit

bp = Blueprint("handoffs", __name__, url_prefix="/handoffs")


@bp.get("")
@requires("handoffs.see")
def index() -> str:
    """What the person has to sign, else what waits to be signed."""
    views, at = queries.views_of(me()), clock.now()
    saved_view = next((one for one in views if one.value == request.args.get("show")), views[0])
    if request.args.get("late") == "1":
        saved_view = SavedView.LATE
    sorts = queries.SORTS if saved_view is SavedView.ALL else queries.OLDEST_FIRST
    page = listed(queries.worklist(access.visible_handoffs(me()), me(), saved_view, at), sorts)
    return render_template(
        "handoffs/index.html",
        page=page,
        saved_view=saved_view,
        views=views,
        shows_all=saved_view is SavedView.ALL,
        deadlines=_deadlines_of(page.rows, at),
        default_sort=next(iter(sorts)),
    )


@bp.get("/<int:handoff_id>")
@requires("handoffs.see")
def view(handoff_id: int) -> str:
    """What is handed over, to read and to sign."""
    return _page(_whole(handoff_id))


@bp.post("/<int:handoff_id>/signature")
@requires("handoffs.sign")
def sign(handoff_id: int) -> Any:
    """签收, drawn or typed."""
    return _answer(handoff_id, SignatureForm(), _signed)


def _signed(handoff: Handoff, form: Any) -> None:
    signing.sign(
        handoff,
        seen=form.seen.data or "",
        typed_name=form.typed_name.data or "",
        drawing=form.drawing.data or "",
        by=me(),
        at=clock.now(),
    )


@bp.post("/<int:handoff_id>/telephone-signature")
@requires("cases.handle")
def sign_by_telephone(handoff_id: int) -> Any:
    """签收 by telephone, recorded by customer service."""
    return _answer(handoff_id, TelephoneForm(), _signed_by_telephone)


def _signed_by_telephone(handoff: Handoff, form: Any) -> None:
    seen, who, happened_at = form.seen.data or "", form.who.data, form.happened_at.data
    signing.sign_by_telephone(handoff, seen=seen, who=who, happened_at=happened_at, by=me(), at=clock.now())


@bp.post("/<int:handoff_id>/refusal")
@requires("handoffs.sign")
def refuse(handoff_id: int) -> Any:
    """退回, with a reason."""
    return _answer(handoff_id, RefusalForm(), _refused)


def _refused(handoff: Handoff, form: Any) -> None:
    refusing.refuse(handoff, reason=form.reason.data, by=me(), at=clock.now())


@bp.post("/<int:handoff_id>/assignment")
@requires("handoffs.sign")
def assign(handoff_id: int) -> Any:
    """分派 by the department's head."""
    form = AssignmentForm()
    form.to.offer(assigning.members(get_handoff_or_404(handoff_id)))
    return _answer(handoff_id, form, _assigned)


def _assigned(handoff: Handoff, form: Any) -> None:
    assigning.assign(handoff, form.to.chosen, by=me(), at=clock.now())


def _answer(handoff_id: int, form: AnswerForm, verb: Callable[[Handoff, Any], None]) -> Any:
    """Carry the answer out and come back to the handoff; a refused one shows the page again."""
    handoff = _whole(handoff_id)
    there = url_for(".view", handoff_id=handoff_id)
    return submit(
        form,
        lambda sent: verb(handoff, sent),
        page=lambda sent: _page(_whole(handoff_id), sent),
        to=there,
        again_url=there,
        lost=N_("这份移交刚刚有人处理过，请重新打开。"),
    )


def _whole(handoff_id: int) -> Handoff:
    handoff = queries.whole_handoff(access.visible_handoffs(me()), handoff_id)
    if handoff is None:
        abort(404)
    return handoff


def _page(handoff: Handoff, failed: AnswerForm | None = None) -> str:
    person, at = me(), clock.now()
    soon_share = values.value("cases.soon_share")
    is_open = handoff.state is HandoffState.SENT
    content = snapshots.read(handoff.snapshot)
    may_answer = is_open and signing.may_answer(handoff, person)
    assignment = _assignment(handoff, failed) if is_open and assigning.may_assign(handoff, person) else None
    return render_template(
        "handoffs/view.html",
        handoff=handoff,
        content=content,
        urgency=Urgency.of(content["urgency"]),
        deadline=datetime.fromisoformat(content["deadline"]) if content.get("deadline") else None,
        photos=_photos(handoff, content),
        sees_case=may(person, "cases.see") and access.sees_case(person, handoff.case_id),
        sees_phone=privacy.sees_phone(person, handoff.case.customer),
        clock=_deadlines_of([handoff], at).get(handoff.id),
        signature=_form(SignatureForm, failed, handoff) if may_answer else None,
        refusal=_form(RefusalForm, failed, handoff) if may_answer else None,
        assignment=assignment,
        telephone=_form(TelephoneForm, failed, handoff) if is_open and person.has(*SERVICE) else None,
        failed=failed,
        next_clock=badge(display.next_deadlines([handoff.case], at, soon_share=soon_share).get(handoff.case_id)),
    )


def _form(form_class: Any, failed: AnswerForm | None, handoff: Handoff) -> Any:
    if isinstance(failed, form_class):
        return failed
    form = form_class(formdata=None)
    form.seen.data = handoff.sha256
    return form


def _assignment(handoff: Handoff, failed: AnswerForm | None) -> Any:
    if isinstance(failed, AssignmentForm):
        return failed
    form = AssignmentForm(formdata=None)
    form.to.offer(assigning.members(handoff))
    return form


def _photos(handoff: Handoff, content: dict[str, Any]) -> list[tuple[str, str]]:
    """The photos that were handed over: (address, name)."""
    rows = queries.photos_of(handoff, content["photos"])
    return [(url_for("files.view", file_id=row.id), row.sha256[:8]) for row in rows]


def _deadlines_of(handoffs: list[Handoff], at: datetime) -> dict[int | None, Any]:
    """The signing clock of each handoff, as a badge."""
    soon_share = values.value("cases.soon_share")
    waiting: dict[int | None, bool] = {row.id: row.state is HandoffState.SENT for row in handoffs}
    return {
        row.handoff_id: badge(display.shown(row, at, soon_share=soon_share, is_expected=waiting[row.handoff_id]))
        for row in queries.signing_deadlines(handoffs)
    }
