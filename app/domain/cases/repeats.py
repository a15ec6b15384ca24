"""返修: a repair of the same project and first-level category, soon after an earlier one was resolved."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select

from app.domain import clock
from app.domain.cases.models import Case, CaseStep, Category
from app.domain.cases.words import CaseState, StepKind
from app.domain.plans.words import CaseKind
from app.domain.settings import values as settings
from app.extensions import db


def earlier_repair(
    project_id: int | None, category: Category | None, received_at: datetime, than: Case | None = None
) -> Case | None:
    """The repair that one received then repeats: the latest of its project and first-level category resolved at most
    30 × 24 h (a setting) before. None without project or category. Cancelled and merged ones don't count.
    """
    if project_id is None or category is None:
        return None
    days = settings.value("cases.repeat_within_days", clock.day_of(received_at))
    first_level = category.first_level.id
    query = (
        select(Case)
        .join(CaseStep, CaseStep.case_id == Case.id)
        .join(Category, Category.id == Case.category_id)
        .where(
            Case.kind == CaseKind.REPAIR,
            Case.project_id == project_id,
            Case.state.not_in((CaseState.CANCELLED, CaseState.MERGED)),
            or_(Category.id == first_level, Category.parent_id == first_level),
            CaseStep.kind == StepKind.RESOLVED,
            CaseStep.superseded_at.is_(None),
            CaseStep.happened_at <= received_at,
            CaseStep.happened_at >= received_at - timedelta(days=days),
        )
        .order_by(CaseStep.happened_at.desc(), Case.id.desc())
        .limit(1)
    )
    if than is not None and than.id is not None:
        query = query.where(Case.id != than.id)
    return db.session.scalars(query).first()
