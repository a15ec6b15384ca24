"""What repairs cost and who pays: one row a repair whose order was approved in the period, in whole cents."""

from typing import Final

from sqlalchemy import and_, case, func, or_, select, type_coerce

from app.domain.cases.enums import Payer, StepKind
from app.domain.cases.models import Case, CaseStep
from app.domain.core.orm import Instant
from app.domain.plans.enums import CaseKind
from app.domain.reports.expressions import Rows, cents, flag, once
from app.domain.reports.figures.cases import belongs, standing, with_dimensions
from app.domain.reports.scope import Scope

APPROVING: Final = (StepKind.PLANNED, StepKind.RESOLVED)


def facts(scope: Scope) -> Rows:
    """Repairs with a payer and a sum; approved when the plan was agreed, without a plan when it was resolved."""
    first = and_(CaseStep.round == 1, standing(scope))
    touched = select(CaseStep.case_id).where(CaseStep.kind.in_(APPROVING), first, scope.within(CaseStep.happened_at))
    planned = func.min(case((CaseStep.kind == StepKind.PLANNED, CaseStep.happened_at)))
    resolved = func.min(case((CaseStep.kind == StepKind.RESOLVED, CaseStep.happened_at)))
    approvals = once(
        select(CaseStep.case_id, type_coerce(func.coalesce(planned, resolved), Instant).label("at"))
        .where(CaseStep.kind.in_(APPROVING), first, CaseStep.case_id.in_(touched))
        .group_by(CaseStep.case_id)
    )
    cancelled = (
        select(CaseStep.id)
        .where(CaseStep.case_id == Case.id, CaseStep.kind == StepKind.CANCELLED, standing(scope))
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
