"""返修 of imported repairs by the rule, again whenever a file corrects what the rule looks at."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import select

from app.domain.audit import trail
from app.domain.cases.enums import CaseState, EventKind
from app.domain.cases.models import Case, CaseEvent
from app.domain.core import clock
from app.domain.imports.context import AT_ONCE, ImportContext, RowChange, fetched
from app.domain.plans.enums import CaseKind
from app.domain.plans.models import Category
from app.domain.settings import values as settings
from app.extensions import db

REPEAT_WITHIN: Final = "cases.repeat_within_days"
LOOKED_AT: Final = {
    "kind", "project", "category", "step:受理时间", "step:处理完成时间", "step:撤销时间",
}  # fmt: skip


class Resolved(NamedTuple):
    """An earlier repair's resolution."""

    at: Any
    case_id: int


def mark_repeats(work: ImportContext, changes: Sequence[RowChange]) -> None:
    """Mark what the file gives, and by the rule the other imported repairs of every project of which it says
    something new: the latest resolution of the same project and first level within the days before their receipt.
    As repeats.earlier_repair, for many at once. Flush the changes first.
    """
    given = [change.record for change in changes if "repeat_given" in change.values]
    for case in given:
        case.is_repeat, case.repeat_of_id = bool(case.repeat_given), None
    touched = [change for change in changes if not LOOKED_AT.isdisjoint(change.values.keys() | change.more.keys())]
    projects = sorted({change.record.project_id for change in touched if change.record.project_id})
    earlier = _resolutions(projects)
    new = {change.record.id for change in changes if change.is_new}
    flipped: list[tuple[Case, dict[str, list[Any]]]] = []
    for case in _by_the_rule(projects):
        within = timedelta(days=settings.value(REPEAT_WITHIN, clock.day_of(case.received_at)))
        key = (case.project_id, case.category.first_level.id) if case.category else (None, 0)
        found = [
            one
            for one in earlier[key]
            if one.case_id != case.id and case.received_at - within <= one.at <= case.received_at
        ]
        case.is_repeat, case.repeat_of_id = bool(found), max(found).case_id if found else None
        if case.id not in new and (changed := trail.changes_of(case)):
            flipped.append((case, changed))
    trail.record_all(work.event, flipped, by=work.by, at=work.at, reason=work.source[:500])


def _by_the_rule(project_ids: Sequence[int]) -> list[Case]:
    """Imported repairs of the projects for which no file says whether they are repeats."""
    receipt = select(CaseEvent.id).where(
        CaseEvent.case_id == Case.id, CaseEvent.kind == EventKind.RECEIVED, CaseEvent.imported.is_(True)
    )
    query = select(Case).where(Case.kind == CaseKind.REPAIR, Case.repeat_given.is_(None), receipt.exists())
    return list(fetched(query, Case.project_id, project_ids))


def _resolutions(project_ids: Sequence[int]) -> dict[tuple[int | None, int], list[Resolved]]:
    found: dict[tuple[int | None, int], list[Resolved]] = defaultdict(list)
    for start in range(0, len(project_ids), AT_ONCE):
        rows = db.session.execute(
            select(Case.id, Case.project_id, Category.id, Category.parent_id, CaseEvent.happened_at)
            .join(CaseEvent, CaseEvent.case_id == Case.id)
            .join(Category, Category.id == Case.category_id)
            .where(
                Case.kind == CaseKind.REPAIR,
                Case.project_id.in_(project_ids[start : start + AT_ONCE]),
                Case.state.not_in((CaseState.CANCELLED, CaseState.MERGED)),
                CaseEvent.kind == EventKind.RESOLVED,
                CaseEvent.superseded_at.is_(None),
            )
        )
        for case_id, project_id, category_id, parent_id, happened_at in rows:
            found[project_id, parent_id or category_id].append(Resolved(happened_at, case_id))
    return found
