"""Rows for tests, made with as little said as possible. Each is added and flushed, and has what it needs around it."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import select

from app.domain.accounts.models import Account, Branch, Department, Person, PersonRole
from app.domain.accounts.roles import Role
from app.domain.callbacks.models import Callback
from app.domain.cases.models import Case
from app.domain.core import clock
from app.domain.core.orm import Base
from app.domain.customers.models import Customer, CustomerPhone
from app.domain.plans.enums import CaseKind, Occasion, StageMeaning
from app.domain.plans.models import Function as FunctionRow
from app.domain.plans.models import ServicePlan
from app.domain.projects.models import Project, ProjectPerson, ProjectStage
from app.extensions import db
from tests.shipped import Function, Stage

Row = TypeVar("Row", bound=Base)
_ordinals = count(1)


def _kept(row: Row) -> Row:
    db.session.add(row)
    db.session.flush()
    return row


def a_branch(name: str | None = None) -> Branch:
    return _kept(Branch(name=name or f"区域{next(_ordinals)}"))


def a_department(name: str = "工程部", branch: Branch | None = None, head: Person | None = None) -> Department:
    return _kept(Department(name=name, branch=branch, head=head))


def a_person(*roles: Role, name: str | None = None, username: str | None = None, **facts: Any) -> Person:
    """A person with roles; with an account when there is a role or a user name."""
    ordinal = next(_ordinals)
    person = Person(name=name or f"人员{ordinal}", created_at=clock.now(), **facts)
    person.role_rows = [PersonRole(role=role) for role in roles]
    if roles or username:
        person.account = Account(username=username or f"user{ordinal}")
    return _kept(person)


def a_customer(name: str = "王建国", phone: str | None = None, **facts: Any) -> Customer:
    number = phone or f"138{next(_ordinals):08d}"
    customer = Customer(name=name, created_at=clock.now(), **{"estate": "阳光花园", "building": "3幢"} | facts)
    customer.phones = [CustomerPhone(number=number, tail4=number[-4:], is_primary=True)]
    return _kept(customer)


def the_plan(code: str = "renovation") -> ServicePlan:
    """A plan that ships."""
    return db.session.scalars(select(ServicePlan).where(ServicePlan.code == code)).one()


def the_function(function: Function) -> FunctionRow:
    """A function that ships."""
    return db.session.get_one(FunctionRow, function.value)


def a_stage(stage: Stage, day: date) -> ProjectStage:
    """A project's row for a stage that ships, reached on the day."""
    meanings = {Stage.KICKOFF: StageMeaning.START, Stage.COMPLETION: StageMeaning.COMPLETION}
    return ProjectStage(stage=stage.value, meaning=meanings.get(stage), actual_on=day)


def a_project(
    customer: Customer | None = None,
    *,
    reached: dict[Stage, date] | None = None,
    people: dict[Function, Person] | None = None,
    **facts: Any,
) -> Project:
    """A renovation; `reached` are the days of its stages, `people` who has which function."""
    ordinal = next(_ordinals)
    customer = customer or a_customer()
    project = Project(
        customer=customer,
        **{
            "contract_number": f"HT-{ordinal:05d}",
            "plan": the_plan(),
            "branch_id": customer.branch_id,
            "callbacks_from": date(2000, 1, 1),
            "created_at": clock.now(),
        }
        | facts,
    )
    project.stages = [a_stage(stage, day) for stage, day in (reached or {}).items()]
    project.people = [
        ProjectPerson(function=the_function(function), person=person, since=date(2000, 1, 1))
        for function, person in (people or {}).items()
    ]
    return _kept(project)


def a_callback(
    project: Project | None = None, *, last: date | None = None, occasion: Occasion = Occasion.KICKOFF, **facts: Any
) -> Callback:
    """A callback that is due, its window ending on `last` (today when not said)."""
    project = project or a_project()
    last = last or clock.today()
    manager = project.manager
    return _kept(
        Callback(
            project=project,
            occasion=occasion,
            **{
                "customer": project.customer,
                "window_first": last - timedelta(days=2),
                "window_last": last,
                "wanted_at": clock.at(last + timedelta(days=1)),
                "branch_id": project.branch_id,
                "project_manager_id": manager.id if manager else None,
                "made_at": clock.now(),
            }
            | facts,
        )
    )


def a_case(
    kind: CaseKind = CaseKind.COMPLAINT,
    *,
    project: Project | None = None,
    owner: Person | None = None,
    received_at: datetime | None = None,
    **facts: Any,
) -> Case:
    """A bare case row, just registered; no events or deadlines: use cases.registration for those."""
    project = project or a_project()
    owner = owner or a_person(Role.AGENT)
    received_at = received_at or clock.to_minute(clock.now())
    manager = project.manager
    return _kept(
        Case(
            kind=kind,
            project=project,
            customer=project.customer,
            owner=owner,
            received_at=received_at,
            **{
                "number": f"T-{next(_ordinals):06d}",
                "service_plan": project.plan,
                "branch_id": project.branch_id,
                "project_manager_id": manager.id if manager else None,
                "assignee": owner,
                "assigned_at": received_at,
                "received_by": owner,
                "recorded_at": received_at,
                "content": "卫生间漏水",
            }
            | facts,
        )
    )
