"""Attempts to reach the customer of a case: to verify a complaint, from the site, 48 hours after a repair."""

from datetime import datetime, timedelta

from app.domain.accounts.models import Person
from app.domain.audit import trail
from app.domain.callbacks.enums import Outcome, Purpose
from app.domain.callbacks.models import Attempt
from app.domain.cases import audit_events, transitions
from app.domain.cases.deadlines import sync
from app.domain.cases.enums import Action, EventKind
from app.domain.cases.models import Case
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.plans.enums import DeadlineKind
from app.domain.settings import values as settings


def verify(
    case: Case, outcome: Outcome, *, by: Person, at: datetime, happened_at: datetime | None = None, note: str = ""
) -> None:
    """核实回电 of a complaint. Only who was reached was asked."""
    happened = transitions.check(case, Action.VERIFY, happened_at, at, by=by)
    attempted(case, Purpose.VERIFY, outcome, happened, by=by, at=at, note=note)
    if outcome is Outcome.REACHED:
        transitions.apply(case, Action.VERIFY, EventKind.VERIFIED, happened, by=by, at=at, note=note)


def contact(
    case: Case, outcome: Outcome, *, by: Person, at: datetime, happened_at: datetime | None = None, note: str = ""
) -> None:
    """The responsible side called the customer; customer service may record it for them."""
    happened = transitions.check(case, Action.CONTACT, happened_at, at, by=by)
    attempted(case, Purpose.CONTACT, outcome, happened, by=by, at=at, note=note)
    if outcome is Outcome.REACHED:
        transitions.apply(case, Action.CONTACT, EventKind.CONTACTED, happened, by=by, at=at, note=note)


def check(
    case: Case,
    outcome: Outcome,
    *,
    by: Person,
    at: datetime,
    contacted: bool | None = None,
    appointed: bool | None = None,
    plan_agreed: bool | None = None,
    happened_at: datetime | None = None,
    note: str = "",
) -> None:
    """48小时回访 of a repair: were they contacted, is there an appointment, is the plan agreed.

    Refused before it may be made (`check_call_from`), and without an answer when the customer was reached.
    "Not contacted" where our record says so is marked untrue; either way the holder is chased.
    """
    happened = transitions.check(case, Action.CHECK, happened_at, at, by=by)
    if not may_check(case, happened):
        raise Refused(N_("报修满 48 小时，或联系和方案都有记录之后，才做这次回访。"))
    if outcome is Outcome.REACHED and contacted is None:
        raise Refused(N_("请记下客户的回答。"), field="contacted")
    attempted(case, Purpose.CHECK_CALL, outcome, happened, by=by, at=at, note=note)
    if outcome is not Outcome.REACHED:
        return
    untrue = contacted is False and transitions.has_event(case, EventKind.CONTACTED)
    answers = {"contacted": contacted, "appointed": appointed, "plan_agreed": plan_agreed}
    transitions.apply(
        case, Action.CHECK, EventKind.CHECKED, happened, by=by, at=at, note=note, untrue=untrue or None, **answers
    )
    if contacted is False:
        transitions.add_event(
            case, EventKind.CHASED, happened, by=by, at=at, note=N_("48小时回访时客户说还没有人联系。")
        )


def may_check(case: Case, at: datetime) -> bool:
    """Whether the 48-hour call may be made: 48 hours after receipt, or once contact and plan are recorded."""
    if transitions.has_event(case, EventKind.CONTACTED) and transitions.has_event(case, EventKind.PLANNED):
        return True
    return at >= check_call_from(case)


def check_call_from(case: Case) -> datetime:
    """From when the 48-hour call is due to be made, whatever was recorded."""
    return case.received_at + timedelta(hours=settings.value("cases.check_call_after_hours"))


def is_given_up(case: Case, kind: DeadlineKind) -> bool:
    """Whether so many calls failed that the clock stopped as unreached."""
    return any(row.kind is kind and row.met_unreached and row.superseded_at is None for row in case.deadlines)


def attempted(
    case: Case, purpose: Purpose, outcome: Outcome, happened_at: datetime, *, by: Person, at: datetime, note: str
) -> None:
    """One more attempt, only added to; enough failed ones stop the clock that waits for it."""
    case.attempts.append(
        Attempt(
            purpose=purpose,
            at=happened_at,
            recorded_at=at,
            by_id=by.id,
            number=case.customer.phone,
            outcome=outcome,
            note=note,
        )
    )
    trail.record(audit_events.CALL_FOR[purpose], case, by=by, at=at, changes={"outcome": [None, outcome.value]})
    sync.sync_deadlines(case, at)
