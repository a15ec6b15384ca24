"""How a case ends, or begins anew: the answer, what the customer said of it, the next round, 办结, 撤销."""

from datetime import datetime
from typing import Final

from sqlalchemy import select

from app.domain.accounts.models import Person
from app.domain.accounts.roles import Role
from app.domain.callbacks import ratings
from app.domain.callbacks.models import Callback
from app.domain.cases import actions, transitions
from app.domain.cases.actions import Action
from app.domain.cases.enums import CaseState, EventKind
from app.domain.cases.events import CaseEnded, CaseReopened
from app.domain.cases.handoffs.enums import HandoffState
from app.domain.cases.handoffs.models import Handoff
from app.domain.cases.models import NEVER, Case
from app.domain.cases.repeats import mark_later
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.core.events import publish
from app.domain.plans.enums import CaseKind
from app.domain.plans.models import Cause, Result
from app.extensions import db


def answer(case: Case, *, done: str, by: Person, at: datetime, happened_at: datetime | None = None) -> None:
    """What the customer was answered. Refused without it."""
    happened = transitions.check(case, Action.ANSWER, happened_at, at, by=by)
    done = transitions.require_text(done, N_("请写下怎样答复客户的。"), "done")
    transitions.apply(case, Action.ANSWER, happened, by=by, at=at, note=done)


NOT_SOLVED: Final = N_("回访时客户不满意。")


def take_rating(case: Case, callback: Callback, by: Person, at: datetime) -> None:
    """Take over what an effective satisfaction callback says. 4 or 5: the case may be closed. Dissatisfied, not true,
    or another visit needed: the next round begins. A 3 leaves it to the owner.

    A case that meanwhile went on (next round begun, closed by a lead, cancelled) keeps its state.
    """
    if not actions.is_possible(case, Action.TAKE_RATING):
        return
    case.rating = callback.rating
    happened = clock.to_minute(callback.reached_at or at)
    transitions.apply(case, Action.TAKE_RATING, happened, by=by, at=at, note=callback.remarks, callback_id=callback.id)
    if callback.needs_followup:
        begin_round(case, happened, reason=callback.remarks or NOT_SOLVED, by=by, at=at)


def is_satisfied(case: Case) -> bool:
    """Whether the customer rated this round 4 or 5."""
    return transitions.has_event(case, EventKind.SATISFACTION) and ratings.is_satisfied(case.rating)


def is_dissatisfied(case: Case) -> bool:
    """Whether the customer was asked in this round and did not rate it 4 or 5."""
    return transitions.has_event(case, EventKind.SATISFACTION) and not is_satisfied(case)


def cancel(case: Case, *, reason: str, by: Person, at: datetime) -> None:
    """End the case undone; what waited for a signature is withdrawn. Refused without a reason."""
    happened = transitions.check(case, Action.CANCEL, None, at, by=by)
    reason = transitions.require_text(reason, N_("请写明撤销的原因。"), "reason")
    unanswered = select(Handoff).where(Handoff.case_id == case.id, Handoff.answered_at.is_(None))
    for handoff in db.session.scalars(unanswered):
        handoff.end(HandoffState.WITHDRAWN, happened)
    transitions.apply(case, Action.CANCEL, happened, by=by, at=at, note=reason)
    publish(CaseEnded(case, by, at))
    mark_later(case)


def reopen(case: Case, *, reason: str, by: Person, at: datetime, happened_at: datetime | None = None) -> None:
    """The next round. The earlier ones keep their events and deadlines. Refused without a reason."""
    happened = transitions.check(case, Action.REOPEN, happened_at, at, by=by)
    begin_round(
        case, happened, reason=transitions.require_text(reason, N_("请写明为什么要再处理。"), "reason"), by=by, at=at
    )


def begin_round(case: Case, happened: datetime, *, reason: str, by: Person, at: datetime) -> None:
    """What the customer said begins the next round, whoever of the branch they said it to."""
    case.round += 1
    case.ended_at, case.next_due_at = None, NEVER
    case.rating = None
    if case.kind is CaseKind.COMPLAINT:
        case.needs_department = True
    case.responsibility, case.responsible, case.responsible_name = None, None, ""
    case.finding, case.solution, case.agreed_on, case.team = "", "", None, None
    transitions.apply(case, Action.REOPEN, happened, by=by, at=at, note=reason)
    publish(CaseReopened(case, by, at))


WITHOUT_RATING = N_("客户还没有在回访中给出满意或非常满意。只有主管写明理由才能办结。")


def close(
    case: Case,
    *,
    by: Person,
    at: datetime,
    cause: Cause | None = None,
    result: Result | None = None,
    lesson: str = "",
    note: str = "",
    happened_at: datetime | None = None,
) -> None:
    """The case ends; a satisfaction callback nobody made yet is void.

    Refused: a resolved one without cause, result or lesson, and one whose customer was not satisfied or not asked,
    unless a lead says why; a complaint that doesn't hold, without the customer's reaction.
    """
    happened = transitions.check(case, Action.CLOSE, happened_at, at, by=by)
    given_up = asks_for_result(case) and not is_satisfied(case)
    if case.state is CaseState.INVALID:
        note = transitions.require_text(note, N_("请写下客户听了解释之后的反应。"), "note")
    if asks_for_result(case):
        note = _waived(note, by) if given_up else note
        if cause is None:
            raise Refused(N_("请选择原因。"), field="cause_id")
        if result is None:
            raise Refused(N_("请选择处理结果。"), field="result_id")
        lesson = transitions.require_text(lesson, N_("请写下以后怎样避免。"), "lesson")
    case.cause, case.result, case.lesson = cause or case.cause, result or case.result, lesson
    transitions.apply(case, Action.CLOSE, happened, by=by, at=at, note=note)
    publish(CaseEnded(case, by, at, given_up_why=note if given_up else ""))


def asks_for_result(case: Case) -> bool:
    """Whether closing takes cause, result and lesson: a complaint or repair that was worked on."""
    return case.kind in actions.WORKED and case.state is not CaseState.INVALID


def _waived(note: str, by: Person) -> str:
    """The lead's reason for closing without a satisfied customer."""
    if not by.has(Role.LEAD):
        raise Refused(WITHOUT_RATING)
    return transitions.require_text(note, N_("客户没有表示满意，请写明办结的理由。"), "note")


def may_close(case: Case, person: Person) -> bool:
    """Whether the person, who acts on the case, may end it now, everything asked for given."""
    return not asks_for_result(case) or is_satisfied(case) or person.has(Role.LEAD)
