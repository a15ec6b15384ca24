"""What stands beside a person's own list: today's calls, the pool, the team's load, and what the branch has overdue.

Counts stop at 1000: beyond that the exact number tells nobody what to do next.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, select
from sqlalchemy.orm import joinedload

from app.domain import clock
from app.domain.accounts.access import in_branch
from app.domain.accounts.models import Account, Person, PersonRole
from app.domain.accounts.roles import SERVICE
from app.domain.callbacks.models import TO_CALL, Attempt, Callback, ScheduleRun
from app.domain.callbacks.words import CallbackState, Outcome, Purpose
from app.domain.cases.models import RUNNING, Case, Clock
from app.domain.handoffs.models import Handoff
from app.domain.paging import capped_count
from app.domain.tables import Base
from app.domain.transfer.models import ImportBatch
from app.extensions import db


@dataclass(frozen=True)
class Load:
    """What one colleague has in hand."""

    person: Person
    calls: int
    calls_over: int
    cases: int
    cases_over: int


@dataclass(frozen=True)
class Counts:
    """What stands in the slim strip; each stops at 1000."""

    called_today: int
    in_pool: int
    to_decide: int
    unsigned_over: int
    cases_over: int


def counts(person: Person, at: datetime) -> Counts:
    """The customers this person reached since midnight, and of their branch: callbacks that are nobody's yet,
    customers who can't be reached, handoffs not signed in time, cases with a promise past due. One query.
    """
    reached = select(func.count(Attempt.callback_id.distinct())).where(
        Attempt.by_id == person.id,
        Attempt.at >= clock.at(clock.day_of(at)),
        Attempt.outcome == Outcome.REACHED,
        Attempt.purpose == Purpose.CALLBACK,
    )
    callbacks = select(Callback).where(in_branch(person, Callback.branch_id))
    open_cases = select(Case).where(in_branch(person, Case.branch_id), Case.ended_at.is_(None))
    may_be_called = and_(TO_CALL, Callback.window_first <= clock.day_of(at))
    unsigned = (
        select(Handoff)
        .join(Case, Case.id == Handoff.case_id)
        .where(Handoff.answered_at.is_(None), Handoff.sign_by < at, in_branch(person, Case.branch_id))
    )
    query = select(
        reached.scalar_subquery(),
        capped_count(callbacks.where(may_be_called, Callback.assigned_to_id.is_(None))),
        capped_count(callbacks.where(Callback.state == CallbackState.UNREACHABLE)),
        capped_count(unsigned),
        capped_count(open_cases.where(Case.next_due_at < at)),
    )
    return Counts(*db.session.execute(query).one())


def broken_now(person: Person, at: datetime, most: int = 10) -> list[Clock]:
    """The promises of the branch that are broken and can still be met, oldest first: not what the work passed over."""
    query = (
        select(Clock)
        .join(Clock.case)
        .where(RUNNING, Clock.due_at < at, Clock.due_at >= Case.next_due_at)
        .where(Case.ended_at.is_(None), in_branch(person, Case.branch_id))
        .options(joinedload(Clock.case).joinedload(Case.customer), joinedload(Clock.case).joinedload(Case.holder))
        .order_by(Clock.due_at, Clock.id)
        .limit(most)
    )
    return list(db.session.scalars(query))


def team(person: Person, at: datetime) -> list[Load]:
    """The customer service of the branch with each one's load; who left is listed while they hold something."""
    mine = and_(TO_CALL, Callback.assigned_to_id == Person.id, Callback.window_first <= clock.day_of(at))
    held = and_(Case.owner_id == Person.id, Case.ended_at.is_(None))
    query = (
        select(
            Person,
            _of(Callback, mine),
            _of(Callback, and_(mine, Callback.wanted_at < at)),
            _of(Case, held),
            _of(Case, and_(held, Case.next_due_at < at)),
        )
        .where(
            Person.id.in_(select(PersonRole.person_id).where(PersonRole.role.in_(SERVICE))),
            in_branch(person, Person.branch_id),
        )
        .order_by(Person.name, Person.id)
    )
    loads = [Load(*row) for row in db.session.execute(query)]
    return [load for load in loads if load.person.active or load.calls or load.cases]


def _of(thing: type[Base], condition: ColumnElement[bool]) -> ScalarSelect[int]:
    return capped_count(select(thing).where(condition).correlate(Person))


@dataclass(frozen=True)
class Installation:
    """How this installation stands."""

    accounts: int
    scheduled_at: datetime | None
    is_late: bool
    imported: ImportBatch | None


def installation(at: datetime) -> Installation:
    """Accounts that can sign in, when callbacks were made last (late when not today), the last import."""
    ran_at = db.session.scalar(select(func.max(ScheduleRun.at)))
    latest = select(ImportBatch).where(ImportBatch.applied_at.is_not(None)).order_by(ImportBatch.applied_at.desc())
    return Installation(
        accounts=db.session.scalar(select(func.count(Account.id)).where(Account.disabled_at.is_(None))) or 0,
        scheduled_at=ran_at,
        is_late=ran_at is None or clock.day_of(ran_at) < clock.day_of(at),
        imported=db.session.scalars(latest.limit(1)).first(),
    )
