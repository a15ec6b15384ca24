"""What a setting is on a day, and how it is changed."""

from datetime import date, datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import ColumnElement, SQLColumnExpression, select
from sqlalchemy.orm import Session

from app.domain.audit import trail
from app.domain.core import clock, effective
from app.domain.settings import audit_events
from app.domain.settings.defaults import DEFAULTS
from app.domain.settings.models import Setting
from app.extensions import db

if TYPE_CHECKING:
    from app.domain.accounts.models import Person

READ: Final = "settings"


def value(name: str, on: date | None = None) -> Any:
    """The value in force on the firm's day `on` (today when None). An unknown name is a KeyError."""
    return several(name, on=on)[name]


def several(*names: str, on: date | None = None) -> dict[str, Any]:
    """The values of `names` in force on a day."""
    day = on or clock.today()
    values = {name: DEFAULTS[name].value for name in names}
    return values | {
        span.row.name: span.row.value for span in _spans() if span.row.name in values and span.holds_on(day)
    }


def value_on(name: str, day: SQLColumnExpression[Any]) -> ColumnElement[Any]:
    """SQL: the value in force on each row's day."""
    held = [span for span in _spans() if span.row.name == name]
    return effective.value_on(day, held, attrgetter("value"), DEFAULTS[name].value)


def _spans() -> list[effective.Span[Any]]:
    """All that was ever set, and when it holds: read once a transaction, since a page asks many times."""
    session = db.session()
    if READ not in session.info or session.info[READ][0] != _transaction(session):
        query = select(Setting.name, Setting.since, Setting.value)
        rows = session.execute(query.order_by(Setting.since, Setting.set_at, Setting.id)).all()
        session.info[READ] = (_transaction(session), effective.spans(rows, attrgetter("name")))
    return cast("list[effective.Span[Any]]", session.info[READ][1])


def _transaction(session: Session) -> tuple[Any, Any]:
    return session.get_transaction(), session.get_nested_transaction()


def change(name: str, new: Any, *, since: date, by: "Person | None", at: datetime) -> Setting:
    """Put `new` in force from the firm's day `since`. Earlier days keep what held then."""
    before = value(name, since)
    row = Setting(name=name, since=since, value=new, set_by_id=by.id if by else None, set_at=at)
    db.session.add(row)
    db.session().info.pop(READ, None)
    trail.record(audit_events.CHANGE, row, by=by, at=at, changes={name: [before, new]})
    return row
