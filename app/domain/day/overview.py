"""What stands beside a person's own list: today's calls, the pool, the team's load, and what the branch has overdue.

Counts stop at 1000: beyond that the exact number tells nobody what to do next.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, select
from sqlalchemy.orm import joinedload

from app.domain import clock
from app.domain.accounts.access import in_branch
from app.domain.accounts.models import Account, Person, PersonRole
from app.domain.accounts.roles import SERVICE
from app.domain.callbacks.models import TO_CALL, Attempt, Callback, ScheduleRun
from app.domain.callbacks.words import CallbackState, Outcome, Purpose
from app.domain.cases.models import RUNNING, Case, Clock
from app.domain.handoffs.models import Handoff
from app.domain.paging import COUNTED_TO, count_of
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


def called_today(person: Person, at: datetime) -> int:
    """Customers this person reached in callbacks since midnight."""
    midnight = clock.at(clock.day_of(at))
    query = select(func.count(Attempt.callback_id.distinct())).where(
        Attempt.by_id == person.id,
        Attempt.at >= midnight,
        Attempt.outcome == Outcome.REACHED,
        Attempt.purpose == Purpose.CALLBACK,
    )
    return db.session.scalar(query) or 0


def pool(person: Person, at: datetime) -> int:
    """Callbacks of the branch that may be called today and are nobody's yet."""
    return count_of(
        select(Callback).where(
            TO_CALL,
            Callback.assigned_to_id.is_(None),
            Callback.window_first <= clock.day_of(at),
            in_branch(person, Callback.branch_id),
        )
    )


def to_decide(person: Person) -> int:
    """Callbacks of the branch whose customer can't be reached: a lead decides."""
    query = select(Callback).where(Callback.state == CallbackState.UNREACHABLE, in_branch(person, Callback.branch_id))
    return count_of(query)


def unsigned_over(person: Person, at: datetime) -> int:
    """Handoffs of the branch that nobody signed in time."""
    query = select(Handoff).join(Case, Case.id == Handoff.case_id)
    return count_of(query.where(Handoff.answered_at.is_(None), Handoff.sign_by < at, in_branch(person, Case.branch_id)))


def cases_over(person: Person, at: datetime) -> int:
    """Open cases of the branch with a promise past due."""
    query = select(Case).where(Case.ended_at.is_(None), Case.next_due_at < at, in_branch(person, Case.branch_id))
    return count_of(query)


def broken_now(person: Person, at: datetime, most: int = 10) -> list[Clock]:
    """The promises of the branch that are broken and still not met, oldest first."""
    query = (
        select(Clock)
        .join(Clock.case)
        .where(RUNNING, Clock.due_at < at, Case.ended_at.is_(None), in_branch(person, Case.branch_id))
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
            _capped(Callback.id, mine),
            _capped(Callback.id, and_(mine, Callback.wanted_at < at)),
            _capped(Case.id, held),
            _capped(Case.id, and_(held, Case.next_due_at < at)),
        )
        .where(
            Person.id.in_(select(PersonRole.person_id).where(PersonRole.role.in_(SERVICE))),
            in_branch(person, Person.branch_id),
        )
        .order_by(Person.name, Person.id)
    )
    loads = [Load(*row) for row in db.session.execute(query)]
    return [load for load in loads if load.person.active or load.calls or load.cases]


def _capped(column: Any, condition: ColumnElement[bool]) -> Any:
    some: Select[Any] = (
        select(literal_column("1")).select_from(column.class_).where(condition).limit(COUNTED_TO + 1).correlate(Person)
    )
    return select(func.count()).select_from(some.subquery()).scalar_subquery()


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
