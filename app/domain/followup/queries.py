"""What came of calls: cases, notes to departments, tasks."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from app.domain.accounts.models import Department, Person
from app.domain.accounts.scope import in_branch, sees_branch
from app.domain.callbacks.models import Callback, Task
from app.domain.cases.models import Case
from app.domain.core.pagination import Sort
from app.domain.followup.models import DepartmentNote
from app.extensions import db

NOTE_SORTS: Final = {
    "raised": Sort((DepartmentNote.raised_at, DepartmentNote.id)),
    "-raised": Sort((DepartmentNote.raised_at, DepartmentNote.id), descending=True),
}


@dataclass(frozen=True)
class FollowUps:
    """What came of a call."""

    cases: list[Case]
    notes: list[DepartmentNote]
    tasks: list[Task]


def follow_ups(callback: Callback) -> FollowUps:
    """The cases, notes and tasks that a call led to."""
    cases = select(Case).where(Case.origin_callback_id == callback.id).order_by(Case.id)
    raised = select(DepartmentNote).where(DepartmentNote.callback_id == callback.id)
    todo = select(Task).where(Task.callback_id == callback.id)
    return FollowUps(
        list(db.session.scalars(cases).unique()),
        list(db.session.scalars(raised.order_by(DepartmentNote.id).options(joinedload(DepartmentNote.department)))),
        list(db.session.scalars(todo.order_by(Task.id))),
    )


def open_cases(visible: Select[Case], callback: Callback) -> list[Case]:
    """Those of the visible cases of the customer that are not ended, the most urgent first."""
    query = visible.where(Case.customer_id == callback.customer_id, Case.ended_at.is_(None))
    return list(db.session.scalars(query.order_by(Case.next_due_at, Case.id).limit(5)).unique())


def visible_notes(person: Person) -> Select[DepartmentNote]:
    """Those of the branch for customer service and for who reads the branch; for others, of these the notes to them,
    to their department or to one they head."""
    headed = select(Department.id).where(Department.head_id == person.id)
    own = or_(
        DepartmentNote.to_person_id == person.id,
        DepartmentNote.department_id.in_(headed),
        DepartmentNote.department_id == (person.department_id or 0),
    )
    query = select(DepartmentNote).join(Callback, Callback.id == DepartmentNote.callback_id)
    query = query.where(in_branch(person, Callback.branch_id))
    return query if sees_branch(person) else query.where(own)


def note(person: Person, note_id: int) -> DepartmentNote | None:
    """The note, if in the person's scope."""
    return db.session.scalars(visible_notes(person).where(DepartmentNote.id == note_id)).unique().one_or_none()


def notes(person: Person, *, answered: bool) -> Select[DepartmentNote]:
    """Notes waiting for an answer, or answered, with what a row shows."""
    query = visible_notes(person).options(
        joinedload(DepartmentNote.callback).joinedload(Callback.customer),
        joinedload(DepartmentNote.department),
        joinedload(DepartmentNote.to_person),
    )
    return query.where(DepartmentNote.answered_at.is_not(None) if answered else DepartmentNote.answered_at.is_(None))
