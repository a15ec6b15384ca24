"""The deadlines of a case, kept in step with what happened on it. A due time once given never moves."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Final

from sqlalchemy import inspect, select
from sqlalchemy.orm import selectinload

from app.domain.callbacks.enums import Purpose
from app.domain.callbacks.models import Attempt, Callback
from app.domain.cases.deadlines.policy import (
    AttemptFact,
    EventFact,
    ExpectedDeadline,
    Facts,
    HandoffFact,
    expected_deadlines,
    is_urgent,
)
from app.domain.cases.enums import CaseState, EventKind
from app.domain.cases.handoffs.enums import HandoffState
from app.domain.cases.handoffs.models import Handoff
from app.domain.cases.models import NEVER, Case, CaseEvent, Deadline
from app.domain.core import clock
from app.domain.core.effective import in_force
from app.domain.plans.enums import DeadlineKind, Urgency
from app.domain.plans.models import DeadlineRule
from app.domain.settings import values as settings
from app.extensions import db

AT_ONCE: Final = 400
"""Cases synced with one set of queries: below SQLite's and PostgreSQL's limits on parameters."""

COLLECTIONS: Final = frozenset({"events", "deadlines", "attempts"})
REPLACED: Final = (HandoffState.SUPERSEDED, HandoffState.WITHDRAWN)
WORKFLOW_ORDER: Final = (
    EventKind.RECEIVED, EventKind.VERIFIED, EventKind.JUDGED, EventKind.HANDED_OVER, EventKind.SIGNED,
    EventKind.CONTACTED, EventKind.VISITED, EventKind.PLANNED, EventKind.DISPATCHED, EventKind.TEAM_CONTACTED,
    EventKind.WORK_STARTED, EventKind.RESOLVED, EventKind.SATISFACTION, EventKind.CLOSED,
)  # fmt: skip
EXPECTED_UNTIL: Final = {
    DeadlineKind.VERIFY: EventKind.VERIFIED,
    DeadlineKind.JUDGE: EventKind.JUDGED,
    DeadlineKind.HANDOVER: EventKind.HANDED_OVER,
    DeadlineKind.CONTACT: EventKind.CONTACTED,
    DeadlineKind.URGENT_CONTACT: EventKind.CONTACTED,
    DeadlineKind.ON_SITE: EventKind.VISITED,
    DeadlineKind.SOLUTION: EventKind.PLANNED,
    DeadlineKind.TEAM_CONTACT: EventKind.TEAM_CONTACTED,
    DeadlineKind.PROGRESS_TOLD: EventKind.WORK_STARTED,
    DeadlineKind.WORK_DONE: EventKind.RESOLVED,
    DeadlineKind.CHECK_CALL: EventKind.RESOLVED,
    DeadlineKind.SATISFACTION: EventKind.SATISFACTION,
}


def sync_deadlines(case: Case, at: datetime) -> None:
    """Make the deadlines that the case must have by now, stop those that were met or released, set `next_due_at`.

    Derived from events, handoffs and attempts as they stand, so calling it again changes nothing.
    """
    sync_all([case], at)


def sync_all(cases: Sequence[Case], at: datetime) -> None:
    """`sync_deadlines` for many cases, with a few queries for each four hundred."""
    db.session.flush()
    for first in range(0, len(cases), AT_ONCE):
        _sync_some(cases[first : first + AT_ONCE])
    db.session.flush()


def supersede_from(case: Case, events: Iterable[CaseEvent], at: datetime) -> None:
    """Take `events` back as corrected: deadlines that started from them or were met by them give way to new ones.

    The corrected events must already stand on the case. A clock that the correction does not touch stays.
    """
    for event in events:
        event.superseded_at = at
    db.session.flush()
    handoffs, calls = _handoffs_of([case]), _calls_of([case])
    facts = facts_of(case, handoffs[case.id], calls[case.id])
    planned = {one.key: one for one in expected_deadlines(facts, _rules_of([case])[case.service_plan_id])}
    for row in _current(case):
        now = planned.get(_key(row))
        if now is None or row.started_at != now.started_at or _ended_otherwise(row, now):
            row.superseded_at = at
    sync_deadlines(case, at)


def _ended_otherwise(row: Deadline, now: ExpectedDeadline) -> bool:
    """Whether the clock was stopped, and not as it would be now."""
    met = row.met_at is not None and row.met_at != now.met_at
    return met or (row.released_at is not None and row.released_at != now.released_at)


Rules = Mapping[int, Sequence[DeadlineRule]]
"""By service plan."""


def due_from(case: Case, kind: DeadlineKind, start: datetime, rules: Rules | None = None) -> datetime | None:
    """When a clock of the kind would be due if it started then; None when the plan promises nothing of the kind.

    `rules`: those of rules_of_plans, from who asks for many cases.
    """
    of_plan = (rules or rules_of_plans([case.service_plan.id]))[case.service_plan.id]
    rule = in_force(of_plan, clock.day_of(start), attrgetter("kind", "case_kind")).get((kind, case.kind))
    return start + timedelta(minutes=rule.minutes) if rule and rule.minutes is not None else None


def _sync_some(cases: Sequence[Case]) -> None:
    _load(cases)
    rules, handoffs, calls = _rules_of(cases), _handoffs_of(cases), _calls_of(cases)
    for case in cases:
        facts = facts_of(case, handoffs[case.id], calls[case.id])
        current = {_key(row): row for row in _current(case)}
        for planned in expected_deadlines(facts, rules[case.service_plan_id]):
            row = current.get(planned.key)
            if row is None:
                row = _made(case, planned)
                current[planned.key] = row
            _stop(row, planned)
        replaced = {row.id for row in handoffs[case.id] if row.state in REPLACED}
        case.next_due_at = _next_due(case, replaced)


def _load(cases: Sequence[Case]) -> None:
    """Fill the collections of all cases at once, where they are not loaded yet."""
    wanted = [case.id for case in cases if not COLLECTIONS.isdisjoint(inspect(case).unloaded)]
    everything = (selectinload(Case.events), selectinload(Case.deadlines), selectinload(Case.attempts))
    if wanted:
        db.session.scalars(select(Case).where(Case.id.in_(wanted)).options(*everything)).all()


def rules_of_plans(plan_ids: Iterable[int] | None = None) -> Rules:
    """The rules of the plans, of all when none is named, each plan's in the order in which they were made."""
    query = select(DeadlineRule).order_by(DeadlineRule.id)
    rules: dict[int, list[DeadlineRule]] = defaultdict(list)
    for rule in db.session.scalars(query if plan_ids is None else query.where(DeadlineRule.plan_id.in_(plan_ids))):
        rules[rule.plan_id].append(rule)
    return rules


