"""The one writer of audit entries."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, inspect
from sqlalchemy.orm import RelationshipDirection
from sqlalchemy.orm.attributes import History

from app.domain.audit.events import SUBJECTS, AuditEvent
from app.domain.audit.models import AuditEntry
from app.domain.core.orm import Base
from app.extensions import db

if TYPE_CHECKING:
    from app.domain.accounts.models import Person


def record(
    event: AuditEvent,
    thing: Base,
    *,
    by: "Person | None",
    at: datetime,
    reason: str = "",
    changes: dict[str, Any] | None = None,
) -> AuditEntry:
    """Add one entry about `thing`, in the caller's transaction. `by` None: the system itself. It is
    kept with the branch that the thing belongs to.

    `changes` is {field: [before, after]}, made of plain values. A ValueError for a thing or a field that the event
    does not declare: what is written down for good is decided once, not by each caller.
    """
    _refuse_undeclared(event, thing, changes or {})
    if inspect(thing).pending:
        db.session.flush()
    entry = AuditEntry(
        at=at,
        by_id=by.id if by else None,
        action=event.action,
        subject=event.subject,
        subject_id=getattr(thing, "id", None),
        branch_id=SUBJECTS[event.subject].branch_of(thing),
        reason=reason,
        changes=changes or {},
    )
    db.session.add(entry)
    return entry


def record_all(
    event: AuditEvent,
    things: Sequence[tuple[Base, dict[str, Any]]],
    *,
    by: "Person | None",
    at: datetime,
    reason: str = "",
) -> None:
    """One entry about each thing with its changes, in one statement: for many rows at once. Flush the things first."""
    for thing, changes in things:
        _refuse_undeclared(event, thing, changes)
    if not things:
        return
    said = {
        "at": at,
        "by_id": by.id if by else None,
        "action": event.action,
        "subject": event.subject,
        "reason": reason,
    }
    branch_of = SUBJECTS[event.subject].branch_of
    rows = [
        said | {"subject_id": getattr(thing, "id", None), "branch_id": branch_of(thing), "changes": changes}
        for thing, changes in things
    ]
    db.session.execute(insert(AuditEntry), rows)


def _refuse_undeclared(event: AuditEvent, thing: Base, changes: dict[str, Any]) -> None:
    if thing.__tablename__ != event.subject:
        raise ValueError(f"{event.action} is about {event.subject}, not {thing.__tablename__}")
    if undeclared := event.undeclared(changes):
        raise ValueError(f"{event.action} does not declare {', '.join(sorted(undeclared))}")


def changes_of(thing: Base) -> dict[str, list[Any]]:
    """{column: [before, after]} of what the session would write to `thing` now; empty when nothing changes.

    Of another row that it refers to now, the key's column: before the flush only the relationship knows of it.
    """
    state = inspect(thing)
    pairs = {attribute.key: _pair(state.attrs[attribute.key].history) for attribute in state.mapper.column_attrs}
    for relation in state.mapper.relationships:
        if relation.direction is RelationshipDirection.MANYTOONE and not relation.viewonly:
            ((column, target),) = relation.local_remote_pairs
            before, after = _pair(state.attrs[relation.key].history)
            if before is not after:
                pairs[state.mapper.get_property_by_column(column).key] = (
                    getattr(before, str(target.key), None),
                    getattr(after, str(target.key), None),
                )
    return {name: [plain(before), plain(after)] for name, (before, after) in pairs.items() if before != after}


def _pair(history: History) -> tuple[Any, Any]:
    return next(iter(history.deleted or ()), None), next(iter(history.added or ()), None)


def plain(value: Any) -> Any:
    """A value as JSON can hold it: dates and instants in ISO form, money as text."""
    match value:
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case _:
            return value
