"""What its events make of a case: the replay behind an import and its corrections.

It stands on what the verbs stand on: where an event leads is the table of actions, who has the case after it and what
an event says are `transitions`. A test holds every case that verbs brought up to its replay.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from app.domain.accounts.models import Person
from app.domain.cases import transitions
from app.domain.cases.actions import WORK, Action
from app.domain.cases.deadlines.sync import WORKFLOW_ORDER
from app.domain.cases.enums import CaseState, EventKind
from app.domain.cases.models import Case, CaseEvent
from app.domain.cases.transitions import BACK_TO_OWNER
from app.domain.plans.enums import CaseKind

AS_FAR_AS: Final = list(CaseState)
"""The states in the order of the work: an event that is known leads on even where the one before it is not known."""

LEADS_TO: Final[dict[EventKind, dict[CaseKind, CaseState]]] = defaultdict(dict)
"""Where an event leads, by kind of case, from the table of actions. What was judged is a fact of the case."""
for _action in Action:
    if _action.event is not None and _action.event is not EventKind.JUDGED:
        LEADS_TO[_action.event] |= {kind: to for (kind, _state), to in _action.leads.items() if to is not None}

BY_SITE: Final = {action.event for action in Action if action.permission in (WORK, "handoffs.sign")}
"""Events of whom the case was handed to; customer service takes the others."""


def current_events(case: Case | None, round_: int = 1) -> dict[EventKind, CaseEvent]:
    """The events of the round that hold, one of a kind: an imported one before others, else the earliest."""
    found: dict[EventKind, CaseEvent] = {}
    for event in case.events if case else ():
        if event.round != round_ or event.superseded_at is not None:
            continue
        known = found.get(event.kind)
        if known is None or (event.imported and not known.imported):
            found[event.kind] = event
    return found


def amend(case: Case, events: Iterable[CaseEvent], at: datetime) -> list[CaseEvent]:
    """Write events of the first round that are known now; those of the same kind that they correct are superseded,
    and returned.
    """
    known, replaced = current_events(case), []
    for event in events:
        if event.kind in known:
            known[event.kind].superseded_at = at
            replaced.append(known[event.kind])
        case.events.append(event)
    return replaced


def replay(case: Case, signer: Person | None) -> None:
    """Bring state, end, hands and the need of a department to what the events of the round that runs say.

    `signer`: who has it in hand once an imported handoff was signed; None where nobody knows.
    """
    if case.round == 1:
        case.needs_department = _needed_department(case)
    case.state, case.ended_at = _judged(case), None
    steps = list(_steps(case))
    for event, state in steps:
        transitions.go_to(case, state, event.happened_at)
    moves = [event for event, _state in steps if event.kind is EventKind.SIGNED or event.kind in BACK_TO_OWNER]
    if moves and not moves[-1].imported:
        return  # it changed hands here since
    case.assignee, case.assigned_at = case.owner, case.received_at
    for event in moves:
        if to := case.owner if event.kind in BACK_TO_OWNER else signer:
            transitions.assign_to(case, to, event.happened_at)


def state_of(case: Case) -> CaseState:
    """Where the events of the round that runs lead."""
    return [_judged(case), *(state for _event, state in _steps(case))][-1]


def _steps(case: Case) -> Iterator[tuple[CaseEvent, CaseState]]:
    """The events of the round that runs as they happened, each with the state after it."""
    state = _judged(case)
    holding = [event for event in case.events if transitions.is_standing(event, case)]
    for event in sorted(holding, key=_when):
        state = _after(case.kind, state, event.kind)
        yield event, state


def _when(event: CaseEvent) -> tuple[datetime, int]:
    """By time; what a file gives the same minute is in the order of the work, and before what was done here."""
    in_line = event.imported and event.kind in WORKFLOW_ORDER
    return event.happened_at, WORKFLOW_ORDER.index(event.kind) if in_line else len(WORKFLOW_ORDER)


def _after(kind: CaseKind, state: CaseState, event: EventKind) -> CaseState:
    """Where the table leads from the state; where it doesn't, on to what the event means, never back."""
    target = LEADS_TO[event].get(kind) or next(iter(LEADS_TO[event].values()), state)
    leads = any(action.event is event and (kind, state) in action.leads for action in Action)
    return target if leads else max(state, target, key=AS_FAR_AS.index)


def _judged(case: Case) -> CaseState:
    """Where a round begins: a complaint where it was judged, as far as it was."""
    if case.kind is not CaseKind.COMPLAINT or case.is_valid is None:
        return CaseState.REGISTERED
    return CaseState.VALID if case.is_valid else CaseState.INVALID


def _needed_department(case: Case) -> bool | None:
    """A valid complaint resolved without a handoff needed no department, any other valid one did; else None."""
    if case.kind is not CaseKind.COMPLAINT or not case.is_valid:
        return None
    reached = current_events(case)
    return EventKind.RESOLVED not in reached or EventKind.HANDED_OVER in reached
