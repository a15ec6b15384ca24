"""The one table of what can be done with a case: kind and state, move, and the state it leads to."""

from collections.abc import Iterable
from typing import Final

from app.domain.accounts.models import Person
from app.domain.accounts.roles import may
from app.domain.cases import acting
from app.domain.cases.enums import Action, CaseState
from app.domain.cases.models import Case
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.plans.enums import CaseKind

S = CaseState
COMPLAINT: Final = (CaseKind.COMPLAINT,)
REPAIR: Final = (CaseKind.REPAIR,)
WORKED: Final = (CaseKind.COMPLAINT, CaseKind.REPAIR)
SIMPLE: Final = (CaseKind.SUGGESTION, CaseKind.ENQUIRY, CaseKind.PRAISE)
ON_SITE: Final = (S.SIGNED, S.CONTACTED, S.VISITED, S.PLANNED, S.DISPATCHED, S.IN_WORK)
UNRESOLVED: Final = (S.REGISTERED, S.VALID, S.HANDED_OVER, S.RETURNED, *ON_SITE)
OPEN: Final = (*UNRESOLVED, S.INVALID, S.RESOLVED, S.ANSWERED)

RESTARTED: Final = {CaseKind.COMPLAINT: S.VALID, CaseKind.REPAIR: S.REGISTERED}
"""Where a next round starts; a lead may also end the case there, which they can't in the first round."""

Table = dict[tuple[CaseKind, CaseState, Action], CaseState | None]
"""The state a move leads to; None: the case stays where it is. What is not in the table can't be done."""


def _lines() -> Iterable[tuple[tuple[CaseKind, ...], tuple[CaseState, ...], Action, CaseState | None]]:
    yield COMPLAINT, (S.REGISTERED,), Action.VERIFY, None
    yield COMPLAINT, (S.REGISTERED,), Action.FIND_VALID, S.VALID
    yield COMPLAINT, (S.REGISTERED,), Action.FIND_INVALID, S.INVALID
    yield (
        COMPLAINT,
        (S.VALID, S.RETURNED, S.HANDED_OVER, S.SIGNED, S.CONTACTED, S.VISITED),
        Action.HAND_OVER,
        S.HANDED_OVER,
    )
    yield (
        REPAIR,
        (S.REGISTERED, S.RETURNED, S.HANDED_OVER, S.SIGNED, S.CONTACTED, S.VISITED),
        Action.HAND_OVER,
        S.HANDED_OVER,
    )
    yield WORKED, (S.HANDED_OVER,), Action.SIGN, S.SIGNED
    yield WORKED, (S.HANDED_OVER,), Action.REFUSE, S.RETURNED
    yield WORKED, (S.SIGNED,), Action.CONTACT, S.CONTACTED
    yield WORKED, (S.SIGNED, S.CONTACTED), Action.VISIT, S.VISITED
    yield WORKED, (S.VISITED, S.PLANNED), Action.PLAN, S.PLANNED
    yield REPAIR, (S.PLANNED,), Action.DISPATCH, S.DISPATCHED
    yield REPAIR, (S.DISPATCHED,), Action.CONTACT_BY_TEAM, None
    yield WORKED, (S.PLANNED,), Action.START_WORK, S.IN_WORK
    yield REPAIR, (S.DISPATCHED,), Action.START_WORK, S.IN_WORK
    yield WORKED, (S.PLANNED, S.DISPATCHED, S.IN_WORK), Action.TELL, None
    yield WORKED, (S.PLANNED, S.DISPATCHED, S.IN_WORK), Action.RESOLVE, S.RESOLVED
    yield COMPLAINT, (S.VALID,), Action.RESOLVE, S.RESOLVED
    yield REPAIR, UNRESOLVED, Action.CHECK, None
    yield SIMPLE, (S.REGISTERED,), Action.ANSWER, S.ANSWERED
    yield WORKED, (S.RESOLVED,), Action.TAKE_RATING, None
    yield COMPLAINT, (S.RESOLVED, S.CLOSED), Action.REOPEN, RESTARTED[CaseKind.COMPLAINT]
    yield REPAIR, (S.RESOLVED, S.CLOSED), Action.REOPEN, RESTARTED[CaseKind.REPAIR]
    yield WORKED, (S.RESOLVED,), Action.CLOSE, S.CLOSED
    yield COMPLAINT, (S.INVALID, RESTARTED[CaseKind.COMPLAINT]), Action.CLOSE, S.CLOSED
    yield REPAIR, (RESTARTED[CaseKind.REPAIR],), Action.CLOSE, S.CLOSED
    yield SIMPLE, (S.ANSWERED,), Action.CLOSE, S.CLOSED
    yield tuple(CaseKind), OPEN, Action.CANCEL, S.CANCELLED
    yield tuple(CaseKind), OPEN, Action.CHASE, None
    yield WORKED, UNRESOLVED, Action.RAISE, None
    yield tuple(CaseKind), OPEN, Action.REASSIGN, None
    yield tuple(CaseKind), OPEN, Action.CLASSIFY, None
    yield WORKED, (S.VISITED, S.PLANNED, S.DISPATCHED, S.IN_WORK, S.RESOLVED), Action.RECORD_COSTS, None
    yield tuple(CaseKind), OPEN, Action.ADD_PHOTOS, None


