"""The firm's settings on any day, read once for many rows."""

from datetime import date
from typing import Any

from sqlalchemy import select

from app.domain.settings.defaults import DEFAULTS
from app.domain.settings.models import Setting
from app.extensions import db


class Numbers:
    """As settings.values.several, for as many days as one likes, in one query."""

    def __init__(self, *names: str) -> None:
        self.names = names
        query = select(Setting).where(Setting.name.in_(names)).order_by(Setting.since, Setting.set_at, Setting.id)
        self.rows = db.session.scalars(query).all()

    def on(self, day: date) -> dict[str, Any]:
        """What is in force on the firm's day."""
        found = {name: DEFAULTS[name].value for name in self.names}
        return found | {row.name: row.value for row in self.rows if row.since <= day}
