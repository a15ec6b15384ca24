"""办结: with cause, result, and what is to be learnt from it."""

from datetime import datetime

from app.domain.accounts.models import Person
from app.domain.accounts.roles import Role
from app.domain.cases import states, transitions
from app.domain.cases.enums import Action, CaseState, EventKind
from app.domain.cases.events import CaseEnded
from app.domain.cases.models import Case
from app.domain.cases.satisfaction import is_satisfied
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.core.events import publish
from app.domain.plans.models import Cause, Result

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
    transitions.apply(case, Action.CLOSE, EventKind.CLOSED, happened, by=by, at=at, note=note)
    publish(CaseEnded(case, by, at, given_up_why=note if given_up else ""))


def asks_for_result(case: Case) -> bool:
    """Whether closing takes cause, result and lesson: a complaint or repair that was worked on."""
    return case.kind in states.WORKED and case.state is not CaseState.INVALID


def _waived(note: str, by: Person) -> str:
    """The lead's reason for closing without a satisfied customer."""
    if not by.has(Role.LEAD):
        raise Refused(WITHOUT_RATING)
    return transitions.require_text(note, N_("客户没有表示满意，请写明办结的理由。"), "note")


def may_close(case: Case, person: Person) -> bool:
    """Whether the person, who acts on the case, may end it now, everything asked for given."""
    return not asks_for_result(case) or is_satisfied(case) or person.has(Role.LEAD)
