"""The demo firm many times over, for measuring: its homes copied by the database itself, with all that hangs on them.

People, branches and teams stay as they are. Copies begin up to seven years earlier, ninety days apart, as the
records of a firm that has worked so long; what is open in the original is at rest in them, its sites too, since no
firm drags thousands of calls along.
"""

from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Date,
    ForeignKeyConstraint,
    Integer,
    String,
    Table,
    and_,
    case,
    cast,
    func,
    insert,
    literal,
    null,
    select,
    true,
    update,
)

from app.domain.callbacks.enums import OPEN_STATES, CallbackState
from app.domain.callbacks.models import Callback, Task
from app.domain.cases.enums import CaseState
from app.domain.cases.handoffs.enums import HandoffState
from app.domain.cases.handoffs.models import Handoff
from app.domain.cases.models import NEVER, Case, CasePhoto, Deadline
from app.domain.core.orm import Base, Instant
from app.domain.core.sql import days_earlier
from app.domain.customers.models import CustomerPhone
from app.domain.demo.sites import MADE_UP
from app.domain.followup.models import DepartmentNote
from app.domain.projects.enums import ProjectStatus
from app.domain.projects.models import Project
from app.extensions import db

COPIED_WITH: Final = {"customers", "projects", "callbacks", "cases", "handoffs"}
LEFT_OUT: Final = {"audit_entries", "idempotency_keys", "call_drafts", CasePhoto.__tablename__}
DAYS_APART: Final = 90
AGES: Final = 28
UNFINISHED: Final = (ProjectStatus.WAITING, ProjectStatus.BUILDING, ProjectStatus.SUSPENDED)
NUMBERS_APART: Final = 100
"""Between the telephone numbers of two copies: more than the demo firm has homes."""


def multiply(times: int) -> None:
    """Make the firm so many times as large, 2 or more."""
    db.session.flush()
    tables = [table for table in Base.metadata.sorted_tables if _is_copied(table)]
    steps = {table.name: _highest(table) for table in tables}
    numbers = select(literal(1).label("k")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.k + 1).where(numbers.c.k < times - 1))
    copy = numbers.c.k
    circles = {column for table in tables for key in _circular(table) for column in key.columns}
    for table in tables:
        values = {
            column.name: null() if column in circles else _copied(column, copy, steps) for column in table.columns
        }
        rows = select(*(value.label(name) for name, value in values.items())).join_from(table, numbers, true())
        db.session.execute(insert(table).from_select(list(values), rows))
    for column in circles:
        _close_circle(column, steps)
    _count_on(tables)


def _circular(table: Table) -> list[ForeignKeyConstraint]:
    """By which tables refer to each other in a circle: neither could be copied first."""
    return [key for key in table.foreign_key_constraints if key.use_alter]


def _close_circle(column: Column[Any], steps: dict[str, int]) -> None:
    """Fill a circular reference of the copies from that of their originals."""
    table, original = column.table, column.table.alias("original")
    step, referred = steps[table.name], next(iter(column.foreign_keys)).column.table.name
    copy = (table.c.id - 1) // step
    source = original.c[column.name] + copy * steps.get(referred, 0)
    same = original.c.id == (table.c.id - 1) % step + 1
    found = select(source).where(same).correlate(table).scalar_subquery()
    db.session.execute(update(table).where(table.c.id > step).values({column: found}))


def _is_copied(table: Table) -> bool:
    """Customers, and whatever belongs to one directly or through a project, a callback or a case."""
    refers = {key.column.table.name for key in table.foreign_keys}
    return table.name not in LEFT_OUT and (table.name in COPIED_WITH or bool(refers & COPIED_WITH))


def _highest(table: Table) -> int:
    return db.session.scalar(select(func.max(table.c.id))) or 0 if "id" in table.c else 0


def _copied(column: Column[Any], copy: ColumnElement[int], steps: dict[str, int]) -> ColumnElement[Any]:
    """The value of a column in copy number `copy`."""
    days = (copy % AGES) * DAYS_APART
    special = _special(column, copy, steps, days)
    if special is not None:
        return special
    for key in column.foreign_keys:
        return column + copy * steps[key.column.table.name] if key.column.table.name in steps else column
    if column.primary_key and isinstance(column.type, Integer):
        return column + copy * steps[column.table.name]
    if isinstance(column.type, Date | Instant):
        return days_earlier(column, days)
    if column.unique and isinstance(column.type, String):
        return column + literal("-") + cast(copy, String)
    return column


