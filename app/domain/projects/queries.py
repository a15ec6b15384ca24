"""Lists of projects, and whom to choose for them."""

from collections.abc import Mapping
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from app.domain.accounts.models import Branch, Person, PersonRole
from app.domain.accounts.roles import Role
from app.domain.accounts.scope import in_branch
from app.domain.core.pagination import Sort
from app.domain.core.text import row_id
from app.domain.customers.models import Customer
from app.domain.plans.enums import FunctionMeaning
from app.domain.plans.models import Function, ServicePlan
from app.domain.plans.queries import code_of
from app.domain.projects.enums import ProjectStatus
from app.domain.projects.models import Project, ProjectPerson
from app.extensions import db

SORTS: Final = {
    "-new": Sort((Project.id,), descending=True),
    "new": Sort((Project.id,)),
    "number": Sort((Project.contract_number,)),
    "-number": Sort((Project.contract_number,), descending=True),
}


def worklist(visible: Select[Project], wanted: Mapping[str, str], short: Select[int] | None = None) -> Select[Any]:
    """Those of the visible projects by `status` (code), `branch` and `pm` (ids); unknown ones count as not said.

    `short`: SELECT the ids of which only those are wanted, as of the sites that are short of this month's calls.
    """
    query = visible
    if (status := wanted.get("status")) in set(ProjectStatus):
        query = query.where(Project.status == ProjectStatus.of(status))
    if branch := row_id(wanted.get("branch", "")):
        query = query.where(Project.branch_id == branch)
    if manager := row_id(wanted.get("pm", "")):
        theirs = select(ProjectPerson.project_id).where(
            ProjectPerson.person_id == manager,
            ProjectPerson.function_code == code_of(FunctionMeaning.PM),
            ProjectPerson.is_current,
        )
        query = query.where(Project.id.in_(theirs))
    if short is not None:
        query = query.where(Project.id.in_(short))
    manages = and_(ProjectPerson.function_code == code_of(FunctionMeaning.PM), ProjectPerson.is_current)
    return query.options(
        joinedload(Project.customer).load_only(Customer.name),
        joinedload(Project.branch),
        selectinload(Project.people.and_(manages)).joinedload(ProjectPerson.person).load_only(Person.name),
    )


def projects_of(visible: Select[Project], customer: Customer) -> list[Project]:
    """The customer's projects among the visible ones, the newest first, with plan, stages and people: two queries."""
    query = (
        visible.where(Project.customer_id == customer.id)
        .options(
            joinedload(Project.plan).selectinload(ServicePlan.stages),
            joinedload(Project.stages),
            joinedload(Project.people).joinedload(ProjectPerson.person),
        )
        .order_by(Project.id.desc())
    )
    return list(db.session.scalars(query).unique())


def load_people(project: Project) -> list[Function]:
    """The project's people, and every function that the firm has: one query."""
    theirs = and_(ProjectPerson.function_code == Function.code, ProjectPerson.project_id == project.id)
    query = (
        select(ProjectPerson, Function)
        .outerjoin_from(Function, ProjectPerson, theirs)
        .options(contains_eager(ProjectPerson.function), joinedload(ProjectPerson.person))
        .order_by(Function.position, ProjectPerson.id)
    )
    rows = db.session.execute(query).all()
    set_committed_value(project, "people", sorted(filter(None, (row[0] for row in rows)), key=attrgetter("id")))
    return list(dict.fromkeys(row[1] for row in rows))


def managers(person: Person) -> list[Person]:
    """The project managers a list may be narrowed to, with their branches: one query."""
    query = (
        select(Person)
        .join(PersonRole, PersonRole.person_id == Person.id)
        .where(PersonRole.role == Role.PM, Person.active, in_branch(person, Person.branch_id))
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