def _rules_of(cases: Sequence[Case]) -> Rules:
    return rules_of_plans({case.service_plan_id for case in cases})


def _handoffs_of(cases: Sequence[Case]) -> dict[int, list[Handoff]]:
    wanted = [case.id for case in cases]
    handoffs: dict[int, list[Handoff]] = defaultdict(list)
    for row in db.session.scalars(select(Handoff).where(Handoff.case_id.in_(wanted)).order_by(Handoff.id)):
        handoffs[row.case_id].append(row)
    return handoffs


def _calls_of(cases: Sequence[Case]) -> dict[int, list[AttemptFact]]:
    """The attempts of the cases' satisfaction callbacks, for the cases that wait for one."""
    wanted = [case.id for case in cases if case.state is CaseState.RESOLVED]
    calls: dict[int, list[AttemptFact]] = defaultdict(list)
    if wanted:
        rows = db.session.execute(
            select(Callback.case_id, Attempt.at, Attempt.outcome)
            .join(Attempt, Attempt.callback_id == Callback.id)
            .where(Callback.case_id.in_(wanted), Callback.made_for.like("case%/satisfaction/%"))
        )
        for case_id, at, outcome in rows:
            assert case_id is not None
            calls[case_id].append(AttemptFact(Purpose.CALLBACK, at, outcome))
    return calls


