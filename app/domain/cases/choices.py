"""What a form on a case offers: whom to hand it to, who was responsible, teams, causes, results."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Select, and_, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload

from app.domain.accounts.models import Account, Department, Person, PersonRole
from app.domain.accounts.roles import SERVICE, SITE, Role
from app.domain.cases.models import Case
from app.domain.plans.enums import FunctionMeaning
from app.domain.plans.models import Cause, Function, Result
from app.domain.projects.models import ProjectPerson, Team
from app.extensions import db

BUILT_IT: Final = (FunctionMeaning.SITE_LEAD, FunctionMeaning.PM)


@dataclass(frozen=True)
class Addressees:
    """Who can sign for a case: departments through their head, and people. `suggested`: who built it."""

    departments: list[Department] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    suggested: Person | None = None

    def chosen(self, code: str) -> Person | Department | None:
        """`d3` is a department, `p12` a person; None for what wasn't offered."""
        rows: Iterable[Person | Department] = self.departments if code[:1] == "d" else self.people
        return next((row for row in rows if f"{code[:1]}{row.id}" == code), None)


def addressees(case: Case) -> Addressees:
    """People who sign, of the case's branch or of the whole firm, and the departments they head: one query.

    Suggested is the original site lead, else the project manager, if they are among them.
    """
    now_on_it = and_(
        ProjectPerson.project_id == case.project_id,
        ProjectPerson.person_id == Person.id,
        ProjectPerson.function_code.in_(select(Function.code).where(Function.meaning.in_(BUILT_IT)).correlate(None)),
        ProjectPerson.is_current,
    )
    query = (
        _people(SITE, case)
        .outerjoin(Department, Department.head_id == Person.id)
        .outerjoin(ProjectPerson, now_on_it)
        .outerjoin(Function, Function.code == ProjectPerson.function_code)
        .add_columns(Department, Function.meaning)
        .options(contains_eager(Person.account), joinedload(Person.department))
    )
    people: dict[int, Person] = {}
    departments: dict[int, Department] = {}
    built_it: dict[FunctionMeaning, Person] = {}
    for person, department, meaning in db.session.execute(query).unique():
        people[person.id] = person
        if department is not None:
            departments[department.id] = department
        if meaning is not None:
            built_it[meaning] = person
    suggested = next((built_it[meaning] for meaning in BUILT_IT if meaning in built_it), None)
    return Addressees(sorted(departments.values(), key=lambda row: row.name), list(people.values()), suggested)


def owners(case: Case) -> list[Person]:
    """Who of customer service could own the case."""
    return [person for person in db.session.scalars(_people(SERVICE, case)).unique() if person.id != case.owner_id]


def _people(roles: tuple[Role, ...], case: Case) -> Select[Any]:
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
    """The lists that closing chooses from: one query."""
    query = select(Cause, Result).outerjoin(Result, true()).order_by(Cause.id, Result.id)
    rows = list(db.session.execute(query))
    return ForClosing(
        list(dict.fromkeys(cause for cause, _result in rows)),
        list(dict.fromkeys(result for _cause, result in rows)),
    )
