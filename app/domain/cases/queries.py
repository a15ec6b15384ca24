"""Lists of cases. Each takes what the person may see, as access.visible_cases has it, and narrows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.domain.accounts.models import Person
from app.domain.callbacks.models import Attempt
from app.domain.cases.enums import CaseState
from app.domain.cases.models import Case, CaseEvent
from app.domain.core.orm import unindexed
from app.domain.core.pagination import Sort
from app.domain.customers.models import Customer
from app.domain.plans.enums import CaseKind
from app.domain.plans.models import Category
from app.domain.projects.models import Project
from app.extensions import db

SORTS: Final = {
    "due": Sort((Case.next_due_at, Case.id)),
    "-received": Sort((Case.received_at, Case.id), descending=True),
    "received": Sort((Case.received_at, Case.id)),
}
SORTS_WITH_ENDED: Final = {key: SORTS[key] for key in ("-received", "received")}


@dataclass(frozen=True)
class Wanted:
    """What a list of cases is narrowed to; what is empty narrows nothing. `at` is when overdue is asked for."""

    open: bool | None = True
    kind: CaseKind | None = None
    state: CaseState | None = None
    mine: bool = False
    overdue: bool = False
    branch_id: int | None = None
    category_id: int | None = None


def worklist(visible: Select[Case], person: Person, wanted: Wanted, at: datetime) -> Select[Case]:
    """Those of the visible cases that are wanted. `mine`: owned or in hand; a category takes those below it with it."""
    query = visible.options(
        joinedload(Case.customer).load_only(Customer.name, *Customer.place_columns()),
        joinedload(Case.project).load_only(*Project.place_columns()),
        joinedload(Case.assignee).load_only(Person.name),
        joinedload(Case.category),
    )
    if wanted.open is not None:
        query = query.where(Case.ended_at.is_(None) if wanted.open else Case.ended_at.is_not(None))
    if wanted.kind:
        query = query.where((unindexed(Case.kind) if wanted.open else Case.kind) == wanted.kind)
    if wanted.state:
        query = query.where(Case.state == wanted.state)
    if wanted.mine:
        query = query.where(or_(Case.owner_id == person.id, Case.assignee_id == person.id))
    if wanted.overdue:
        query = query.where(Case.ended_at.is_(None), Case.next_due_at < at)
    if wanted.branch_id:
        query = query.where(Case.branch_id == wanted.branch_id)
    if wanted.category_id:
        below = select(Category.id).where(
            or_(Category.id == wanted.category_id, Category.parent_id == wanted.category_id)
        )
        query = query.where(unindexed(Case.category_id).in_(below))
    return query


def earlier_cases(visible: Select[Case], customer: Customer, than: Case | None = None, limit: int = 10) -> list[Case]:
    """What came in from the customer before, newest first, among the visible ones."""
    query = (
        visible.where(Case.customer_id == customer.id, Case.merged_into_id.is_(None))
        .options(joinedload(Case.category).joinedload(Category.parent))
        .order_by(Case.received_at.desc(), Case.id.desc())
        .limit(limit)
    )
    if than is not None:
        query = query.where(and_(Case.id != than.id, Case.received_at <= than.received_at))
    return list(db.session.scalars(query).unique())


def open_cases_of(visible: Select[Case], customer_ids: Sequence[int]) -> dict[int, list[Case]]:
    """The customers' open cases among the visible ones, the next due first, by the customer's number."""
    query = visible.where(Case.customer_id.in_(customer_ids), Case.ended_at.is_(None))
    rows: dict[int, list[Case]] = {}
    for case in db.session.scalars(query.order_by(Case.next_due_at)):
        rows.setdefault(case.customer_id, []).append(case)
    return rows


def first_level_categories() -> list[Category]:
    """The firm's first-level categories in their order."""
    query = select(Category).where(Category.parent_id.is_(None)).order_by(Category.position, Category.id)
    return list(db.session.scalars(query))


def categories() -> list[Category]:
    """All categories, each first level followed by what is below it."""
    rows = db.session.scalars(select(Category).options(joinedload(Category.parent))).unique().all()
    place = {row.id: (row.position, row.id) for row in rows}
    return sorted(rows, key=lambda row: (place[row.first_level.id], row.parent_id is not None, place[row.id]))


def whole_case(visible: Select[Case], case_id: int) -> Case | None:
    """The case with all that its page shows of it, if it is among the visible ones: four queries."""
    query = visible.where(Case.id == case_id).options(
        joinedload(Case.customer).joinedload(Customer.phones),
        joinedload(Case.project).joinedload(Project.stages),
        joinedload(Case.category).joinedload(Category.parent),
        joinedload(Case.branch),
        joinedload(Case.project_manager),
        joinedload(Case.department),
        joinedload(Case.owner),
        joinedload(Case.assignee),
        joinedload(Case.received_by),
        joinedload(Case.responsible),
        joinedload(Case.team),
        joinedload(Case.cause),
        joinedload(Case.result),
        selectinload(Case.deadlines),
        selectinload(Case.events).options(joinedload(CaseEvent.by), joinedload(CaseEvent.photos)),
        selectinload(Case.attempts).joinedload(Attempt.by),
    )
    return db.session.scalars(query).unique().one_or_none()
