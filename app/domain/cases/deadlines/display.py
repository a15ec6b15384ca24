"""How a clock stands at a moment: its tone, what its badge says, and why it is due when it is."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select

from app.domain.cases.deadlines import sync
from app.domain.cases.enums import DeadlineTone, EventKind
from app.domain.cases.models import NEVER, Case, Deadline
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.plans.enums import CaseKind, DeadlineKind, DeadlineStart
from app.extensions import db

MINUTE: Final = timedelta(minutes=1)

STARTED_FROM: Final = {
    DeadlineKind.SIGN: DeadlineStart.SENT.label,
    DeadlineKind.TEAM_CONTACT: DeadlineStart.DISPATCHED.label,
    DeadlineKind.WORK_DONE: DeadlineStart.PLANNED.label,
    DeadlineKind.PROGRESS_TOLD: DeadlineStart.TOLD.label,
    DeadlineKind.SATISFACTION: DeadlineStart.RESOLVED.label,
}
OF_A_COMPLAINT: Final = {
    DeadlineKind.HANDOVER: EventKind.JUDGED.label,
    DeadlineKind.ON_SITE: EventKind.HANDED_OVER.label,
    DeadlineKind.SOLUTION: EventKind.VISITED.label,
}
TEXTS: Final = {
    DeadlineTone.OPEN: N_("剩 %(span)s"),
    DeadlineTone.SOON: N_("剩 %(span)s"),
    DeadlineTone.OVER: N_("超时 %(span)s"),
    DeadlineTone.MET: N_("已按时"),
    DeadlineTone.LATE: N_("迟 %(span)s"),
    DeadlineTone.UNREACHED: N_("未联系上"),
    DeadlineTone.RELEASED: N_("不再计时"),
    DeadlineTone.BROKEN: N_("未办"),
}

IN_DAYS: Final = {
    DeadlineTone.OPEN: N_("剩 %(days)s 天"),
    DeadlineTone.SOON: N_("剩 %(days)s 天"),
    DeadlineTone.OVER: N_("超时 %(days)s 天"),
    DeadlineTone.LATE: N_("迟 %(days)s 天"),
}
DAYS_FROM: Final = timedelta(days=3)
"""From here on nobody counts hours."""


@dataclass(frozen=True)
class Message:
    """A message id with its parameters; those named in `words` are ids too."""

    message: str
    params: dict[str, Any] = field(default_factory=dict)
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class DeadlineBadge:
    """A clock as a badge shows it. `due` only while it runs."""

    kind: DeadlineKind
    tone: DeadlineTone
    text: Message
    title: Message
    due_at: datetime
    round: int


def shown(row: Deadline, at: datetime, *, soon_share: int, is_expected: bool = True) -> DeadlineBadge:
    """The clock at that moment. `is_expected` False: the work went on without it, so that it no longer counts down.

    `soon_share`: from this share (per cent) of its time left it is due soon, the setting `cases.soon_share`.
    """
    tone = tone_of(row, at, is_expected=is_expected, soon_share=soon_share)
    return DeadlineBadge(row.kind, tone, _text(row, tone, at), title_of(row), row.due_at, row.round)


def tone_of(row: Deadline, at: datetime, *, soon_share: int, is_expected: bool = True) -> DeadlineTone:
    """How the clock stands: met at its due minute is in time, one minute later is late."""
    if row.released_at:
        return DeadlineTone.RELEASED
    if row.met_at:
        if row.met_unreached:
            return DeadlineTone.UNREACHED
        return DeadlineTone.MET if row.met_at <= row.due_at else DeadlineTone.LATE
    if not is_expected:
        return DeadlineTone.BROKEN
    if at > row.due_at:
        return DeadlineTone.OVER
    whole = row.due_at - row.started_at
    return DeadlineTone.SOON if (row.due_at - at) * 100 <= whole * soon_share else DeadlineTone.OPEN


def _text(row: Deadline, tone: DeadlineTone, at: datetime) -> Message:
    if tone is DeadlineTone.LATE and row.met_at:
        return counted(tone, row.met_at - row.due_at)
    if tone in (DeadlineTone.OPEN, DeadlineTone.SOON, DeadlineTone.OVER):
        return counted(tone, row.due_at - at)
    return Message(TEXTS[tone])


def counted(tone: DeadlineTone, length: timedelta) -> Message:
    """How long is left or over: hours and minutes, from three days on whole days."""
    length = abs(length)
    if length >= DAYS_FROM:
        return Message(IN_DAYS[tone], {"days": length.days})
    return Message(TEXTS[tone], {"span": span(length)})


def span(length: timedelta) -> str:
    """Hours and minutes as `1:20`; two days are `48:00`."""
    hours, minutes = divmod(length // MINUTE, 60)
    return f"{hours}:{minutes:02d}"


def title_of(row: Deadline) -> Message:
    """Which promise, and why it is due then."""
    params = {
        "promise": row.kind.label,
        "start": _start_of(row),
        "started": _when(row.started_at),
        "due": _when(row.due_at),
    }
    if row.minutes is None:
        return Message(N_("%(promise)s：按和客户约定的日期，到 %(due)s"), params, ("promise",))
    params["target"] = span(timedelta(minutes=row.minutes))
    message = N_("%(promise)s：自%(start)s（%(started)s）起 %(target)s 内，到 %(due)s")
    return Message(message, params, ("promise", "start"))


def _start_of(row: Deadline) -> str:
    """The word for what started the clock."""
    if row.kind in STARTED_FROM:
        return STARTED_FROM[row.kind]
    if row.case.kind is CaseKind.COMPLAINT and row.kind in OF_A_COMPLAINT and not _is_of_a_new_round(row):
        return OF_A_COMPLAINT[row.kind]
    if row.started_at == row.case.received_at:
        return EventKind.RECEIVED.label
    if row.kind is DeadlineKind.URGENT_CONTACT:
        return EventKind.RAISED.label
    return EventKind.REOPENED.label if row.round > 1 else EventKind.RECEIVED.label


def _is_of_a_new_round(row: Deadline) -> bool:
    """Whether the next round itself started it; visit and solution start from their own event in every round."""
    return row.round > 1 and row.kind is DeadlineKind.HANDOVER


def _when(at: datetime) -> str:
    return clock.local(at).strftime("%Y-%m-%d %H:%M")


def of_case(case: Case, at: datetime, *, soon_share: int) -> list[DeadlineBadge]:
    """All deadlines of the case's present round, and the older ones that no round repeats, by due time."""
    rows = [row for row in case.deadlines if row.superseded_at is None]
    again = {row.kind for row in rows if row.round == case.round}
    rows = [row for row in rows if row.round == case.round or row.kind not in again]
    latest = {row.kind: row for row in sorted(rows, key=lambda row: (row.started_at, row.id or 0))}
    running = {id(row) for row in sync.expected(case)}
    chosen = sorted(latest.values(), key=lambda row: (row.due_at, row.id or 0))
    return [shown(row, at, is_expected=id(row) in running, soon_share=soon_share) for row in chosen]


def next_of(case: Case, at: datetime, *, soon_share: int) -> DeadlineBadge | None:
    """The clock that is due next, of a case whose deadlines are at hand."""
    due = (row for row in sync.expected(case) if row.due_at == case.next_due_at)
    return next((shown(row, at, soon_share=soon_share) for row in due), None)


def next_deadlines(cases: Iterable[Case], at: datetime, *, soon_share: int) -> dict[int, DeadlineBadge]:
    """The clock that is due next of each open case that has one, in one query."""
    due = {case.id: case.next_due_at for case in cases if case.next_due_at != NEVER}
    query = (
        select(Deadline)
        .join(Case, Case.id == Deadline.case_id)
        .where(Deadline.case_id.in_(due), Deadline.due_at == Case.next_due_at)
        .where(Deadline.met_at.is_(None), Deadline.released_at.is_(None), Deadline.superseded_at.is_(None))
        .order_by(Deadline.id.desc())
    )
    rows = db.session.scalars(query) if due else ()
    return {row.case_id: shown(row, at, soon_share=soon_share) for row in rows}
