"""What a lead looks after: who of the team has how much in hand, and the calls that wait for the lead's word."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, ScalarSelect, and_, or_, select, union_all
from sqlalchemy.orm import joinedload

from app.domain.accounts.models import Person, PersonRole
from app.domain.accounts.roles import SERVICE
from app.domain.accounts.scope import in_branch
from app.domain.callbacks.enums import CallbackState
from app.domain.callbacks.models import TO_CALL, Callback
from app.domain.cases.models import Case
from app.domain.core import clock
from app.domain.core.orm import Base
from app.domain.core.pagination import capped_count
from app.extensions import db

SHOWN: Final = 5
"""How many of each sort wait on the day's page: the rest is one press away."""


@dataclass(frozen=True)
class Load:
    """What one colleague has in hand."""

    person: Person
    calls: int
    calls_over: int
    cases: int
    cases_over: int


@dataclass(frozen=True)
class Waiting:
    """Calls that need a lead: customers who can't be reached, and calls that are nobody's. The most urgent of each."""

    to_decide: list[Callback]
    in_pool: list[Callback]


def loads(person: Person, at: datetime) -> list[Load]:
    """The customer service of the branch with each one's load, most overdue first; who left is listed while they hold
    something. A call is overdue when its window is over or the time that the customer named is past."""
    mine = and_(TO_CALL, Callback.assigned_to_id == Person.id, Callback.window_first <= clock.day_of(at))
    mine = and_(mine, in_branch(person, Callback.branch_id))
    held = and_(Case.owner_id == Person.id, Case.ended_at.is_(None), in_branch(person, Case.branch_id))
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
    found = [Load(*row) for row in db.session.execute(query)]
    listed = [load for load in found if load.person.active or load.calls or load.cases]
    return sorted(listed, key=lambda load: (load.calls_over + load.cases_over, load.calls + load.cases), reverse=True)


def waiting(person: Person, at: datetime) -> Waiting:
    """What of the branch waits for the lead. One query."""
    urgent = Callback.wanted_at, Callback.id
    branch = in_branch(person, Callback.branch_id)
    nobodys = and_(TO_CALL, Callback.assigned_to_id.is_(None), Callback.window_first <= clock.day_of(at))
    first = [
        select(Callback.id).where(condition, branch).order_by(*urgent).limit(SHOWN).subquery()
        for condition in (Callback.state == CallbackState.UNREACHABLE, nobodys)
    ]
    ids = union_all(*(select(one.c.id) for one in first))
    query = (
        select(Callback)
        .where(Callback.id.in_(ids), or_(Callback.state == CallbackState.UNREACHABLE, nobodys))
        .options(joinedload(Callback.customer), joinedload(Callback.project))
        .order_by(*urgent)
    )
    rows = list(db.session.scalars(query).unique())
    unreachable = [row for row in rows if row.state is CallbackState.UNREACHABLE]
    return Waiting(unreachable, [row for row in rows if row not in unreachable])


def _of(thing: type[Base], condition: ColumnElement[bool]) -> ScalarSelect[int]:
    return capped_count(select(thing).where(condition).correlate(Person))
