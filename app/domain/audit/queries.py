"""The list of audit entries."""

from datetime import date, timedelta

from sqlalchemy import Select, false, select
from sqlalchemy.orm import joinedload

from app.domain.audit.models import AuditEntry
from app.domain.core import clock
from app.domain.core.orm import Base
from app.domain.core.pagination import Sort
from app.domain.core.text import row_id
from app.extensions import db

SORTS = {
    "-at": Sort((AuditEntry.at, AuditEntry.id), descending=True),
    "at": Sort((AuditEntry.at, AuditEntry.id)),
}


def entries(
    visible: Select[AuditEntry],
    *,
    by_id: int | None = None,
    action: str = "",
    first: date | None = None,
    last: date | None = None,
    subject: str = "",
) -> Select[AuditEntry]:
    """What the filters leave of the visible entries: who, an action's code, days of the firm (both included),
    `customers` or `customers:7`.
    """
    query = visible.options(joinedload(AuditEntry.by))
    if by_id is not None:
        query = query.where(AuditEntry.by_id == by_id)
    if action:
        query = query.where(AuditEntry.action == action)
    if first is not None:
        query = query.where(AuditEntry.at >= clock.at(first))
    if last is not None:
        query = query.where(AuditEntry.at < clock.at(last + timedelta(days=1)))
    if subject:
        kind, _, number = subject.partition(":")
        query = query.where(AuditEntry.subject == kind)
        if number:
            known = row_id(number)
            query = query.where(AuditEntry.subject_id == known if known is not None else false())
    return query


def last_about(thing: Base) -> AuditEntry | None:
    """What was done to the thing last."""
    query = select(AuditEntry).where(AuditEntry.subject == thing.__tablename__, AuditEntry.subject_id == thing.id)  # type: ignore[attr-defined]
    return db.session.scalar(query.order_by(AuditEntry.id.desc()).limit(1))
