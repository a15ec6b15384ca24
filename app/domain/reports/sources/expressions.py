"""SQL that both databases understand: flags, money, days of the firm's calendar."""

from datetime import timedelta
from typing import Any, TypeAlias

from sqlalchemy import CTE, BigInteger, ColumnElement, Date, Label, Select, String, case, cast, func, literal

from app.domain.core import clock
from app.domain.core.clock import Month
from app.domain.core.orm import Instant

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


def end_of_day(day: Any, month: Month) -> ColumnElement[Any]:
    """The first instant after a date column's day, on the firm's wall clock; NULL for days outside the month."""
    days = _days_of(month)
    return case(*((day == one, literal(clock.at(one + timedelta(days=1)), Instant)) for one in days), else_=None)


def local_day(instant: Any, month: Month) -> ColumnElement[Any]:
    """The firm's day of an instant that lies within the month."""
    *days, last = _days_of(month)
    return case(
        *((instant < literal(clock.at(one + timedelta(days=1)), Instant), literal(one, Date)) for one in days),
        else_=literal(last, Date),
    )


def _days_of(month: Month) -> list[Any]:
    return [month.first + timedelta(days=n) for n in range((month.last - month.first).days + 1)]
