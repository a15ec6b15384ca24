"""The list of audit entries."""

from datetime import date, timedelta

from sqlalchemy import Select, false, select
from sqlalchemy.orm import joinedload

from app.domain import clock
from app.domain.accounts.models import Person
from app.domain.audit.models import AuditEntry
from app.domain.paging import Sort
from app.domain.tables import Base
from app.domain.texts import row_id
from app.extensions import db

SORTS = {
    "-at": Sort((AuditEntry.at, AuditEntry.id), descending=True),
    "at": Sort((AuditEntry.at, AuditEntry.id)),
}


def entries(
    by_id: int | None = None, action: str = "", first: date | None = None, last: date | None = None, subject: str = ""
) -> Select[AuditEntry]:
    """What the filters leave: who, an action's code, days of the firm (both included), `customers` or `customers:7`."""
    query = select(AuditEntry).options(joinedload(AuditEntry.by))
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


def actors() -> list[Person]:
    """Everyone with an account: who may have done something."""
    query = select(Person).options(joinedload(Person.account)).where(Person.account.has())
    return list(db.session.scalars(query.order_by(Person.name, Person.id)))