def facts_of(case: Case, handoffs: Iterable[Handoff], callback_calls: Iterable[AttemptFact] = ()) -> Facts:
    """The case as its deadlines see it."""
    events = [event for event in case.events if event.superseded_at is None]
    calls = (*(AttemptFact(row.purpose, row.at, row.outcome) for row in case.attempts), *callback_calls)
    tries, gap = _limits() if len(calls) > 1 else (3, 20)
    return Facts(
        kind=case.kind,
        received_at=case.received_at,
        events=tuple(
            EventFact(event.kind, event.happened_at, event.round, _agreed_on(case, event)) for event in events
        ),
        handoffs=tuple(
            HandoffFact(row.id, row.sent_at, row.answered_at, row.round, row.state in REPLACED) for row in handoffs
        ),
        calls=calls,
        rounds=case.round,
        needs_department=bool(case.is_valid and case.needs_department),
        urgent_from=_urgent_from(case, events),
        dropped_at=case.ended_at if case.state in (CaseState.CANCELLED, CaseState.MERGED) else None,
        tries=tries,
        gap=timedelta(minutes=gap),
    )


def _limits() -> tuple[int, int]:
    found = settings.several("cases.unreached_attempts", "cases.unreached_gap_minutes")
    return found["cases.unreached_attempts"], found["cases.unreached_gap_minutes"]


def _agreed_on(case: Case, event: CaseEvent) -> date | None:
    if event.kind is not EventKind.PLANNED:
        return None
    if text := event.details.get("agreed_on"):
        return date.fromisoformat(text)
    return case.agreed_on if event.round == case.round else None


def _urgent_from(case: Case, events: Iterable[CaseEvent]) -> datetime | None:
    """When the case was urgent first: at its receipt, or at the event that raised it."""
    raised = [event for event in events if event.kind is EventKind.RAISED]
    at_first = Urgency.of(raised[0].details["before"]) if raised else case.urgency
    if is_urgent(at_first):
        return case.received_at
    return next((event.happened_at for event in raised if is_urgent(Urgency.of(event.details["after"]))), None)


def _current(case: Case) -> list[Deadline]:
    return [row for row in case.deadlines if row.superseded_at is None]


def _key(row: Deadline) -> tuple[DeadlineKind, int, int | None, datetime | None]:
    return row.kind, row.round, row.handoff_id, row.started_at if row.kind is DeadlineKind.PROGRESS_TOLD else None


def _made(case: Case, planned: ExpectedDeadline) -> Deadline:
    row = Deadline(
        handoff_id=planned.handoff_id,
        rule_id=planned.rule.id,
        round=planned.round,
        kind=planned.rule.kind,
        started_at=planned.started_at,
        minutes=planned.rule.minutes,
        calendar=planned.rule.calendar,
        due_at=planned.due_at,
        met_unreached=False,
    )
    case.deadlines.append(row)
    return row


def _stop(row: Deadline, planned: ExpectedDeadline) -> None:
    """Write the fate of a clock that still runs; one that stopped keeps its fate."""
    if row.met_at or row.released_at:
        return
    row.met_at, row.met_unreached = planned.met_at, planned.unreached
    if planned.released_by:
        row.released_at, row.released_why = planned.released_at, planned.released_by.value


def expected(case: Case, replaced: Iterable[int] = ()) -> list[Deadline]:
    """The deadlines that still run and that the work has not passed over. `replaced`: ids of handoffs sent anew."""
    if case.ended_at:
        return []
    reached = max((WORKFLOW_ORDER.index(event.kind) for event in case.events if _counts(case, event)), default=0)
    return [
        row
        for row in _current(case)
        if row.met_at is None
        and row.released_at is None
        and row.round == case.round
        and row.handoff_id not in set(replaced)
        and reached <= WORKFLOW_ORDER.index(EXPECTED_UNTIL.get(row.kind, EventKind.CLOSED))
    ]


def _next_due(case: Case, replaced: set[int]) -> datetime:
    """The earliest due time of what is still expected; NEVER when nothing is."""
    return min((row.due_at for row in expected(case, replaced)), default=NEVER)


def _counts(case: Case, event: CaseEvent) -> bool:
    return event.superseded_at is None and event.round == case.round and event.kind in WORKFLOW_ORDER
