"""When a tick ran, and what it made."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from app.domain.callbacks.models import Callback
from app.domain.core import clock
from app.domain.plans.enums import Occasion
from app.extensions import db

NINE = 9


def at(day: str, hour: int = NINE) -> datetime:
    return clock.at(date.fromisoformat(day)) + timedelta(hours=hour)


def made(occasion: Occasion | None = None) -> list[Callback]:
    query = select(Callback).order_by(Callback.window_last, Callback.id)
    rows = db.session.scalars(query if occasion is None else query.where(Callback.occasion == occasion))
    return list(rows.unique())


def windows(occasion: Occasion) -> list[tuple[str, str]]:
    return [(row.window_first.isoformat(), row.window_last.isoformat()) for row in made(occasion)]