MOVES: Final[Table] = {
    (kind, state, move): to for kinds, states, move, to in _lines() for kind in kinds for state in states
}

SOLVED_BY: Final = {Action.RESOLVE: True, Action.HAND_OVER: False}
"""From a valid complaint: whether the move is the one of customer service solving it itself."""

BY_SERVICE: Final = "cases.handle"
BY_ANYONE_AT_WORK: Final = "cases.work"
PERMISSION: Final[dict[Action, str]] = {
    Action.SIGN: "handoffs.sign",
    Action.REFUSE: "handoffs.sign",
    Action.CONTACT: BY_ANYONE_AT_WORK,
    Action.VISIT: BY_ANYONE_AT_WORK,
    Action.PLAN: BY_ANYONE_AT_WORK,
    Action.DISPATCH: BY_ANYONE_AT_WORK,
    Action.CONTACT_BY_TEAM: BY_ANYONE_AT_WORK,
    Action.START_WORK: BY_ANYONE_AT_WORK,
    Action.TELL: BY_ANYONE_AT_WORK,
    Action.RESOLVE: BY_ANYONE_AT_WORK,
    Action.RECORD_COSTS: BY_ANYONE_AT_WORK,
    Action.ADD_PHOTOS: BY_ANYONE_AT_WORK,
    Action.TAKE_RATING: "callbacks.call",
    Action.REASSIGN: "cases.reassign",
}


def permission_of(move: Action) -> str:
    """What one must be allowed to make the move: customer service's own where nothing else is said."""
    return PERMISSION.get(move, BY_SERVICE)


def is_possible(case: Case, move: Action) -> bool:
    """Whether the table has the move for the case as it stands."""
    if move is Action.CLOSE and case.round == 1 and case.state is RESTARTED.get(case.kind):
        return False
    if case.state is S.VALID and move in SOLVED_BY:
        solves_itself = case.needs_department is False
        return (case.kind, case.state, move) in MOVES and SOLVED_BY[move] is solves_itself
    return (case.kind, case.state, move) in MOVES


def moves_of(case: Case, person: Person) -> list[Action]:
    """What the person can do with the case now, in the order of the work."""
    possible = [move for move in Action if is_possible(case, move) and may(person, permission_of(move))]
    in_hand = bool(possible) and acting.acts_on(person, case)
    return [move for move in possible if in_hand or move is Action.CHASE]


def state_after(case: Case, move: Action) -> CaseState:
    """Where the move leads. Refused when the case as it stands doesn't allow it."""
    if not is_possible(case, move):
        raise Refused(N_("工单现在是“%(state)s”，不能%(move)s。"), state=case.state, move=move)
    return MOVES[case.kind, case.state, move] or case.state
