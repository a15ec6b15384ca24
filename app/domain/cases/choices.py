"""What a form on a case offers: whom to hand it to, who was responsible, teams, causes, results."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from app.domain.accounts.models import Account, Department, Person, PersonRole
from app.domain.accounts.roles import SERVICE, SITE, Role
from app.domain.cases.models import Case, Cause, Result
from app.domain.projects.models import ProjectPerson, Team
from app.extensions import db


@dataclass(frozen=True)
class Addressees:
    """Who can sign for a case: departments through their head, and people."""

    departments: list[Department] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)

    def chosen(self, code: str) -> Person | Department | None:
        """`d3` is a department, `p12` a person; None for what wasn't offered."""
        rows: Iterable[Person | Department] = self.departments if code[:1] == "d" else self.people
        return next((row for row in rows if f"{code[:1]}{row.id}" == code), None)


def addressees(case: Case) -> Addressees:
    """Departments with a head, and people who sign, of the case's branch or of the whole firm."""
    departments = (
        select(Department)
        .where(or_(Department.branch_id == case.branch_id, Department.branch_id.is_(None)))
        .where(Department.head_id.is_not(None))
        .order_by(Department.name, Department.id)
        .options(joinedload(Department.head).joinedload(Person.account))
    )
    people = _people(SITE, case).options(joinedload(Person.account), joinedload(Person.department))
    return Addressees(list(db.session.scalars(departments).unique()), list(db.session.scalars(people).unique()))


def owners(case: Case) -> list[Person]:
    """Who of customer service could own the case."""
    return [person for person in db.session.scalars(_people(SERVICE, case)).unique() if person.id != case.owner_id]


def _people(roles: tuple[Role, ...], case: Case) -> Select[Person]:
    has_role = select(PersonRole.person_id).where(PersonRole.role.in_(roles))
    return (
        select(Person)
        .join(Account, Account.person_id == Person.id)
        .where(Person.active, Account.disabled_at.is_(None), Person.id.in_(has_role))
        .where(or_(Person.branch_id == case.branch_id, Person.branch_id.is_(None), Person.is_hq))
        .order_by(Person.name, Person.id)
    )


def people_on(case: Case) -> list[Person]:
    """Everyone who works or worked on the case's project."""
    if case.project_id is None:
        return []
    on_project = select(ProjectPerson.person_id).where(ProjectPerson.project_id == case.project_id)
    return list(db.session.scalars(select(Person).where(Person.id.in_(on_project)).order_by(Person.name, Person.id)))


def teams() -> list[Team]:
    """The firm's teams."""
    return list(db.session.scalars(select(Team).order_by(Team.name)))


@dataclass(frozen=True)
class ForClosing:
    """The firm's causes and results."""

    causes: list[Cause]
    results: list[Result]


def for_closing() -> ForClosing:
    """The lists that closing chooses from."""
    return ForClosing(
        list(db.session.scalars(select(Cause).order_by(Cause.id))),
        list(db.session.scalars(select(Result).order_by(Result.id))),
    )
