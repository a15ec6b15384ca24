"""What repairs cost and who pays: one row a repair whose order was approved in the period, in whole cents."""

from typing import Final

from sqlalchemy import and_, case, func, or_, select, type_coerce

from app.domain.cases.enums import EventKind, Payer
from app.domain.cases.models import Case, CaseEvent
from app.domain.core.orm import Instant
from app.domain.plans.enums import CaseKind
from app.domain.reports.scope import Scope
from app.domain.reports.sources.cases import belongs, current, with_dimensions
from app.domain.reports.sources.expressions import Rows, cents, flag, materialized

APPROVING: Final = (EventKind.PLANNED, EventKind.RESOLVED)


def facts(scope: Scope) -> Rows:
    """Repairs with a payer and a sum; approved when the plan was agreed, without a plan when it was resolved."""
    first = and_(CaseEvent.round == 1, current(scope))
    touched = select(CaseEvent.case_id).where(CaseEvent.kind.in_(APPROVING), first, scope.within(CaseEvent.happened_at))
    planned = func.min(case((CaseEvent.kind == EventKind.PLANNED, CaseEvent.happened_at)))
    resolved = func.min(case((CaseEvent.kind == EventKind.RESOLVED, CaseEvent.happened_at)))
    approvals = materialized(
        select(CaseEvent.case_id, type_coerce(func.coalesce(planned, resolved), Instant).label("at"))
        .where(CaseEvent.kind.in_(APPROVING), first, CaseEvent.case_id.in_(touched))
        .group_by(CaseEvent.case_id)
    )
    cancelled = (
        select(CaseEvent.id)
        .where(CaseEvent.case_id == Case.id, CaseEvent.kind == EventKind.CANCELLED, current(scope))
        .correlate(Case)
        .exists()
    )
    amount = cents(Case.labour) + cents(Case.material)
    columns = [
        column
        for payer in Payer
        for column in (
            flag(f"{payer.value}_lines", Case.payer == payer),
            case((Case.payer == payer, amount), else_=0).label(f"{payer.value}_cents"),
        )
    ]
    return with_dimensions(
        select(Case.id, flag("with_cost", Case.payer.is_not(None)), *columns)
        .join(approvals, approvals.c.case_id == Case.id)
        .where(
            scope.within(approvals.c.at),
            Case.payer.is_not(None),
            or_(Case.labour.is_not(None), Case.material.is_not(None)),
            ~cancelled,
            belongs(CaseKind.REPAIR, scope),
        )
    )
