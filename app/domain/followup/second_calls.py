"""Second callbacks: after trouble was dealt with the customer is asked again, until 4 or 5, or a lead closes it."""

from datetime import date, datetime, timedelta

from sqlalchemy import exists, or_, select

from app.domain.accounts.models import Person
from app.domain.audit import trail
from app.domain.callbacks import audit_events
from app.domain.callbacks.enums import OPEN_STATES, CallbackState
from app.domain.callbacks.events import CallConcluded
from app.domain.callbacks.generation import candidates
from app.domain.callbacks.models import Callback
from app.domain.callbacks.ratings import is_satisfied
from app.domain.callbacks.script import newest
from app.domain.cases.events import CaseEnded
from app.domain.cases.models import Case
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Conflict, Refused
from app.domain.core.text import clean
from app.domain.followup.models import DepartmentNote
from app.domain.plans.enums import Occasion, Trigger
from app.extensions import db

WINDOW_DAYS = 2
"""Where the plan has no rule, or there is none."""
LONGEST_REASON = 300


def schedule_second_call(origin: Callback, first: date, at: datetime) -> Callback | None:
    """The next callback of the chain, from `first` on. None where it was made already or the chain is closed."""
    name = f"c{origin.id}/second/1"
    root = root_of(origin)
    if root.chain_closed_at is not None or db.session.scalar(select(exists().where(Callback.made_for == name))):
        return None
    manager = origin.project.manager if origin.project else None
    sheet = newest(Occasion.SECOND.value)
    rule = candidates.rule_on(
        first, Trigger.TROUBLE_RESOLVED, origin.project.plan_id if origin.project else None, Occasion.SECOND
    )
    last = first + timedelta(days=rule.window_days if rule else WINDOW_DAYS)
    second = Callback(
        made_for=name,
        customer_id=origin.customer_id,
        project_id=origin.project_id,
        occasion=Occasion.SECOND,
        window_first=first,
        window_last=last,
        wanted_at=candidates.wanted_at(last),
        questionnaire_id=sheet.id if sheet else None,
        origin=origin,
        root_id=root.id,
        branch_id=origin.branch_id,
        project_manager_id=manager.id if manager else origin.project_manager_id,
        assigned_to_id=_asker(origin),
        made_at=at,
    )
    db.session.add(second)
    return second


def after_note(note: DepartmentNote, at: datetime) -> Callback | None:
    """The department answered: the customer is asked again, when every note of the call is answered and no case
    was made of it (a case asks by its own satisfaction callback)."""
    origin = note.callback
    if not origin.needs_followup:
        return None
    db.session.flush()
    waiting = exists().where(DepartmentNote.callback_id == origin.id, DepartmentNote.answered_at.is_(None))
    has_case = exists().where(or_(Case.origin_callback_id == origin.id, Case.id == (origin.case_id or 0)))
    if db.session.scalar(select(or_(waiting, has_case))):
        return None
    return schedule_second_call(origin, clock.day_of(at), at)


def case_ended(event: CaseEnded) -> None:
    """A case that a call raised ended. Closed by a lead for a customer who is not satisfied: the asking ends, too.

    Else, where nobody is satisfied yet, no satisfaction callback asks any more, and a call of its own does.
    """
    origin = event.case.origin_callback
    db.session.flush()
    if origin is None or not is_open_chain(chain_of(origin)):
        return
    if event.given_up_why:
        close_chain(origin, event.given_up_why[:LONGEST_REASON], by=event.by, at=event.at)
    else:
        schedule_second_call(origin, clock.day_of(event.at), event.at)


def call_concluded(event: CallConcluded) -> None:
    """A neutral rating in a chain neither raises anything nor ends it: the customer is asked again from the next day
    on. A case's own satisfaction callback is left to the case, which goes into its next round.
    """
    callback = event.callback
    if callback.origin_id is None or callback.case_id is not None or callback.needs_followup:
        return
    if not is_satisfied(callback.rating):
        schedule_second_call(callback, clock.day_of(event.at) + timedelta(days=1), event.at)


def root_of(callback: Callback) -> Callback:
    """The callback with which the chain began."""
    return db.session.get_one(Callback, callback.root_id) if callback.root_id else callback


def chain_of(callback: Callback) -> list[Callback]:
    """The whole chain in the order of its calls, the callback itself among them."""
    root_id = callback.root_id or callback.id
    rows = db.session.scalars(
        select(Callback).where(or_(Callback.id == root_id, Callback.root_id == root_id)).order_by(Callback.id)
    )
    return list(rows.unique())


def is_open_chain(chain: list[Callback]) -> bool:
    """Whether somebody still has to make this customer content."""
    if not chain or not chain[0].needs_followup or chain[0].chain_closed_at is not None:
        return False
    return not any(row.effective and is_satisfied(row.rating) and not row.needs_followup for row in chain[1:])


def close_chain(callback: Callback, reason: str, *, by: Person, at: datetime) -> None:
    """A lead ends the asking with a reason: open second callbacks are void, those of a case go on.

    Refused without a reason, and where nothing is open.
    """
    why = clean(reason, LONGEST_REASON, "reason")
    if not why:
        raise Refused(N_("请写明不再追访的原因。"), field="reason")
    chain = chain_of(callback)
    if not is_open_chain(chain):
        raise Conflict(N_("这条回访已经有了结果，不用再结束。"))
    root = chain[0]
    root.chain_closed_at, root.chain_closed_why = at, why
    trail.record(audit_events.CLOSE_CHAIN, root, by=by, at=at, reason=why)
    for row in chain[1:]:
        if row.state in OPEN_STATES and row.case_id is None:
            row.state, row.state_reason = CallbackState.VOID, why
            trail.record(audit_events.VOID, row, by=by, at=at, reason=why)


def _asker(origin: Callback) -> int | None:
    for person in (origin.reached_by, origin.assigned_to):
        if person is not None and person.active:
            return person.id
    return None
