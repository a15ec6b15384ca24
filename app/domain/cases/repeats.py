"""返修: a repair of the same project and first-level category, soon after an earlier one was resolved."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select

from app.domain.cases.enums import CaseState, EventKind
from app.domain.cases.models import Case, CaseEvent
from app.domain.core import clock
from app.domain.plans.enums import CaseKind
from app.domain.plans.models import Category
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
        .join(CaseEvent, CaseEvent.case_id == Case.id)
        .join(Category, Category.id == Case.category_id)
        .where(
            Case.kind == CaseKind.REPAIR,
            Case.project_id == project_id,
            Case.state.not_in((CaseState.CANCELLED, CaseState.MERGED)),
            or_(Category.id == first_level, Category.parent_id == first_level),
            CaseEvent.kind == EventKind.RESOLVED,
            CaseEvent.superseded_at.is_(None),
            CaseEvent.happened_at <= received_at,
            CaseEvent.happened_at >= received_at - timedelta(days=days),
        )
        .order_by(CaseEvent.happened_at.desc(), Case.id.desc())
        .limit(1)
    )
    if than is not None and than.id is not None:
        query = query.where(Case.id != than.id)
    return db.session.scalars(query).first()


def mark_repeat(case: Case) -> None:
    """Write on the case whether it repeats an earlier repair; what an import was given stays as given."""
    if case.kind is not CaseKind.REPAIR or case.repeat_given is not None:
        return
    repeated = earlier_repair(case.project.id if case.project else None, case.category, case.received_at, than=case)
    case.is_repeat = repeated is not None
    case.repeat_of_id = repeated.id if repeated else None


def mark_later(case: Case) -> None:
    """Write it anew on the project's repairs received after this one, which was resolved, cancelled or given another
    category: what was recorded late is found as if it had been recorded in time.
    """
    if case.kind is not CaseKind.REPAIR or case.project_id is None:
        return
    db.session.flush()
    later = select(Case).where(
        Case.project_id == case.project_id, Case.kind == CaseKind.REPAIR, Case.received_at > case.received_at
    )
    for one in db.session.scalars(later).unique():
        mark_repeat(one)
