"""The cases of a period one by one: broken promises, open ones with their age, repeats."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from app.domain.cases.models import Case, Deadline
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.plans.enums import CaseKind
from app.domain.reports.scope import Scope
from app.domain.reports.sources.deadlines import broken_of
from app.domain.reports.sources.expressions import materialized
from app.domain.reports.sources.sources import cases
from app.extensions import db

AGES: Final = ((7, N_("0–7 天")), (14, N_("8–14 天")), (30, N_("15–30 天")), (None, N_("30 天以上")))

Row = dict[str, Any]
_ABOUT: Final = (joinedload(Case.assignee), joinedload(Case.customer), joinedload(Case.department))


@dataclass(frozen=True)
class Listing:
    """Rows one by one, perhaps not all of them, and how many there are."""

    rows: list[Row]
    count: int


def breaches(kind: CaseKind, scope: Scope, limit: int | None = None) -> Listing:
    """Each broken promise due in the period, in order of its due time."""
    ids = select(materialized(broken_of(kind, scope)).c.id)
    query = (
        select(Deadline)
        .where(Deadline.id.in_(ids))
        .options(joinedload(Deadline.case).options(*_ABOUT))
        .order_by(Deadline.due_at, Deadline.id)
        .limit(limit)
    )
    rows = [_breach(row, scope.as_of) for row in db.session.scalars(query).unique()]
    return Listing(rows, _count(ids, rows, limit))


def open_cases(kind: CaseKind, scope: Scope, limit: int | None = None) -> Listing:
    """Those received in the period and not closed by the report, oldest first."""
    ids = _ids(kind, scope, "open")
    rows = [_open(case, scope.as_of) for case in _cases(ids, limit)]
    return Listing(rows, _count(ids, rows, limit))


def repeats(kind: CaseKind, scope: Scope, limit: int | None = None) -> Listing:
    """Those received in the period and marked as repeats."""
    ids = _ids(kind, scope, "repeat")
    found = _cases(ids, limit)
    earlier = {case.repeat_of_id for case in found if case.repeat_of_id}
    numbered = db.session.execute(select(Case.id, Case.number).where(Case.id.in_(earlier)))
    numbers = {row.id: row.number for row in numbered}
    rows = [_case(case) | {"repeat_of": numbers.get(case.repeat_of_id or 0)} for case in found]
    return Listing(rows, _count(ids, rows, limit))


def age_group(days: int) -> str:
    """0–7, 8–14, 15–30 or more than 30 days: a message id."""
    return next(label for last, label in AGES if last is None or days <= last)


def _ids(kind: CaseKind, scope: Scope, column: str) -> Select[int]:
    rows = materialized(cases(kind).facts(scope))
    return select(rows.c.id).where(rows.c[column] == 1)


def _cases(ids: Select[int], limit: int | None) -> list[Case]:
    query = select(Case).where(Case.id.in_(ids)).options(*_ABOUT).order_by(Case.received_at, Case.id).limit(limit)
    return list(db.session.scalars(query).unique())


def _count(ids: Select[Any], rows: list[Row], limit: int | None) -> int:
    if limit is None or len(rows) < limit:
        return len(rows)
    return db.session.scalar(select(func.count()).select_from(ids.subquery())) or 0


def _case(case: Case) -> Row:
    return {
        "id": case.id,
        "name": case.number,
        "customer": case.customer.name,
        "holder": case.assignee.name,
        "department": case.department.name if case.department else None,
        "state": case.state.label,
        "received_at": case.received_at,
    }


def _open(case: Case, as_of: datetime) -> Row:
    days = (clock.day_of(as_of) - clock.day_of(case.received_at)).days
    return _case(case) | {"age_days": days, "age": age_group(days)}


def _breach(row: Deadline, as_of: datetime) -> Row:
    met = row.met_at if row.met_at and row.met_at <= as_of else None
    late = (met or as_of) - row.due_at
    return _case(row.case) | {
        "clock": row.kind.label,
        "due_at": row.due_at,
        "met_at": met,
        "late_minutes": int(late.total_seconds() // 60),
    }
