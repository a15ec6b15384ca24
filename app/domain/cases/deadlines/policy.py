"""Which deadlines a case must have, by what happened on it and the rules of its plan. Pure: no database, no now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from operator import attrgetter
from typing import Final, Protocol

from app.domain.callbacks.enums import Outcome, Purpose
from app.domain.cases.enums import EventKind
from app.domain.core import clock
from app.domain.core.effective import Span, spans
from app.domain.plans.enums import Calendar, CaseKind, DeadlineKind, DeadlineStart, Urgency

END_OF_DAY: Final = time(23, 59)
FAILED: Final = frozenset(Outcome) - {Outcome.REACHED, Outcome.LATER}
FROM_A_STEP: Final = {
    DeadlineStart.HANDED_OVER: EventKind.HANDED_OVER,
    DeadlineStart.VISITED: EventKind.VISITED,
    DeadlineStart.PLANNED: EventKind.PLANNED,
    DeadlineStart.DISPATCHED: EventKind.DISPATCHED,
    DeadlineStart.RESOLVED: EventKind.RESOLVED,
}
MET_BY: Final = {
    DeadlineKind.VERIFY: (EventKind.VERIFIED,),
    DeadlineKind.JUDGE: (EventKind.JUDGED,),
    DeadlineKind.HANDOVER: (EventKind.HANDED_OVER,),
    DeadlineKind.CONTACT: (EventKind.CONTACTED,),
    DeadlineKind.ON_SITE: (EventKind.VISITED,),
    DeadlineKind.SOLUTION: (EventKind.PLANNED,),
    DeadlineKind.TEAM_CONTACT: (EventKind.TEAM_CONTACTED,),
    DeadlineKind.WORK_DONE: (EventKind.RESOLVED,),
    DeadlineKind.PROGRESS_TOLD: (EventKind.TOLD,),
    DeadlineKind.CHECK_CALL: (EventKind.CHECKED,),
    DeadlineKind.SATISFACTION: (EventKind.SATISFACTION,),
    DeadlineKind.URGENT_CONTACT: (EventKind.VERIFIED, EventKind.CONTACTED, EventKind.VISITED),
}
CALLS_FOR: Final = {
    DeadlineKind.VERIFY: (Purpose.VERIFY,),
    DeadlineKind.CONTACT: (Purpose.CONTACT,),
    DeadlineKind.CHECK_CALL: (Purpose.CHECK_CALL,),
    DeadlineKind.PROGRESS_TOLD: (Purpose.PROGRESS,),
    DeadlineKind.SATISFACTION: (Purpose.CALLBACK,),
    DeadlineKind.URGENT_CONTACT: (Purpose.VERIFY, Purpose.CONTACT),
}
AGAIN_IN_LATER_ROUNDS: Final = (
    DeadlineKind.HANDOVER,
    DeadlineKind.CONTACT,
    DeadlineKind.ON_SITE,
    DeadlineKind.SOLUTION,
)


@dataclass(frozen=True)
class EventFact:
    """An event that stands."""

    kind: EventKind
    at: datetime
    round: int = 1
    agreed_on: date | None = None


@dataclass(frozen=True)
class HandoffFact:
    """A handoff: when it was sent, and when it was signed or refused. Replaced: another was sent instead."""

    id: int | None
    at: datetime
    answered_at: datetime | None = None
    round: int = 1
    replaced: bool = False


@dataclass(frozen=True)
class AttemptFact:
    """An attempt to reach the customer."""

    purpose: Purpose
    at: datetime
    outcome: Outcome


@dataclass(frozen=True)
class Facts:
    """What the deadlines of a case depend on.

    `urgent_from`: received so, or raised to it. `dropped_at`: cancelled or merged.
    """

    kind: CaseKind
    received_at: datetime
    events: tuple[EventFact, ...] = ()
    handoffs: tuple[HandoffFact, ...] = ()
    calls: tuple[AttemptFact, ...] = ()
    rounds: int = 1
    needs_department: bool = False
    urgent_from: datetime | None = None
    dropped_at: datetime | None = None
    tries: int = 3
    gap: timedelta = timedelta(minutes=20)

    def first(self, nth: int, *kinds: EventKind, since: datetime | None = None) -> EventFact | None:
        """The earliest event of these kinds in the round, not before `since`."""
        found = (s for s in self.events if s.kind in kinds and s.round == nth and (since is None or s.at >= since))
        return min(found, key=lambda event: event.at, default=None)


class Rule(Protocol):
    """A clock rule, as the plan has it."""

    id: int
    kind: DeadlineKind
    case_kind: CaseKind
    starts: DeadlineStart
    minutes: int | None
    calendar: Calendar
    since: date


@dataclass(frozen=True)
class ExpectedDeadline:
    """A clock as it must stand: which promise, from when to when, and its fate so far."""

    rule: Rule
    round: int
    started_at: datetime
    due_at: datetime
    handoff_id: int | None = None
    met_at: datetime | None = None
    unreached: bool = False
    released_at: datetime | None = None
    released_by: EventKind | None = None

    @property
    def key(self) -> tuple[DeadlineKind, int, int | None, datetime | None]:
        """What makes it the same promise as one already kept. Only progress is promised again and again."""
        again = self.started_at if self.rule.kind is DeadlineKind.PROGRESS_TOLD else None
        return self.rule.kind, self.round, self.handoff_id, again


def expected_deadlines(facts: Facts, rules: Iterable[Rule]) -> list[ExpectedDeadline]:
    """Every clock that the facts imply under `rules` (of one plan, any age), each by the rule in force at its start.

    A rule is in force from the firm's day `since` on, until one of the same kind with a later `since`.
    """
    mine = spans((rule for rule in rules if rule.case_kind is facts.kind), attrgetter("kind"))
    deadlines: list[ExpectedDeadline] = []
    for kind in DeadlineKind:
        held = [span for span in reversed(mine) if span.row.kind is kind]
        for nth in range(1, facts.rounds + 1):
            deadlines += _of_kind(facts, held, nth)
    return deadlines


def _of_kind(facts: Facts, held: list[Span[Rule]], nth: int) -> Iterator[ExpectedDeadline]:
    seen = set()
    for span in held:
        for planned in _by_rule(facts, span.row, nth):
            if span.holds_on(clock.day_of(planned.started_at)) and planned.key not in seen:
                seen.add(planned.key)
                yield planned


def _by_rule(facts: Facts, rule: Rule, nth: int) -> Iterator[ExpectedDeadline]:
    if rule.starts is DeadlineStart.SENT:
        for sent in facts.handoffs:
            if sent.round == nth:
                yield _signing(facts, rule, sent)
    elif rule.starts is DeadlineStart.TOLD:
        yield from _telling(facts, rule, nth)
    elif (start := _start(facts, rule, nth)) and (due := _due(facts, rule, nth, start)):
        yield _fate(facts, rule, nth, start, due)


def _start(facts: Facts, rule: Rule, nth: int) -> datetime | None:
    """When the rule's clock starts in the round; None while nothing has started it."""
    if rule.starts in FROM_A_STEP:
        event = facts.first(nth, FROM_A_STEP[rule.starts])
        return event.at if event else None
    if nth > 1:
        reopened = facts.first(nth, EventKind.REOPENED)
        return reopened.at if reopened and rule.kind in AGAIN_IN_LATER_ROUNDS else None
    if rule.starts is DeadlineStart.RECEIVED_URGENT:
        return facts.urgent_from
    if rule.starts is DeadlineStart.JUDGED_FOR_DEPARTMENT:
        judged = facts.first(nth, EventKind.JUDGED)
        return judged.at if judged and facts.needs_department else None
    return facts.received_at


