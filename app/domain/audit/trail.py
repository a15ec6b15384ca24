"""The one writer of audit entries."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, inspect

from app.domain.accounts.models import Person
from app.domain.audit.models import AuditEntry
from app.domain.core.orm import Base
from app.extensions import db


def record(
    action: str,
    thing: Base | None,
    *,
    by: Person | None,
    at: datetime,
    reason: str = "",
    changes: dict[str, Any] | None = None,
) -> AuditEntry:
    """Add one entry about `thing`, in the caller's transaction. `by` None: the system itself.

    `action` is `capability.verb`. `changes` is {field: [before, after]}, made of plain values.
    """
    if thing is not None and inspect(thing).pending:
        db.session.flush()
    entry = AuditEntry(
        at=at,
        by_id=by.id if by else None,
        action=action,
        subject=thing.__tablename__ if thing is not None else "",
        subject_id=getattr(thing, "id", None),
        reason=reason,
        changes=changes or {},
    )
    db.session.add(entry)
    return entry


def record_all(
    action: str,
    things: Sequence[tuple[Base, dict[str, Any]]],
    *,
    by: Person | None,
    at: datetime,
    reason: str = "",
) -> None:
    """One entry about each thing with its changes, in one statement: for many rows at once. Flush the things first."""
    if not things:
        return
    said = {"at": at, "by_id": by.id if by else None, "action": action, "reason": reason}
    rows = [
        said | {"subject": thing.__tablename__, "subject_id": getattr(thing, "id", None), "changes": changes}
        for thing, changes in things
    ]
    db.session.execute(insert(AuditEntry), rows)


def changes_of(thing: Base) -> dict[str, list[Any]]:
    """{column: [before, after]} of what the session would write to `thing` now; empty when nothing changes."""
    state = inspect(thing)
    changes = {}
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        if history.has_changes():
            before = history.deleted[0] if history.deleted else None
            after = history.added[0] if history.added else None
            if before != after:
                changes[attribute.key] = [plain(before), plain(after)]
    return changes


def plain(value: Any) -> Any:
    """A value as JSON can hold it: dates and instants in ISO form, money as text."""
    match value:
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case _:
            return value
