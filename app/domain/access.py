"""Whose records a person may see: their branch's, or all with the flag; on site, what is theirs now.

A record without a branch belongs to the whole firm. Every page fetches through these selects, so a record
outside the scope is not found. Who left a branch, a project or a case finds its records no more; only what they
signed or refused stays readable.
"""

from typing import Any, Final

from sqlalchemy import ColumnElement, CompoundSelect, Select, false, or_, select, union
from sqlalchemy.orm import joinedload

from app.domain.accounts.models import Person
from app.domain.accounts.roles import Role
from app.domain.accounts.scope import in_branch, sees_branch
from app.domain.audit.models import AuditEntry
from app.domain.callbacks.models import Callback
from app.domain.cases.acting import in_hands_of
from app.domain.cases.handoffs.enums import HandoffState
from app.domain.cases.handoffs.models import Handoff, Refusal, Signature
from app.domain.cases.models import Case
from app.domain.core.orm import unindexed
from app.domain.customers.models import Customer
from app.domain.projects.models import Project, ProjectPerson
from app.extensions import db

ADMINISTERED: Final = ("accounts", "people", "branches", "departments", "settings")
"""What administrators read the audit of: they keep accounts and settings, not customers and cases."""

ANSWERED: Final = (HandoffState.SIGNED, HandoffState.REFUSED)


def visible_projects(person: Person) -> Select[Project]:
    """The projects in the person's scope; on site, those on which they have a function now."""
    query = select(Project).where(in_branch(person, Project.branch_id))
    return query if sees_branch(person) else query.where(_on_project(person, Project.id))


def visible_cases(person: Person) -> Select[Case]:
    """The cases in the person's scope; on site, those of their projects and those in their hands."""
    query = select(Case).where(in_branch(person, Case.branch_id))
    return query if sees_branch(person) else query.where(Case.id.in_(_cases_on_site(person)))


def sees_case(person: Person, case_id: int) -> bool:
    """Whether the case is in the person's scope: who only signed for it once reads what they signed, not the case."""
    return db.session.scalar(visible_cases(person).where(Case.id == case_id).with_only_columns(Case.id)) is not None


def visible_customers(person: Person) -> Select[Customer]:
    """The customers in the person's scope; on site, those of the projects and cases that they see."""
    if sees_branch(person):
        return select(Customer).where(in_branch(person, Customer.branch_id))
    projects = visible_projects(person).with_only_columns(Project.customer_id)
    cases = visible_cases(person).with_only_columns(Case.customer_id)
    return select(Customer).where(Customer.id.in_(projects.union(cases)))


def visible_callbacks(person: Person) -> Select[Callback]:
    """The callbacks in the person's scope; on site, those about their projects."""
    query = select(Callback).where(in_branch(person, Callback.branch_id))
    return query if sees_branch(person) else query.where(_on_project(person, Callback.project_id))


def visible_handoffs(person: Person) -> Select[Handoff]:
    """The handoffs in the person's scope: of the cases that they see, and those that they answered."""
    query = select(Handoff).join(Case, Case.id == Handoff.case_id).where(in_branch(person, Case.branch_id))
    if sees_branch(person):
        return query
    of_cases = select(Handoff.id).where(Handoff.case_id.in_(_cases_on_site(person)))
    return query.where(Handoff.id.in_(of_cases.union(*_answered_by(person))))


def visible_entries(person: Person) -> Select[AuditEntry]:
    """The audit's entries in the person's scope: an office reads what is about its branch or the whole firm, whoever
    did it; an administrator what is about that which they administer."""
    conditions = []
    if person.has(Role.OFFICE):
        conditions.append(in_branch(person, AuditEntry.branch_id))
    if person.has(Role.ADMIN):
        conditions.append(unindexed(AuditEntry.subject).in_(ADMINISTERED))
    return select(AuditEntry).where(or_(false(), *conditions))


def actors(person: Person) -> list[Person]:
    """Everyone with an account whose doings the person may read, by name."""
    people = select(Person) if _reads_all(person) else _of_branch(person)
    query = people.options(joinedload(Person.account)).where(Person.account.has())
    return list(db.session.scalars(query.order_by(Person.name, Person.id)))


def _reads_all(person: Person) -> bool:
    return person.is_hq or person.has(Role.ADMIN)


def _of_branch(person: Person) -> Select[Person]:
    return select(Person).where(in_branch(person, Person.branch_id))


def _cases_on_site(person: Person) -> CompoundSelect[int]:
    return union(select(Case.id).where(_on_project(person, Case.project_id)), *in_hands_of(person))


def _answered_by(person: Person) -> tuple[Select[int], ...]:
    """SELECTs of the ids of handoffs that the person signed or refused, or that were signed for them by telephone."""
    return (
        select(Handoff.id).where(Handoff.to_person_id == person.id, Handoff.state.in_(ANSWERED)),
        select(Signature.handoff_id).where(Signature.by_id == person.id),
        select(Refusal.handoff_id).where(Refusal.by_id == person.id),
    )


def _on_project(person: Person, project_id: Any) -> ColumnElement[bool]:
    theirs = select(ProjectPerson.project_id)
    return project_id.in_(theirs.where(ProjectPerson.person_id == person.id, ProjectPerson.is_current))  # type: ignore[no-any-return]
