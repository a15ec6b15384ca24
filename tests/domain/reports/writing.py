"""The made-up firm's rows put into the database, without a verb's help: figures read rows."""

from datetime import date
from types import SimpleNamespace as Row

from sqlalchemy import select

from app.domain.accounts.models import Branch, Department, Person
from app.domain.callbacks.models import Callback
from app.domain.cases.enums import CaseState
from app.domain.cases.models import Case, CaseEvent, Deadline
from app.domain.core import clock
from app.domain.customers.enums import Channel
from app.domain.customers.models import Customer, DoNotContact
from app.domain.plans.enums import WarrantyTerm
from app.domain.plans.models import Category, ServicePlan
from app.domain.projects.models import Project, ProjectPerson, Suspension
from app.extensions import db
from tests.domain.reports.world import World
from tests.factories import a_stage
from tests.shipped import Function, Stage


def _key(number: int | None) -> int | None:
    """The id in the database, far from those that other rows of a test get."""
    return None if number is None else number + 9000


def write(world: World) -> None:
    """Put the world into the database."""
    db.session.add_all(Branch(id=_key(row.id), name=row.name) for row in world.branches)
    db.session.flush()
    db.session.add_all(
        Department(id=_key(row.id), name=row.name, branch_id=_key(row.branch)) for row in world.departments
    )
    db.session.add_all(Person(id=_key(row.id), name=row.name, created_at=clock.now()) for row in world.people)
    for row in world.categories:
        term = WarrantyTerm.WATERPROOF if row.waterproof else WarrantyTerm.GENERAL
        db.session.add(Category(id=_key(row.id), parent_id=_key(row.parent), name=row.name, term=term))
        db.session.flush()
    plan = db.session.scalars(select(ServicePlan.id).where(ServicePlan.code == "renovation")).one()
    for row in world.projects:
        _write_project(row, plan)
    db.session.flush()
    for row in world.callbacks:
        _write_callback(row)
        db.session.flush()
    for row in world.cases:
        _write_case(row, plan)
    db.session.flush()
    for row in world.cases:
        if row.merged:
            db.session.get_one(Case, _key(row.id)).merged_into_id = _key(row.merged)
    db.session.commit()
    db.session.expire_all()


def _write_project(row: Row, plan: int) -> None:
    customer = Customer(id=_key(row.id), name=f"客户{row.id}", created_at=clock.now())
    if row.silent:
        customer.do_not_contact = [DoNotContact(channel=Channel.PHONE, since=row.silent, lifted_at=row.lifted)]
    project = Project(
        id=_key(row.id),
        contract_number=f"HT-{row.id}",
        customer=customer,
        plan_id=plan,
        branch_id=_key(row.branch),
        callbacks_from=date(2000, 1, 1),
        cancelled_on=row.cancelled,
        card_on=row.card,
        warranty_months=row.months,
        waterproof_months=row.waterproof_months,
        created_at=clock.now(),
    )
    dates = {Stage.KICKOFF: row.kickoff, Stage.COMPLETION: row.completion}
    project.stages = [a_stage(stage, day) for stage, day in dates.items() if day]
    project.suspensions = [Suspension(first_day=first, last_day=last) for first, last in row.suspensions]
    past = date(2000, 1, 1)
    project.people = [ProjectPerson(function_code=Function.PM, person_id=_key(4), since=past, until=date(2020, 1, 1))]
    if row.manager:
        project.people.append(ProjectPerson(function_code=Function.PM, person_id=_key(row.manager), since=past))
    db.session.add(project)


def _write_callback(row: Row) -> None:
    db.session.add(
        Callback(
            id=_key(row.id),
            customer_id=_key(row.project),
            project_id=_key(row.project),
            occasion=row.occasion,
            window_first=row.last,
            window_last=row.last,
            wanted_at=clock.at(row.last),
            state=row.state,
            reached_at=row.reached,
            reached_by_id=_key(row.reached_by),
            assigned_to_id=_key(row.assigned),
            effective=row.effective,
            rating=row.rating,
            truthful=row.truthful,
            origin_id=_key(row.origin),
            root_id=_key(row.root),
            branch_id=_key(row.branch),
            project_manager_id=_key(row.manager),
            made_at=clock.now(),
        )
    )


def _write_case(row: Row, plan: int) -> None:
    kinds = {event.kind for event in row.events if not event.superseded}
    state = (
        CaseState.CANCELLED if "cancelled" in kinds else CaseState.CLOSED if "closed" in kinds else CaseState.VISITED
    )
    case = Case(
        id=_key(row.id),
        number=f"T-{row.id:04d}",
        kind=row.kind,
        state=state,
        round=row.rounds,
        customer_id=_key(row.project or 1),
        project_id=_key(row.project),
        service_plan_id=plan,
        branch_id=_key(row.branch),
        project_manager_id=_key(row.manager),
        department_id=_key(row.department),
        owner_id=_key(1),
        assignee_id=_key(1),
        assigned_at=row.received,
        received_at=row.received,
        received_by_id=_key(1),
        recorded_at=row.received,
        category_id=_key(row.category),
        content="漏水",
        is_valid=row.valid,
        responsibility=row.responsibility,
        is_repeat=row.repeat,
        payer=row.payer,
        labour=None if row.labour is None else row.labour / 100,
        material=None if row.material is None else row.material / 100,
    )
    case.events = [
        CaseEvent(
            kind=event.kind,
            round=event.round,
            happened_at=event.at,
            recorded_at=event.at,
            superseded_at=event.at if event.superseded else None,
        )
        for event in row.events
    ]
    case.deadlines = [
        Deadline(
            kind=one.kind,
            round=one.round,
            started_at=row.received,
            minutes=1,
            due_at=one.due,
            met_at=one.met,
            met_unreached=one.unreached,
            released_at=one.released,
            superseded_at=one.due if one.superseded else None,
        )
        for one in row.deadlines
    ]
    db.session.add(case)
