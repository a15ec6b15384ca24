"""The lists of callbacks, tasks and notes, scoped to who is asking."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload, with_expression
from sqlalchemy.sql.base import ExecutableOption

from app.domain.accounts.models import Person, PersonRole
from app.domain.accounts.roles import SERVICE
from app.domain.accounts.scope import in_branch
from app.domain.callbacks import models
from app.domain.callbacks.enums import CallbackState
from app.domain.callbacks.models import Attempt, Callback, Task
from app.domain.core import clock
from app.domain.core.orm import unindexed
from app.domain.core.pagination import Sort
from app.domain.customers.models import Customer
from app.domain.plans.enums import Occasion
from app.domain.projects.models import Project, ProjectPerson
from app.extensions import db

TO_CALL: Final = (CallbackState.DUE, CallbackState.SCHEDULED)
MINE, POOL, EVERYONE = "mine", "pool", "all"
WHOSE: Final = (MINE, POOL, EVERYONE)

SORTS: Final = {
    "wanted": Sort((Callback.wanted_at, Callback.id)),
    "-wanted": Sort((Callback.wanted_at, Callback.id), descending=True),
}
TASK_SORTS: Final = {"due": Sort((Task.due_on, Task.id)), "-due": Sort((Task.due_on, Task.id), descending=True)}


@dataclass(frozen=True)
class Wanted:
    """What a list of callbacks shows. `whose` is one of WHOSE, or a person's id. `until`: to be called by the end of
    that day."""

    whose: str = EVERYONE
    states: tuple[CallbackState, ...] = TO_CALL
    occasion: Occasion | None = None
    branch_id: int | None = None
    until: date | None = None
    made_up_before: date | None = None


def worklist(visible: Select[Callback], person: Person, wanted: Wanted) -> Select[Callback]:
    """Those of the visible callbacks that are wanted, with what a row shows."""
    query = visible.options(
        joinedload(Callback.customer).load_only(Customer.name, Customer.salutation, *Customer.place_columns()),
        joinedload(Callback.project).load_only(Project.contract_number, *Project.place_columns()),
        joinedload(Callback.assigned_to).load_only(Person.name),
        joinedload(Callback.project_manager).load_only(Person.name),
        with_expression(Callback.tried, _attempts()),
    )
    query = query.where(models.TO_CALL if wanted.states == TO_CALL else Callback.state.in_(wanted.states))
    if wanted.whose == MINE:
        query = query.where(Callback.assigned_to_id == person.id)
    elif wanted.whose == POOL:
        query = query.where(Callback.assigned_to_id.is_(None))
    elif wanted.whose.isdecimal():
        query = query.where(Callback.assigned_to_id == int(wanted.whose))
    if wanted.occasion is not None:
        query = query.where(Callback.occasion == wanted.occasion)
    if wanted.branch_id is not None:
        query = query.where(Callback.branch_id == wanted.branch_id)
    if wanted.until is not None:
        query = query.where(Callback.wanted_at <= clock.at(wanted.until + timedelta(days=1)))
    if wanted.made_up_before is not None:
        query = query.where(unindexed(Callback.window_last) < wanted.made_up_before)
    return query


def _attempts() -> ColumnElement[int]:
    counted = select(func.count()).where(Attempt.callback_id == Callback.id)
    return counted.correlate(Callback).scalar_subquery()


def next_of(
    visible: Select[Callback], person: Person, wanted: Wanted, after: Callback, at: datetime
) -> Callback | None:
    """What to call next: the most urgent of the list that isn't `after`, was not tried today and is not to be called
    at a later time that the customer named."""
    start = clock.at(clock.day_of(at))
    tried_today = exists().where(Attempt.callback_id == Callback.id, Attempt.at >= start)
    callable_now = or_(
        Callback.state == CallbackState.DUE,
        and_(Callback.state == CallbackState.SCHEDULED, Callback.wanted_at <= at + timedelta(minutes=10)),
    )
    waiting_for_time = and_(Callback.state == CallbackState.SCHEDULED, Callback.wanted_at <= at)
    query = worklist(visible, person, replace(wanted, states=TO_CALL)).where(
        Callback.id != after.id, callable_now, or_(~tried_today, waiting_for_time)
    )
    return db.session.scalars(query.order_by(Callback.wanted_at, Callback.id).limit(1)).unique().first()


def chosen(visible: Select[Callback], ids: Sequence[int]) -> list[Callback]:
    """Those of the visible ones with the ids."""
    return list(db.session.scalars(visible.where(Callback.id.in_(ids))).unique())


def for_a_call() -> tuple[ExecutableOption, ...]:
    """Load with a callback, in one statement, what a call's page reads of it and of its project."""
    people = joinedload(Callback.project).joinedload(Project.people).joinedload(ProjectPerson.person)
    whose = (Callback.assigned_to, Callback.reached_by, Callback.project_manager)
    return (
        *(joinedload(person).load_only(Person.name) for person in whose),
        joinedload(Callback.customer).joinedload(Customer.phones),
        joinedload(Callback.customer).joinedload(Customer.do_not_contact),
        joinedload(Callback.attempts).joinedload(Attempt.by).load_only(Person.name),
        joinedload(Callback.questionnaire),
        joinedload(Callback.case),
        people.joinedload(Person.department),
        joinedload(Callback.project).joinedload(Project.contacts),
        joinedload(Callback.project).joinedload(Project.stages),
    )


def visible_tasks(person: Person) -> Select[Task]:
    """The tasks of the person's branch and the firm's own."""
    return select(Task).where(in_branch(person, Task.branch_id))


def task(person: Person, task_id: int) -> Task | None:
    """The task, if in the person's scope."""
    return db.session.scalars(visible_tasks(person).where(Task.id == task_id)).unique().one_or_none()


def tasks(person: Person, whose: str, *, done: bool) -> Select[Task]:
    """Tasks to do, or done, with what a row shows."""
    query = visible_tasks(person).options(
        joinedload(Task.customer), joinedload(Task.owner).load_only(Person.name), joinedload(Task.done_by)
    )
    query = query.where(Task.done_at.is_not(None) if done else Task.done_at.is_(None))
    return query.where(Task.owner_id == person.id) if whose == MINE else query


def callers(person: Person) -> list[Person]:
    """Who can be given callbacks: those of customer service in the person's scope, by name."""
    query = (
        select(Person)
        .where(Person.active, Person.id.in_(select(PersonRole.person_id).where(PersonRole.role.in_(SERVICE))))
        .where(in_branch(person, Person.branch_id))
    )
    return list(db.session.scalars(query.order_by(Person.name, Person.id)).unique())


def holders(person: Person) -> list[Person]:
    """Who may hold something to be handed over, those who left included."""
    query = select(Person).where(
        Person.id.in_(select(PersonRole.person_id).where(PersonRole.role.in_(SERVICE))),
        in_branch(person, Person.branch_id),
    )
    return list(db.session.scalars(query.order_by(Person.name, Person.id)).unique())


def earlier_calls(visible: Select[Callback], callback: Callback, limit: int = 5) -> list[Callback]:
    """What this customer said before in the visible calls, the latest first."""
    query = (
        visible.where(Callback.customer_id == callback.customer_id, Callback.effective, Callback.id != callback.id)
        .options(joinedload(Callback.reached_by).load_only(Person.name))
        .order_by(Callback.reached_at.desc(), Callback.id.desc())
        .limit(limit)
    )
    return list(db.session.scalars(query).unique())
