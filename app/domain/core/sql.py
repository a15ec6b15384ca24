"""What the two databases write differently in SQL: arithmetic on dates and instants, inserts that may meet a row."""

from typing import Any, ClassVar

from sqlalchemy import Date, Integer
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import ColumnElement, FunctionElement

from app.extensions import db


class _Written(FunctionElement[Any]):
    """An expression with one text for each database; {0} and {1} are its arguments."""

    postgresql: ClassVar[str]
    sqlite: ClassVar[str]

    def __init_subclass__(cls, **kw: Any) -> None:
        super().__init_subclass__(**kw)
        cls.inherit_cache = True  # SQLAlchemy asks each class itself


@compiles(_Written)
def _for_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    return str(element.postgresql.format(*(compiler.process(clause, **kw) for clause in element.clauses)))


@compiles(_Written, "sqlite")
def _for_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    return str(element.sqlite.format(*(compiler.process(clause, **kw) for clause in element.clauses)))


class seconds_between(_Written):
    """SQL: whole seconds from the first instant to the second."""

    type = Integer()
    name = "seconds_between"
    postgresql = "CAST(EXTRACT(EPOCH FROM ({1} - {0})) AS BIGINT)"
    sqlite = "(CAST(strftime('%s', {1}) AS INTEGER) - CAST(strftime('%s', {0}) AS INTEGER))"


class days_between(_Written):
    """SQL: whole days from the first date to the second."""

    type = Integer()
    name = "days_between"
    postgresql = "(CAST({1} AS DATE) - CAST({0} AS DATE))"
    sqlite = "CAST(julianday({1}) - julianday({0}) AS INTEGER)"


class months_later(_Written):
    """SQL: the same day N months later, or that month's last day where there is none. As clock.add_months."""

    type = Date()
    name = "months_later"
    postgresql = "CAST({0} + make_interval(months => CAST({1} AS INTEGER)) AS DATE)"
    sqlite = "min(date({0}, ({1}) || ' months'), date({0}, 'start of month', (({1}) + 1) || ' months', '-1 day'))"


class day_at_offset(_Written):
    """SQL: the day of an instant on a wall clock that is so many seconds ahead of UTC."""

    type = Date()
    name = "day_at_offset"
    postgresql = "CAST(({0} AT TIME ZONE 'UTC') + make_interval(secs => CAST({1} AS INTEGER)) AS DATE)"
    sqlite = "date({0}, ({1}) || ' seconds')"


class _date_earlier(_Written):
    name = "date_earlier"
    postgresql = "({0} - CAST({1} AS INTEGER))"
    sqlite = "date({0}, '-' || ({1}) || ' days')"


class _instant_earlier(_Written):
    name = "instant_earlier"
    postgresql = "({0} - make_interval(days => CAST({1} AS INTEGER)))"
    sqlite = "(strftime('%Y-%m-%d %H:%M:%f', {0}, '-' || ({1}) || ' days') || '000')"


def insert(into: Any) -> Any:
    """INSERT in the database's own words: with `on_conflict_do_nothing` and `on_conflict_do_update`."""
    dialects: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
    return dialects[db.session.get_bind().dialect.name](into)


def days_earlier(when: Any, days: ColumnElement[int]) -> ColumnElement[Any]:
    """SQL: a date or an instant, so many days earlier."""
    return _date_earlier(when, days) if isinstance(when.type, Date) else _instant_earlier(when, days)
