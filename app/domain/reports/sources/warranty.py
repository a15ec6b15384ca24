"""The warranty in SQL, as projects.warranty has it for one project; and the failure rate."""

from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from app.domain.accounts.models import Department
from app.domain.cases.enums import EventKind
from app.domain.cases.models import Case, CaseEvent
from app.domain.core.sql import months_later
from app.domain.plans.enums import CaseKind, StageMeaning, WarrantyTerm
from app.domain.plans.models import Category
from app.domain.projects.models import Project, ProjectStage
from app.domain.projects.warranty import SETTING
from app.domain.reports.period import Period
from app.domain.reports.scope import Scope
from app.domain.reports.sources.expressions import Rows, flag, local_day, text_of
from app.domain.reports.sources.progress import manager_of
from app.domain.settings import values

Completion = aliased(ProjectStage)


def facts(scope: Scope) -> Rows:
    """Projects in their general warranty on a day of the period."""
    first, last = _first_day(), _last_day(WarrantyTerm.GENERAL)
    return (
        select(
            Project.id,
            text_of(Project.branch_id).label("branch"),
            text_of(manager_of(Project.id)).label("project_manager"),
            flag("warranted", Project.id.is_not(None)),
            flag("failed", _has_repair(scope)),
        )
        .outerjoin(Completion, _is_completion())
        .where(scope.covers(Project.branch_id), first <= scope.period.last, last >= scope.period.first)
    )


def covers_receipt(period: Period) -> ColumnElement[bool]:
    """SQL on Case: received in the period, on a day of the warranty that covers its category."""
    own, parent = aliased(Category), aliased(Category)
    waterproof = (
        select(own.id)
        .outerjoin(parent, parent.id == own.parent_id)
        .where(
            own.id == Case.category_id, or_(own.term == WarrantyTerm.WATERPROOF, parent.term == WarrantyTerm.WATERPROOF)
        )
        .correlate(Case)
        .exists()
    )
    day = local_day(Case.received_at, period)
    last = case((waterproof, _last_day(WarrantyTerm.WATERPROOF)), else_=_last_day(WarrantyTerm.GENERAL))
    return exists(
        select(Project.id)
        .outerjoin(Completion, _is_completion())
        .where(Project.id == Case.project_id, _first_day() <= day, last >= day)
        .correlate(Case)
    )


def _is_completion() -> ColumnElement[bool]:
    return and_(Completion.project_id == Project.id, Completion.meaning == StageMeaning.COMPLETION)


def _first_day() -> Any:
    return func.coalesce(Project.card_on, Completion.actual_on)


def _last_day(term: WarrantyTerm) -> Any:
    own = Project.warranty_months if term is WarrantyTerm.GENERAL else Project.waterproof_months
    return months_later(_first_day(), func.coalesce(own, values.value_on(SETTING[term], _first_day())))


def _has_repair(scope: Scope) -> ColumnElement[bool]:
    """SQL: a repair of the project was received in the period, neither merged away nor cancelled by the report."""
    cancelled = exists().where(
        CaseEvent.case_id == Case.id,
        CaseEvent.kind == EventKind.CANCELLED,
        CaseEvent.superseded_at.is_(None),
        CaseEvent.happened_at <= scope.as_of,
    )
    repairs = select(Case.id).where(
        Case.project_id == Project.id,
        Case.kind == CaseKind.REPAIR,
        Case.merged_into_id.is_(None),
        scope.within(Case.received_at),
        ~cancelled,
    )
    if scope.department:
        repairs = repairs.join(Department, Department.id == Case.department_id).where(
            Department.name == scope.department
        )
    return exists(repairs.correlate(Project))
