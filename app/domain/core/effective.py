"""What is in force on a day.

A rule or a setting holds from its day `since` until the next one of its kind begins; a person, a contact, a wish from
one moment until another, or still.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest
from operator import attrgetter
from typing import Any, Generic, Protocol, TypeVar, overload

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, case, literal, or_


class Dated(Protocol):
    """A row that holds from a day on."""

    @property
    def since(self) -> Any:
        """The firm's day from which it holds."""


Row = TypeVar("Row", bound=Dated)
Key = TypeVar("Key", bound=Hashable)
When = TypeVar("When", date, datetime)


@dataclass(frozen=True)
class Span(Generic[Row]):
    """A row and the days on which it is in force, the last one not included."""

    row: Row
    first: date
    before: date

    @overload
    def holds_on(self, day: date) -> bool: ...
    @overload
    def holds_on(self, day: SQLColumnExpression[Any]) -> ColumnElement[bool]: ...
    def holds_on(self, day: Any) -> Any:
        """Whether it is in force on the day, or SQL that says so of a column."""
        return (self.first <= day) & (day < self.before)


def spans(rows: Iterable[Row], key: Callable[[Row], Hashable]) -> list[Span[Row]]:
    """Each row until the next of its key, a key's oldest first. Of one day's rows the last given counts."""
    alike: dict[Hashable, list[Row]] = defaultdict(list)
    for row in rows:
        alike[key(row)].append(row)
    return [span for of_key in alike.values() for span in _one_after_the_other(of_key)]


def in_force(rows: Iterable[Row], day: date, key: Callable[[Row], Key]) -> dict[Key, Row]:
    """Of each key the row in force on the day; a key that nothing holds for yet is left out."""
    return {key(span.row): span.row for span in spans(rows, key) if span.holds_on(day)}


def value_on(
    day: SQLColumnExpression[Any], held: Sequence[Span[Row]], value: Callable[[Row], Any], otherwise: Any
) -> ColumnElement[Any]:
    """SQL: the value of that row of one key which is in force on the day; `otherwise` before the first."""
    cases = [(span.holds_on(day), value(span.row)) for span in held]
    return case(*cases, else_=otherwise) if cases else literal(otherwise)


def lasts(since: When, until: When | None, at: When) -> bool:
    """Whether what began at `since` and ended at `until` (None: not yet) is so at that time."""
    return since <= at and (until is None or at < until)


def lasting(since: Any, until: Any, at: date | datetime) -> ColumnElement[bool]:
    """SQL: as `lasts`, of two columns."""
    return and_(since <= at, or_(until.is_(None), until > at))


def _one_after_the_other(rows: Iterable[Row]) -> Iterator[Span[Row]]:
    aged = sorted(rows, key=attrgetter("since"))
    for row, follower in zip_longest(aged, aged[1:]):
        yield Span(row, row.since, follower.since if follower is not None else date.max)