def _due(facts: Facts, rule: Rule, nth: int, start: datetime) -> datetime | None:
    if rule.minutes is not None:
        return start + timedelta(minutes=rule.minutes)
    plan = facts.first(nth, EventKind.PLANNED)
    return clock.at(plan.agreed_on, END_OF_DAY) if plan and plan.agreed_on else None


def _signing(facts: Facts, rule: Rule, sent: HandoffFact) -> ExpectedDeadline:
    due = sent.at + timedelta(minutes=rule.minutes or 0)
    if sent.replaced:
        in_time = sent.answered_at is not None and sent.answered_at < due
        fate = (sent.answered_at, EventKind.HANDED_OVER) if in_time else (None, None)
        return ExpectedDeadline(rule, sent.round, sent.at, due, sent.id, None, False, *fate)
    released, by = (None, None) if sent.answered_at else _released(facts, rule, sent.round, due)
    return ExpectedDeadline(rule, sent.round, sent.at, due, sent.id, sent.answered_at, False, released, by)


def _telling(facts: Facts, rule: Rule, nth: int) -> Iterator[ExpectedDeadline]:
    """One clock after the other while the case is in work, each from the last time the customer was told."""
    work = facts.first(nth, EventKind.WORK_STARTED)
    start = work.at if work else None
    while start is not None:
        planned = _fate(facts, rule, nth, start, start + timedelta(minutes=rule.minutes or 0), after=True)
        yield planned
        start = planned.met_at


def _fate(facts: Facts, rule: Rule, nth: int, start: datetime, due: datetime, after: bool = False) -> ExpectedDeadline:
    since = start + timedelta(minutes=1) if after else start
    event = facts.first(nth, *MET_BY[rule.kind], since=since)
    gave_up = _gave_up(facts, rule.kind, since)
    if gave_up and (event is None or gave_up < event.at):
        return ExpectedDeadline(rule, nth, start, due, met_at=gave_up, unreached=True)
    if event:
        return ExpectedDeadline(rule, nth, start, due, met_at=event.at)
    released, by = _released(facts, rule, nth, due)
    return ExpectedDeadline(rule, nth, start, due, released_at=released, released_by=by)


def _gave_up(facts: Facts, kind: DeadlineKind, since: datetime) -> datetime | None:
    """The last of the failed attempts, far enough apart, that stop a calling clock; None while there are fewer."""
    counted: list[datetime] = []
    for call in sorted(facts.calls, key=lambda call: call.at):
        if call.purpose in CALLS_FOR.get(kind, ()) and call.outcome in FAILED and call.at >= since:
            if not counted or call.at - counted[-1] >= facts.gap:
                counted.append(call.at)
            if len(counted) == facts.tries:
                return call.at
    return None


def _released(facts: Facts, rule: Rule, nth: int, due: datetime) -> tuple[datetime | None, EventKind | None]:
    """When it ceased to be needed, if that was before it was due; and what made it so."""
    ends: list[tuple[datetime, EventKind]] = []
    if facts.dropped_at:
        ends.append((facts.dropped_at, EventKind.CANCELLED))
    if rule.kind is DeadlineKind.CHECK_CALL:
        ends += [(event.at, event.kind) for event in facts.events if event.kind is EventKind.SATISFACTION]
    if rule.kind is DeadlineKind.PROGRESS_TOLD and (resolved := facts.first(nth, EventKind.RESOLVED)):
        ends.append((resolved.at, resolved.kind))
    at, by = min(ends, default=(None, None))
    return (at, by) if at and at < due else (None, None)


def is_urgent(urgency: Urgency) -> bool:
    """Whether the customer is to be called at once."""
    return urgency in (Urgency.URGENT, Urgency.SAFETY)
