"""SQL that both databases understand: flags, money, days of the firm's calendar."""

from typing import Any, TypeAlias

from sqlalchemy import CTE, BigInteger, ColumnElement, Label, Select, String, case, cast, func, literal

from app.domain.core import clock
from app.domain.core.orm import Instant
from app.domain.core.sql import day_at_offset
from app.domain.reports.period import Period

Rows: TypeAlias = Select[*tuple[Any, ...]]
"""What a figure is made of: a SELECT of row ids, of what they can be grouped by, and of integers."""


def materialized(query: Rows) -> CTE:
    """The query's rows, found once: a planner that knows too little would find them anew for each row beside them."""
    return query.cte().prefix_with("MATERIALIZED")


def flag(name: str, condition: ColumnElement[bool]) -> Label[int]:
    """1 where the condition holds, else 0 (unknown counts as 0)."""
    return case((condition, 1), else_=0).label(name)


def cents(amount: Any) -> ColumnElement[int]:
    """Money as whole cents, so that sums are exact on either database; nothing recorded is 0."""
    return cast(func.coalesce(func.round(amount * 100), 0), BigInteger)


def text_of(column: Any) -> ColumnElement[str]:
    """The column as text, to group different kinds of keys in one statement."""
    return cast(column, String)


def local_day(instant: Any, period: Period) -> ColumnElement[Any]:
    """The firm's day of an instant in the period; of one before an earlier day or its first, of one after a later."""
    *changes, (_, offset) = clock.utc_offsets(period.starts_at, period.ends_at)
    day = day_at_offset(instant, literal(offset))
    if not changes:
        return day
    earlier = ((instant < literal(until, Instant), day_at_offset(instant, literal(ahead))) for until, ahead in changes)
    return case(*earlier, else_=day)
