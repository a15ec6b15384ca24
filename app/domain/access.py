"""Whose records a person may see: their branch's, or all with the flag; on site, their own.

A record without a branch belongs to the whole firm. Every page fetches through these selects, so a record
outside the scope is not found.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, select, union
from sqlalchemy.orm import joinedload

from app.domain.accounts.models import Person
from app.domain.accounts.roles import Role
from app.domain.accounts.scope import in_branch, sees_branch
from app.domain.audit.models import AuditEntry
from app.domain.callbacks.models import Callback
from app.domain.cases.handoffs.models import Handoff
from app.domain.cases.handoffs.queries import handed_to, headed_by
from app.domain.cases.models import Case
from app.domain.customers.models import Customer
from app.domain.projects.models import Project, ProjectPerson
from app.extensions import db


def _on_project(person: Person, project_id: Any) -> ColumnElement[bool]:
    theirs = select(ProjectPerson.project_id)
    return project_id.in_(theirs.where(ProjectPerson.person_id == person.id, ProjectPerson.is_current))  # type: ignore[no-any-return]


def _handed_cases(person: Person) -> tuple[Select[int], Select[int]]:
    """Cases handed to the person, and those to a department that they head: PostgreSQL reads all handoffs there ever
    were for the two in one OR."""
    to_department = select(Handoff.case_id).where(Handoff.to_department_id.in_(headed_by(person)))
    return select(Handoff.case_id).where(Handoff.to_person_id == person.id), to_department


def visible_projects(person: Person) -> Select[Project]:
    """The projects in the person's scope."""
    if sees_branch(person):
        return select(Project).where(in_branch(person, Project.branch_id))
    return select(Project).where(_on_project(person, Project.id))


def visible_cases(person: Person) -> Select[Case]:
    """The cases in the person's scope."""
    if sees_branch(person):
        return select(Case).where(in_branch(person, Case.branch_id))
    theirs = select(Case.id).where(_on_project(person, Case.project_id))
    return select(Case).where(Case.id.in_(theirs.union(*_handed_cases(person))))


def visible_customers(person: Person) -> Select[Customer]:
    """The customers in the person's scope."""
    if sees_branch(person):
        return select(Customer).where(in_branch(person, Customer.branch_id))
    projects = select(Project.customer_id).where(_on_project(person, Project.id))
    cases = select(Case.customer_id).where(Case.id.in_(union(*_handed_cases(person))))
    return select(Customer).where(Customer.id.in_(projects.union(cases)))


def visible_callbacks(person: Person) -> Select[Callback]:
    """The callbacks in the person's scope."""
    if sees_branch(person):
        return select(Callback).where(in_branch(person, Callback.branch_id))
    return select(Callback).where(_on_project(person, Callback.project_id))


def visible_handoffs(person: Person) -> Select[Handoff]:
    """The handoffs in the person's scope: on site, those to them."""
    if sees_branch(person):
        return select(Handoff).join(Case, Case.id == Handoff.case_id).where(in_branch(person, Case.branch_id))
    return select(Handoff).where(handed_to(person))


def visible_entries(person: Person) -> Select[AuditEntry]:
    """The audit's entries in the person's scope: an office reads what its branch's people did."""
    if _reads_all(person):
        return select(AuditEntry)
    return select(AuditEntry).where(AuditEntry.by_id.in_(_of_branch(person).with_only_columns(Person.id)))


def actors(person: Person) -> list[Person]:
    """Everyone with an account whose doings the person may read, by name."""
    people = select(Person) if _reads_all(person) else _of_branch(person)
    query = people.options(joinedload(Person.account)).where(Person.account.has())
    return list(db.session.scalars(query.order_by(Person.name, Person.id)))


def _reads_all(person: Person) -> bool:
    return person.is_hq or person.has(Role.ADMIN)


def _of_branch(person: Person) -> Select[Person]:
    return select(Person).where(in_branch(person, Person.branch_id))
