"""Pages by key, not by offset: the next page starts after the last row seen, however long the list.

A list declares its few sorts; each ends with the id and stands on columns that are never null, so that one
index serves filter, order and continuation.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import ScalarSelect, Select, func, literal, literal_column, select, tuple_

from app.extensions import db

PER_PAGE: Final = 50
COUNTED_TO: Final = 999

Row = TypeVar("Row")


@dataclass(frozen=True)
class Sort:
    """An order of a list: its columns, all ascending or all descending; the last one is unique."""

    columns: tuple[Any, ...]
    descending: bool = False

    def key_of(self, row: Any) -> str:
        """The row's place in this order, as a mark for the address bar."""
        values = [getattr(row, column.key) for column in self.columns]
        plain = [value.isoformat() if isinstance(value, date) else value for value in values]
        return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")

    def values_of(self, mark: str) -> list[Any] | None:
        """What a mark says, or None when it isn't one of this order: the list then starts at its beginning."""
        try:
            plain = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
            if not isinstance(plain, list) or len(plain) != len(self.columns):
                return None
            return [_typed(column, value) for column, value in zip(self.columns, plain, strict=True)]
        except (binascii.Error, ValueError, TypeError):
            return None


def _typed(column: Any, value: Any) -> Any:
    wanted = column.type.python_type
    if wanted in (datetime, date):
        return wanted.fromisoformat(value)
    if wanted is int and isinstance(value, bool | float):
        raise ValueError(value)
    return wanted(value)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list: its rows, and the marks of the pages before and after it (None: there is none)."""

    rows: list[Row]
    sort: str
    count: int
    before: str | None
    after: str | None

    @property
    def count_text(self) -> str:
        """How many rows the whole list has; counting stops at `999+`."""
        return f"{COUNTED_TO}+" if self.count > COUNTED_TO else str(self.count)


def page_of(
    query: Select[Row],
    sorts: Mapping[str, Sort],
    wanted: Mapping[str, str],
    *,
    per_page: int = PER_PAGE,
) -> Page[Row]:
    """The page of `query` that the address asks for: `sort` (a key of `sorts`; its first is the default), and
    `after` or `before`, a mark of an earlier page. One query: the rows, and beside them the count up to 999.
    """
    name = wanted.get("sort", "")
    name = name if name in sorts else next(iter(sorts))
    sort = sorts[name]
    back = "before" in wanted and "after" not in wanted
    values = sort.values_of(wanted.get("before" if back else "after", ""))
    back = back and values is not None

    up = sort.descending == back
    rows_query = query.order_by(*(column.asc() if up else column.desc() for column in sort.columns))
    if values is not None:
        place, mark = (
            tuple_(*sort.columns),
            tuple_(*(literal(v, c.type) for c, v in zip(sort.columns, values, strict=True))),
        )
        rows_query = rows_query.where(place > mark if up else place < mark)
    counted = capped_count(query)
    found = db.session.execute(rows_query.add_columns(counted.label("counted")).limit(per_page + 1)).unique().all()
    rows = [row[0] for row in found]
    count = found[0].counted if found else db.session.scalar(select(counted)) or 0

    more = len(rows) > per_page
    rows = rows[:per_page]
    if back:
        rows.reverse()
    has_before, has_after = (more, True) if back else (values is not None, more)
    return Page(
        rows=rows,
        sort=name,
        count=count,
        before=sort.key_of(rows[0]) if rows and has_before else None,
        after=sort.key_of(rows[-1]) if rows and has_after else None,
    )


def capped_count(query: Select[Any]) -> ScalarSelect[int]:
    """SQL: how many rows the query has, as one value beside others; 1000 at most, since counting all of a long list
    costs more than it tells.
    """
    some: Select[Any] = (
        query.order_by(None)
        .with_only_columns(literal_column("1").label("one"), maintain_column_froms=True)
        .limit(COUNTED_TO + 1)
    )
    return select(func.count()).select_from(some.subquery()).scalar_subquery()
