"""Calls to the customer of a case, and from them: to verify a complaint, from the site, about the progress, 48 hours
after a repair; and 催办, when they call again about the same thing.
"""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.domain.accounts.models import Person
from app.domain.audit import trail
from app.domain.callbacks.enums import Outcome, Purpose
from app.domain.callbacks.models import Attempt
from app.domain.cases import audit_events, transitions
from app.domain.cases.actions import Action
from app.domain.cases.deadlines import sync
from app.domain.cases.enums import EventKind
from app.domain.cases.models import Case, CaseEvent
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Conflict, Refused
from app.domain.plans.enums import DeadlineKind
from app.domain.settings import values as settings
from app.extensions import db


def verify(
    case: Case, outcome: Outcome, *, by: Person, at: datetime, happened_at: datetime | None = None, note: str = ""
) -> None:
    """核实回电 of a complaint. Only who was reached was asked."""
    happened = transitions.check(case, Action.VERIFY, happened_at, at, by=by)
    attempted(case, Purpose.VERIFY, outcome, happened, by=by, at=at, note=note)
    if outcome is Outcome.REACHED:
        transitions.apply(case, Action.VERIFY, happened, by=by, at=at, note=note)


def contact(
    case: Case, outcome: Outcome, *, by: Person, at: datetime, happened_at: datetime | None = None, note: str = ""
) -> None:
    """The responsible side called the customer; customer service may record it for them."""
    happened = transitions.check(case, Action.CONTACT, happened_at, at, by=by)
    attempted(case, Purpose.CONTACT, outcome, happened, by=by, at=at, note=note)
    if outcome is Outcome.REACHED:
        transitions.apply(case, Action.CONTACT, happened, by=by, at=at, note=note)


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
    transitions.apply(case, Action.CHECK, happened, by=by, at=at, note=note, untrue=untrue or None, **answers)
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


def chase(case: Case, *, by: Person, at: datetime, note: str = "", seen: int | None = None) -> CaseEvent:
    """One more chase. Refused on an ended case.

    `seen`: how many chases the person knew of. A Conflict where there are more by now: one call of the customer,
    noted from two pages, counts once.
    """
    happened = transitions.check(case, Action.CHASE, None, at, by=by)
    if seen is not None:
        _refuse_unseen(case, seen)
    return transitions.apply(case, Action.CHASE, happened, by=by, at=at, note=note)


def chases_of(case: Case) -> int:
    """How often the case was chased, over all rounds."""
    return len(_chases(case))


def _chases(case: Case) -> list[CaseEvent]:
    return [event for event in case.events if event.kind is EventKind.CHASED and event.superseded_at is None]


def _refuse_unseen(case: Case, seen: int) -> None:
    db.session.execute(select(Case.id).where(Case.id == case.id).with_for_update())  # who chases too waits here
    db.session.expire(case, ["events"])
    chases = _chases(case)
    if len(chases) > seen:
        who = chases[-1].by.name if chases[-1].by else ""
        when = clock.local(chases[-1].happened_at).strftime("%Y-%m-%d %H:%M")
        message = N_("%(who)s已在 %(when)s 记过催办，这次没有重复记。客户要是又来催了一次，请打开工单再按。")
        raise Conflict(message, who=who, when=when)


def tell(
    case: Case,
    outcome: Outcome,
    *,
    by: Person,
    at: datetime,
    happened_at: datetime | None = None,
    note: str = "",
) -> None:
    """The customer was called about the progress. Refused without what they were told, when they were reached."""
    happened = transitions.check(case, Action.TELL, happened_at, at, by=by)
    if outcome is Outcome.REACHED:
        note = transitions.require_text(note, N_("请写下告诉了客户什么。"), "note")
    attempted(case, Purpose.PROGRESS, outcome, happened, by=by, at=at, note=note)
    if outcome is Outcome.REACHED:
        transitions.apply(case, Action.TELL, happened, by=by, at=at, note=note)
