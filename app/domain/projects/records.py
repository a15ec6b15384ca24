"""Projects registered, corrected and cancelled."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, TypedDict, Unpack

from sqlalchemy import select

from app.domain.accounts.models import Person
from app.domain.audit import trail
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.core.events import publish
from app.domain.core.parsing import money
from app.domain.core.parsing.numbers import MOST_MONTHS
from app.domain.core.text import clean, clean_lines
from app.domain.customers.events import CustomerChanged
from app.domain.customers.models import Customer
from app.domain.customers.records import told
from app.domain.plans.models import ServicePlan
from app.domain.plans.queries import default_plan
from app.domain.projects import audit_events, stages, status
from app.domain.projects.events import ProjectCancelled
from app.domain.projects.models import Project
from app.extensions import db


class ProjectFacts(TypedDict, total=False):
    """What a form or a file says about a project; what it does not name stays as it is."""

    contract_number: str
    plan_id: int
    branch_id: int | None
    amount: Decimal | None
    signed_on: date | None
    warranty_months: int | None
    waterproof_months: int | None
    card_number: str
    card_on: date | None
    callbacks_from: date
    notes: str
    city: str
    district: str
    estate: str
    building: str
    unit: str
    room: str


ADDRESS: Final = ("city", "district", "estate", "building", "unit", "room")
LONGEST: Final = {
    "contract_number": 40, "card_number": 40, "city": 30, "district": 30, "estate": 80, "building": 20, "unit": 20,
    "room": 20,
}  # fmt: skip


def register(customer: Customer, *, by: Person | None, at: datetime, **facts: Unpack[ProjectFacts]) -> Project:
    """A new project of the customer. Branch and address are the customer's where none is given; callbacks are made
    from today on unless told otherwise.

    Refused without a contract number or with one that is taken.
    """
    defaults: ProjectFacts = {"branch_id": customer.branch_id, "callbacks_from": clock.day_of(at)}
    if not any(facts.get(part) for part in ADDRESS):
        defaults |= address_of(customer)  # type: ignore[typeddict-item]
    project = Project(created_at=at)
    if "plan_id" not in facts:
        defaults["plan_id"] = default_plan().id
    _write(project, {**defaults, "contract_number": "", **facts}, at)
    project.customer = customer
    db.session.add(project)
    status.refresh(project, clock.day_of(at))
    publish(CustomerChanged(customer))
    trail.record(audit_events.REGISTER, project, by=by, at=at)
    return project


def edit(project: Project, *, by: Person | None, at: datetime, **facts: Unpack[ProjectFacts]) -> bool:
    """Write the facts that are named; the audit keeps before and after. False when nothing differs."""
    with db.session.no_autoflush:
        _write(project, facts, at)
        if (plan := _plan(facts.get("plan_id"))) is not None:
            stages.follow_plan(project, plan)
        status.refresh(project, clock.day_of(at))
        changes = trail.changes_of(project)
    if not changes:
        return False
    if not changes.keys().isdisjoint(ADDRESS):
        publish(CustomerChanged(project.customer))
    if "plan_id" in changes:
        changes["plan"] = [plan.name if plan else None for plan in map(_plan, changes.pop("plan_id"))]
    trail.record(audit_events.EDIT, project, by=by, at=at, changes=told(changes))
    return True


def cancel(project: Project, reason: str, *, by: Person | None, at: datetime, on: date | None = None) -> None:
    """The project ends without completion on the firm's day `on` (today when None), and nobody calls about it.

    Refused without a reason, and when it was cancelled before.
    """
    cleaned = clean(reason, 200, "reason")
    if not cleaned:
        raise Refused(N_("请写明取消原因。"), field="reason")
    if project.cancelled_on is not None:
        raise Refused(N_("工程已在 %(day)s 取消。"), day=project.cancelled_on.isoformat())
    with db.session.no_autoflush:
        project.cancelled_on, project.cancelled_why = on or clock.day_of(at), cleaned
        status.refresh(project, clock.day_of(at))
        changes = trail.changes_of(project)
    trail.record(audit_events.CANCEL, project, by=by, at=at, reason=cleaned, changes=changes)
    publish(ProjectCancelled(project, by, at))


def address_of(customer: Customer) -> dict[str, str]:
    """The parts of the customer's address, which a project takes over where none is given."""
    return {part: getattr(customer, part) for part in ADDRESS}


def _plan(plan_id: int | None) -> ServicePlan | None:
    return db.session.get(ServicePlan, plan_id) if plan_id else None


def _write(project: Project, facts: ProjectFacts, at: datetime) -> None:
    fit = {field: _fit(field, value) for field, value in facts.items()}
    _refuse_number(project, fit.get("contract_number", project.contract_number))
    for field in ("signed_on", "card_on"):
        day = fit.get(field)
        if day is not None and not date(1990, 1, 1) <= day <= clock.day_of(at):
            raise Refused(N_("日期不能在今天之后，也不会早于 1990 年。"), field=field)
    for field in ("warranty_months", "waterproof_months"):
        if fit.get(field) is not None and not 0 <= fit[field] <= MOST_MONTHS:
            raise Refused(N_("保修月数请填 0 到 %(most)s。"), field=field, most=MOST_MONTHS)
    if fit.get("amount") is not None and not 0 <= fit["amount"] <= money.LARGEST:
        raise Refused(N_("金额请填不小于 0 的数。"), field="amount")
    for field, value in fit.items():
        setattr(project, field, value)


def _refuse_number(project: Project, number: str | None) -> None:
    if not number:
        raise Refused(N_("请填写合同编号。"), field="contract_number")
    with db.session.no_autoflush:
        taken = db.session.scalar(select(Project.id).where(Project.contract_number == number))
    if taken is not None and taken != project.id:
        raise Refused(N_("合同编号 %(number)s 已经有了。"), field="contract_number", number=number)


def _fit(field: str, value: Any) -> Any:
    if field == "notes":
        return clean_lines(value, field=field)
    return clean(value, LONGEST[field], field) if field in LONGEST else value
