"""Lists of projects, and whom to choose for them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.domain import access
from app.domain.accounts.models import Branch, Person, PersonRole
from app.domain.accounts.roles import Role
from app.domain.core.pagination import Sort
from app.domain.core.text import row_id
from app.domain.customers.models import Customer
from app.domain.plans.enums import Function
from app.domain.projects.enums import ProjectStatus
from app.domain.projects.models import Project, ProjectPerson
from app.domain.reports.quota_shortfall import short_of_calls
from app.extensions import db

SORTS: Final = {
    "-new": Sort((Project.id,), descending=True),
    "new": Sort((Project.id,)),
    "number": Sort((Project.contract_number,)),
    "-number": Sort((Project.contract_number,), descending=True),
}


SHORT, OWN_SHORT = "short", "own"


def projects(person: Person, wanted: Mapping[str, str], at: datetime) -> Select[Any]:
    """Those the person may see, by `status` (code), `branch` and `pm` (ids), `calls` (SHORT or OWN_SHORT: those that
    are short of this month's calls); unknown ones count as not said.
    """
    query = access.visible_projects(person)
    if (status := wanted.get("status")) in set(ProjectStatus):
        query = query.where(Project.status == ProjectStatus.of(status))
    if branch := row_id(wanted.get("branch", "")):
        query = query.where(Project.branch_id == branch)
    if manager := row_id(wanted.get("pm", "")):
        theirs = select(ProjectPerson.project_id).where(
            ProjectPerson.person_id == manager,
            ProjectPerson.function == Function.PM,
            ProjectPerson.until.is_(None),
        )
        query = query.where(Project.id.in_(theirs))
    if (calls := wanted.get("calls")) in (SHORT, OWN_SHORT):
        query = query.where(Project.id.in_(short_of_calls(person, at, own=calls == OWN_SHORT)))
    manages = and_(ProjectPerson.function == Function.PM, ProjectPerson.until.is_(None))
    return query.options(
        joinedload(Project.customer).load_only(Customer.name),
        joinedload(Project.branch),
        selectinload(Project.people.and_(manages)).joinedload(ProjectPerson.person).load_only(Person.name),
    )


def managers(person: Person) -> list[Person]:
    """The project managers a list may be narrowed to, with their branches: one query."""
    query = (
        select(Person)
        .join(PersonRole, PersonRole.person_id == Person.id)
        .where(PersonRole.role == Role.PM, Person.active, access.in_branch(person, Person.branch_id))
        .options(joinedload(Person.branch))
        .order_by(Person.branch_id, Person.name)
    )
    return list(db.session.scalars(query).unique())


def branches_of(people: list[Person]) -> list[Branch]:
    """The branches of the people, each once."""
    return list({person.branch.id: person.branch for person in people if person.branch}.values())


def assignable(branch_id: int | None) -> list[Person]:
    """Who can be given a function on a project of the branch: its active people and those of no branch."""
    query = select(Person).where(Person.active, or_(Person.branch_id == branch_id, Person.branch_id.is_(None)))
    whole = query.options(joinedload(Person.account), joinedload(Person.role_rows))
    return list(db.session.scalars(whole.order_by(Person.name)).unique())
