"""Who sees a customer's telephone numbers without asking: who has something to do with them now."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, and_, or_, select, union

from app.domain.accounts.models import Person
from app.domain.accounts.scope import in_branch
from app.domain.audit import trail
from app.domain.callbacks.enums import OPEN_STATES
from app.domain.callbacks.models import Callback, Task
from app.domain.cases.handoffs.models import Handoff
from app.domain.cases.handoffs.queries import handed_to
from app.domain.cases.models import Case
from app.domain.core.orm import unindexed
from app.domain.customers import audit_events as customers
from app.domain.customers.models import Customer
from app.domain.projects import audit_events as projects
from app.domain.projects.models import Contact, Project, ProjectPerson
from app.extensions import db


def sees_phone(person: Person, customer: Customer) -> bool:
    """Whether the person has a task with the customer: one query."""
    return customer.id in sees_phones_of(person, [customer.id])


def sees_phones_of(person: Person, customer_ids: Collection[int]) -> set[int]:
    """Those of the customers with whom the person has a task within their reach: an open callback or task of theirs,
    an open case they own or hold, an open handoff to them, a place on a project. One query, whatever their number.
    """
    if not customer_ids:
        return set()
    return set(db.session.scalars(union(*_tasks(person, customer_ids))))


def _tasks(person: Person, customer_ids: Collection[int]) -> list[Select[Any]]:
    open_case = and_(Case.ended_at.is_(None), in_branch(person, Case.branch_id))
    unanswered = Handoff.answered_at.is_(None)
    return [
        select(Callback.customer_id).where(
            Callback.customer_id.in_(customer_ids),
            unindexed(Callback.assigned_to_id) == person.id,
            in_branch(person, Callback.branch_id),
            unindexed(Callback.state).in_(OPEN_STATES),
        ),
        select(Task.customer_id).where(
            Task.customer_id.in_(customer_ids),
            unindexed(Task.owner_id) == person.id,
            Task.done_at.is_(None),
            in_branch(person, Task.branch_id),
        ),
        select(Case.customer_id).where(
            Case.customer_id.in_(customer_ids),
            open_case,
            or_(Case.owner_id == person.id, Case.assignee_id == person.id),
        ),
        select(Case.customer_id)
        .join(Handoff, Handoff.case_id == Case.id)
        .where(Case.customer_id.in_(customer_ids), open_case, unanswered, handed_to(person)),
        select(Project.customer_id)
        .join(ProjectPerson, ProjectPerson.project_id == Project.id)
        .where(
            Project.customer_id.in_(customer_ids),
            unindexed(ProjectPerson.person_id) == person.id,
            ProjectPerson.is_current,
            in_branch(person, Project.branch_id),
        ),
    ]


REVEALED: Final = {Customer: customers.REVEAL_PHONE, Project: projects.REVEAL_PHONE}


def reveal(thing: Customer | Project, number: str, *, by: Person, at: datetime) -> None:
    """Keep that the person looked at a number; only its end stands in the record."""
    trail.record(REVEALED[type(thing)], thing, by=by, at=at, changes={"phone": [None, number[-4:]]})


def reveal_contact(contact: Contact, *, by: Person, at: datetime) -> None:
    """The same for a contact of a project."""
    reveal(contact.project, contact.number, by=by, at=at)
