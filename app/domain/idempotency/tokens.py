"""A form that is sent twice makes one record."""

from datetime import datetime
from typing import TYPE_CHECKING

from app.domain.idempotency.models import IdempotencyKey
from app.extensions import db

if TYPE_CHECKING:
    from app.domain.accounts.models import Person


def redirect_for(token: str, *, by: "Person") -> str | None:
    """Where the form with this token led when this person sent it before, or None."""
    row = db.session.get(IdempotencyKey, token) if token else None
    return row.location if row is not None and row.by_id == by.id else None


def remember(token: str, location: str, *, by: "Person", at: datetime) -> None:
    """Keep the token with the record's own transaction: the second of two at once fails on the key."""
    if token:
        db.session.add(IdempotencyKey(token=token, by_id=by.id, at=at, location=location))
