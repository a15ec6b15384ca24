"""What is to be done next with a case, by whom, and what is still missing for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.accounts.models import Person
from app.domain.cases import actions, assessment, contact, transitions
from app.domain.cases.actions import Action
from app.domain.cases.closing import asks_for_result, is_dissatisfied, is_satisfied, may_close
from app.domain.cases.enums import CaseState, EventKind
from app.domain.cases.models import Case
from app.domain.core.enums import N_
from app.domain.plans.enums import CaseKind

S = CaseState
BY_STATE: Final[dict[CaseState, Action]] = {
    S.INVALID: Action.CLOSE,
    S.HANDED_OVER: Action.SIGN,
    S.RETURNED: Action.HAND_OVER,
    S.CONTACTED: Action.VISIT,
    S.VISITED: Action.PLAN,
    S.IN_WORK: Action.RESOLVE,
    S.ANSWERED: Action.CLOSE,
}


@dataclass(frozen=True)
class NextStep:
    """An action the person can make now; `missing`: message ids of what must be there first."""

    action: Action
    is_first: bool = False
    missing: tuple[str, ...] = ()


def next_action(case: Case) -> Action | None:
    """The one action that brings the case on, whoever takes it; None when it ended."""
    if not case.is_open:
        return None
    is_repair = case.kind is CaseKind.REPAIR
    match case.state:
        case S.REGISTERED if case.kind in actions.SIMPLE:
            return Action.ANSWER
        case S.REGISTERED if is_repair:
            return Action.HAND_OVER
        case S.REGISTERED:
            return Action.FIND_VALID if assessment.is_verified(case) else Action.VERIFY
        case S.VALID:
            return Action.RESOLVE if case.needs_department is False else Action.HAND_OVER
        case S.SIGNED:
            return Action.CONTACT if is_repair else Action.VISIT
        case S.PLANNED:
            return Action.DISPATCH if is_repair else Action.START_WORK
        case S.DISPATCHED:
            told = transitions.has_event(case, EventKind.TEAM_CONTACTED)
            return Action.START_WORK if told else Action.CONTACT_BY_TEAM
        case S.RESOLVED if is_satisfied(case):
            return Action.CLOSE
        case S.RESOLVED:
            return Action.REOPEN if is_dissatisfied(case) else Action.TAKE_RATING
        case state:
            return BY_STATE.get(state)


def next_steps(case: Case, person: Person, at: datetime) -> list[NextStep]:
    """What the person can do now, the first thing first; an action whose time hasn't come says what is missing."""
    first = next_action(case)
    steps = [
        NextStep(action, action is first, missing_for(case, action, person, at))
        for action in actions.actions_of(case, person)
    ]
    return sorted(steps, key=lambda step: not step.is_first)


def missing_for(case: Case, action: Action, person: Person, at: datetime) -> tuple[str, ...]:
    """Message ids of what must be there before the person can take the action."""
    if action in (Action.FIND_VALID, Action.FIND_INVALID) and not assessment.is_verified(case):
        return (N_("先回电核实，再判定"),)
    if action is Action.CHECK and not contact.may_check(case, at):
        return (N_("报修满 48 小时，或联系和方案都有记录"),)
    if action is Action.CLOSE and asks_for_result(case) and not may_close(case, person):
        return (N_("客户在回访中表示满意，或者由主管写明理由"),)
    return ()
