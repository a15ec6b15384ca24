"""满意度回访: what the customer said after a complaint or repair was dealt with, and what follows from it."""

from datetime import datetime

from app.domain import clock
from app.domain.accounts.models import Person
from app.domain.callbacks.models import Callback
from app.domain.cases import moves, states
from app.domain.cases.models import Case
from app.domain.cases.words import Move, StepKind

SATISFIED = 4


def take(case: Case, callback: Callback, by: Person, at: datetime) -> None:
    """Take over what an effective satisfaction callback says. 4 or 5: the case may be closed; less: a next round.

    A case that meanwhile went on (next round begun, closed by a lead, cancelled) keeps its state.
    """
    if not states.is_possible(case, Move.TAKE_RATING):
        return
    case.rating = callback.rating
    happened = clock.to_minute(callback.reached_at or at)
    moves.done(
        case, Move.TAKE_RATING, StepKind.SATISFACTION, happened, by=by, at=at, note=callback.remarks,
        rating=callback.rating, callback_id=callback.id,
    )  # fmt: skip


def is_satisfied(case: Case) -> bool:
    """Whether the customer rated this round 4 or 5."""
    return moves.has_step(case, StepKind.SATISFACTION) and (case.rating or 0) >= SATISFIED


def is_dissatisfied(case: Case) -> bool:
    """Whether the customer was asked in this round and did not rate it 4 or 5."""
    return moves.has_step(case, StepKind.SATISFACTION) and not is_satisfied(case)