def _special(
    column: Column[Any], copy: ColumnElement[int], steps: dict[str, int], days: ColumnElement[int]
) -> ColumnElement[Any] | None:
    """Columns whose copies follow a rule of their own: numbers, and what puts an open thing to rest."""
    is_old = copy % AGES != 0
    is_left = and_(is_old, Project.status.in_(UNFINISHED))

    def at_rest(open_since: Any, ended: Any) -> ColumnElement[Any]:
        return case((and_(is_old, ended.is_(None)), days_earlier(open_since, days)), else_=days_earlier(ended, days))

    rules: dict[Any, Any] = {
        CustomerPhone.number: _dialled(copy),
        CustomerPhone.tail4: _last_four(_dialled(copy)),
        Project.status: case((is_left, ProjectStatus.CANCELLED), else_=Project.status),
        Project.cancelled_on: case(
            (is_left, days_earlier(Project.callbacks_from, days)), else_=days_earlier(Project.cancelled_on, days)
        ),
        Callback.made_for: _made_for(copy, steps),
        Callback.state: case(
            (and_(is_old, Callback.state.in_(OPEN_STATES)), CallbackState.MISSED), else_=Callback.state
        ),
        Case.state: case((and_(is_old, Case.ended_at.is_(None)), CaseState.CANCELLED), else_=Case.state),
        Case.ended_at: at_rest(Case.received_at, Case.ended_at),
        Case.next_due_at: case((is_old, literal(NEVER, Instant)), else_=Case.next_due_at),
        Deadline.released_at: case(
            (and_(is_old, Deadline.met_at.is_(None)), days_earlier(Deadline.started_at, days)),
            else_=days_earlier(Deadline.released_at, days),
        ),
        Handoff.state: case(
            (and_(is_old, Handoff.answered_at.is_(None)), HandoffState.SUPERSEDED), else_=Handoff.state
        ),
        Handoff.answered_at: at_rest(Handoff.sent_at, Handoff.answered_at),
        Task.done_at: at_rest(Task.made_at, Task.done_at),
        DepartmentNote.answered_at: at_rest(DepartmentNote.raised_at, DepartmentNote.answered_at),
    }
    return next((value for attribute, value in rules.items() if attribute.property.columns[0] is column), None)


def _dialled(copy: ColumnElement[int]) -> ColumnElement[str]:
    ordinal = cast(func.substr(CustomerPhone.number, len(MADE_UP) + 1), BigInteger) + copy * NUMBERS_APART
    return literal(MADE_UP) + func.substr(cast(literal(100_000_000) + ordinal, String), 2)


def _last_four(number: ColumnElement[str]) -> ColumnElement[str]:
    return func.substr(number, len(MADE_UP) + 5)


def _made_for(copy: ColumnElement[int], steps: dict[str, int]) -> ColumnElement[Any]:
    """The same rule and occurrence for the copy's own project, case or first call."""
    owner = case(
        (Callback.made_for.like("p%/%"), literal("p") + cast(Callback.project_id + copy * steps["projects"], String)),
        (Callback.made_for.like("case%/%"), literal("case") + cast(Callback.case_id + copy * steps["cases"], String)),
        else_=literal("c") + cast(Callback.id + copy * steps["callbacks"], String),
    )
    return owner + func.substr(Callback.made_for, _slash(Callback.made_for))


def _slash(column: Any) -> ColumnElement[int]:
    return func.instr(column, "/") if db.engine.dialect.name == "sqlite" else func.strpos(column, "/")


def _count_on(tables: list[Table]) -> None:
    """PostgreSQL's counters go on after the ids that were given here."""
    if db.engine.dialect.name == "postgresql":
        for table in tables:
            if "id" in table.c:
                sequence = func.pg_get_serial_sequence(table.name, "id")
                db.session.execute(select(func.setval(sequence, select(func.max(table.c.id)).scalar_subquery())))
