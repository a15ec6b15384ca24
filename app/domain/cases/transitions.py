"""One event of a case: whether it may be taken, and what every event leaves behind: state, row, deadlines, audit."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm.attributes import flag_modified

from app.domain.accounts.models import Person
from app.domain.audit import trail
from app.domain.cases import actions, audit_events
from app.domain.cases.actions import Action
from app.domain.cases.deadlines import sync
from app.domain.cases.enums import CaseState, EventKind
from app.domain.cases.models import Case, CaseEvent
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.core.text import clean_lines

ENDED: Final = (CaseState.CLOSED, CaseState.CANCELLED, CaseState.MERGED)
BACK_TO_OWNER: Final = (
    EventKind.HANDED_OVER, EventKind.REFUSED, EventKind.RESOLVED, EventKind.REOPENED, EventKind.CLOSED,
    EventKind.CANCELLED,
)  # fmt: skip
"""After these the owner has the case in hand again; after a signature who signed."""
BESIDE_THE_LINE: Final = (
    EventKind.CHASED, EventKind.NOTE, EventKind.RAISED, EventKind.REASSIGNED, EventKind.CLASSIFIED,
)  # fmt: skip


def check(case: Case, action: Action, happened_at: datetime | None, at: datetime, *, by: Person) -> datetime:
    """When it happened, to the minute (`at` when nobody says).

    Refused for who may not take the action, when the case as it stands doesn't allow it, and, beside
    `happened_at`, when that lies in the future or before the event before it.
    """
    actions.refuse_stranger(case, action, by)
    actions.state_after(case, action)
    return time_of(case, happened_at, at)


def time_of(case: Case, happened_at: datetime | None, at: datetime, field: str = "happened_at") -> datetime:
    """The event's time to the minute. Refused in the future, and before the last event."""
    happened = clock.to_minute(happened_at or at)
    if happened > at:
        raise Refused(N_("时间不能晚于现在。"), field=field)
    last = last_event(case)
    if last and happened < clock.to_minute(last.happened_at):
        when = clock.local(last.happened_at).strftime("%Y-%m-%d %H:%M")
        raise Refused(N_("不能早于上一步：%(step)s在 %(when)s。"), field=field, step=last.kind, when=when)
    return happened


def last_event(case: Case) -> CaseEvent | None:
    """The latest event of the work itself; chases, notes and changes of hands may be recorded beside it."""
    line = [event for event in case.events if event.superseded_at is None and event.kind not in BESIDE_THE_LINE]
    return max(line, key=lambda event: event.happened_at, default=None)


def last_recorded(case: Case) -> CaseEvent | None:
    """The event that was written down last, whenever it happened."""
    return max(case.events, key=lambda event: (event.recorded_at, event.id), default=None)


def apply(
    case: Case,
    action: Action,
    happened_at: datetime,
    *,
    by: Person | None,
    at: datetime,
    note: str = "",
    **details: Any,
) -> CaseEvent:
    """Write the event, go to the state that the action leads to, sync the deadlines, and leave the audit entry.

    The case's other columns are set by the caller before; their changes stand in the entry.
    """
    go_to(case, actions.state_after(case, action), happened_at)
    assert action.event is not None
    if action.event in BACK_TO_OWNER:
        assign_to(case, case.owner, happened_at)
    event = add_event(case, action.event, happened_at, by=by, at=at, note=note, **details)
    trail.record(
        audit_events.BY_ACTION[action], case, by=by, at=at, reason=event.note[:500], changes=trail.changes_of(case)
    )
    sync.sync_deadlines(case, at)
    return event


def go_to(case: Case, state: CaseState, happened_at: datetime) -> None:
    """The case stands there since then; the first of the states that end it is its end."""
    if state in ENDED and case.state is not state:
        case.ended_at = happened_at
    case.state = state


def add_event(
    case: Case,
    kind: EventKind,
    happened_at: datetime,
    *,
    by: Person | None,
    at: datetime,
    note: str = "",
    **details: Any,
) -> CaseEvent:
    """One more row of what happened."""
    event = CaseEvent(
        kind=kind,
        round=case.round,
        happened_at=happened_at,
        recorded_at=at,
        by_id=by.id if by else None,
        note=clean_lines(note, field="note"),
        details=facts_after(case, kind) | _written(details),
    )
    case.events.append(event)
    return event


def facts_after(case: Case, kind: EventKind) -> dict[str, Any]:
    """What an event of the kind says of the case, whoever writes it: kept with it, since the case may change."""
    match kind:
        case EventKind.JUDGED:
            return _written({"valid": case.is_valid, "needs_department": case.needs_department})
        case EventKind.VISITED:
            responsible = case.responsible.name if case.responsible else case.responsible_name
            return _written({"responsibility": case.responsibility, "responsible": responsible})
        case EventKind.DISPATCHED:
            return _written({"team": case.team.name if case.team else ""})
        case EventKind.SATISFACTION:
            return _written({"rating": case.rating})
    return {}


def _written(details: Mapping[str, Any]) -> dict[str, Any]:
    return {name: trail.plain(value) for name, value in details.items() if value not in (None, "")}


def mark_changed(case: Case) -> None:
    """Give the case a new version though only rows beside it were added, as a call that reached nobody: who opened
    it before is to notice. After the audit entry, which would take the mark for a change."""
    flag_modified(case, "state")


def assign_to(case: Case, to: Person, since: datetime) -> None:
    """The case is in this person's hands from now on."""
    if case.assignee is not to:
        case.assignee, case.assigned_at = to, since


def require_text(text: str, message: str, field: str, longest: int = 4000) -> str:
    """The text without stray blanks. Refused beside its field with `message` when nothing is left."""
    cleaned = clean_lines(text, longest, field)
    if not cleaned:
        raise Refused(message, field=field)
    return cleaned


def is_standing(event: CaseEvent, case: Case) -> bool:
    """Whether the event holds and belongs to the round that runs."""
    return event.superseded_at is None and event.round == case.round


def has_event(case: Case, kind: EventKind) -> bool:
    """Whether the event was taken in the round that runs."""
    return any(event.kind is kind and is_standing(event, case) for event in case.events)


A_MOMENT: Final = timedelta(minutes=10)
"""A receipt recorded within this time isn't back-dated: one writes while one listens."""
