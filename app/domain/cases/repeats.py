"""返修: a repair of the same project and first-level category, soon after an earlier one was resolved."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import select

from app.domain.cases.enums import CaseState, EventKind
from app.domain.cases.models import Case, CaseEvent
from app.domain.core import clock
from app.domain.plans.enums import CaseKind
from app.domain.plans.models import Category
from app.domain.settings import values as settings
from app.extensions import db

REPEAT_WITHIN: Final = "cases.repeat_within_days"
AT_ONCE: Final = 500


class Resolution(NamedTuple):
    """When which repair was resolved."""

    at: datetime
    case_id: int


Resolutions = Mapping[tuple[int, int], Sequence[Resolution]]
"""By project and first-level category."""


def resolutions(project_ids: Iterable[int]) -> Resolutions:
    """Those of the projects' repairs; of cancelled and merged ones none count."""
    found: dict[tuple[int, int], list[Resolution]] = defaultdict(list)
    wanted = sorted(set(project_ids))
    query = (
        select(Case.project_id, Category.parent_id, Category.id, CaseEvent.happened_at, Case.id)
        .join(CaseEvent, CaseEvent.case_id == Case.id)
        .join(Category, Category.id == Case.category_id)
        .where(
            Case.kind == CaseKind.REPAIR,
            Case.state.not_in((CaseState.CANCELLED, CaseState.MERGED)),
            CaseEvent.kind == EventKind.RESOLVED,
            CaseEvent.superseded_at.is_(None),
        )
    )
    for first in range(0, len(wanted), AT_ONCE):
        rows = db.session.execute(query.where(Case.project_id.in_(wanted[first : first + AT_ONCE])))
        for project_id, parent_id, category_id, at, case_id in rows:
            assert project_id is not None
            found[project_id, parent_id or category_id].append(Resolution(at, case_id))
    return found


def earlier(
    found: Resolutions, project_id: int | None, category: Category | None, received_at: datetime, than: int | None
) -> int | None:
    """The id of the repair that one received then repeats: the latest of its project and first-level category that was
    resolved at most 30 × 24 h (a setting) before; `than` is its own. None without project or category.
    """
    if project_id is None or category is None:
        return None
    within = timedelta(days=settings.value(REPEAT_WITHIN, clock.day_of(received_at)))
    others = (one for one in found.get((project_id, category.first_level.id), ()) if one.case_id != than)
    return max((one for one in others if received_at - within <= one.at <= received_at), default=(None, None))[1]


def mark(cases: Iterable[Case], found: Resolutions) -> None:
    """Write on the cases whether they repeat an earlier repair; what an import was given stays as given."""
    for case in cases:
        if case.kind is CaseKind.REPAIR and case.repeat_given is None:
            project_id = case.project.id if case.project else None
            case.repeat_of_id = earlier(found, project_id, case.category, case.received_at, than=case.id)
            case.is_repeat = case.repeat_of_id is not None


def mark_one(case: Case) -> None:
    """The same for one case."""
    mark([case], resolutions([case.project.id] if case.project else []))


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
    mark(db.session.scalars(later).unique(), resolutions([case.project_id]))
