"""Whose records a person may see: their branch's, or all with the flag; on site, their own.

A record without a branch belongs to the whole firm. Every page fetches through these selects, so a record
outside the scope is not found.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select, true, union
from sqlalchemy.orm import InstrumentedAttribute

from app.domain.accounts.models import Department, Person
from app.domain.accounts.roles import Role
from app.domain.callbacks.models import Callback
from app.domain.cases.handoffs.models import Handoff
from app.domain.cases.models import Case
from app.domain.core.orm import unindexed
from app.domain.customers.models import Customer
from app.domain.projects.models import Project, ProjectPerson

WHOLE_BRANCH = (Role.AGENT, Role.LEAD, Role.QA, Role.ENGINEERING, Role.OFFICE, Role.ADMIN)


def in_branch(person: Person, branch_id: InstrumentedAttribute[int | None]) -> ColumnElement[bool]:
    """SQL: the branch column is the person's own or nobody's; anything with the hq flag."""
    if person.is_hq:
        return true()
    if person.branch_id is None:
        return branch_id.is_(None)
    branch = unindexed(branch_id)
    return or_(branch == person.branch_id, branch.is_(None))


def sees_branch(person: Person) -> bool:
    """Whether a role of the person reaches the whole branch; else only what is theirs."""
    return person.is_hq or person.has(*WHOLE_BRANCH)


def _on_project(person: Person, project_id: Any) -> ColumnElement[bool]:
    theirs = select(ProjectPerson.project_id)
    return project_id.in_(theirs.where(ProjectPerson.person_id == person.id, ProjectPerson.until.is_(None)))  # type: ignore[no-any-return]


def _handed_cases(person: Person) -> tuple[Select[int], Select[int]]:
    """Cases handed to the person, and those to a department that they head: PostgreSQL reads all handoffs there ever
    were for the two in one OR."""
    to_department = select(Handoff.case_id).where(Handoff.to_department_id.in_(_headed(person)))
    return select(Handoff.case_id).where(Handoff.to_person_id == person.id), to_department


def _headed(person: Person) -> Select[int]:
    return select(Department.id).where(Department.head_id == person.id)


def handed_to(person: Person, *, of_few: bool = False) -> ColumnElement[bool]:
    """SQL on Handoff: to the person, or to a department that they head. `of_few`: asked of those only that another
    condition leaves, as the unanswered ones, and not of all that there ever were."""
    columns: tuple[Any, Any] = (Handoff.to_person_id, Handoff.to_department_id)
    to_person, to_department = map(unindexed, columns) if of_few else columns
    return or_(to_person == person.id, to_department.in_(_headed(person)))


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
