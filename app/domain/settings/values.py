"""What a setting is on a day, and how it is changed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app.domain import clock
from app.domain.accounts.models import Person
from app.domain.audit import trail
from app.domain.settings.defaults import DEFAULTS
from app.domain.settings.models import Setting
from app.extensions import db


def value(name: str, on: date | None = None) -> Any:
    """The value in force on the firm's day `on` (today when None). An unknown name is a KeyError."""
    default = DEFAULTS[name].value
    row = db.session.scalar(
        select(Setting)
        .where(Setting.name == name, Setting.since <= (on or clock.today()))
        .order_by(Setting.since.desc(), Setting.set_at.desc(), Setting.id.desc())
        .limit(1)
    )
    return default if row is None else row.value


def several(*names: str, on: date | None = None) -> dict[str, Any]:
    """The values of `names` in force on a day, in one query."""
    values = {name: DEFAULTS[name].value for name in names}
    rows = db.session.scalars(
        select(Setting)
        .where(Setting.name.in_(names), Setting.since <= (on or clock.today()))
        .order_by(Setting.since, Setting.set_at, Setting.id)
    )
    return values | {row.name: row.value for row in rows}


def change(name: str, new: Any, *, since: date, by: Person | None, at: datetime) -> Setting:
    """Put `new` in force from the firm's day `since`. Earlier days keep what held then."""
    before = value(name, since)
    row = Setting(name=name, since=since, value=new, set_by_id=by.id if by else None, set_at=at)
    db.session.add(row)
    trail.record("settings.change", row, by=by, at=at, changes={name: [before, new]})
    return row
