"""The list of audit entries."""

from datetime import date, timedelta

from sqlalchemy import Select, false, select
from sqlalchemy.orm import joinedload

from app.domain.accounts.models import Person
from app.domain.accounts.roles import Role
from app.domain.accounts.scope import in_branch
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
    person: Person,
    *,
    by_id: int | None = None,
    action: str = "",
    first: date | None = None,
    last: date | None = None,
    subject: str = "",
) -> Select[AuditEntry]:
    """What the person may read and the filters leave: who, an action's code, days of the firm (both included),
    `customers` or `customers:7`. An office reads what its branch's people did, as everything else of the branch.
    """
    query = select(AuditEntry).options(joinedload(AuditEntry.by))
    if not _reads_all(person):
        query = query.where(AuditEntry.by_id.in_(_of_branch(person).with_only_columns(Person.id)))
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


def actors(person: Person) -> list[Person]:
    """Everyone with an account whose doings the person may read."""
    people = select(Person) if _reads_all(person) else _of_branch(person)
    query = people.options(joinedload(Person.account)).where(Person.account.has())
    return list(db.session.scalars(query.order_by(Person.name, Person.id)))


def _reads_all(person: Person) -> bool:
    return person.is_hq or person.has(Role.ADMIN)


def _of_branch(person: Person) -> Select[Person]:
    return select(Person).where(in_branch(person, Person.branch_id))
