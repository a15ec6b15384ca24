"""满意度回访: what the customer said after a complaint or repair was dealt with, and what follows from it."""

from datetime import datetime
from typing import Final

from app.domain.accounts.models import Person
from app.domain.callbacks import ratings
from app.domain.callbacks.models import Callback
from app.domain.cases import rounds, states, transitions
from app.domain.cases.enums import Action, EventKind
from app.domain.cases.models import Case
from app.domain.core import clock
from app.domain.core.enums import N_

NOT_SOLVED: Final = N_("回访时客户不满意。")


def take(case: Case, callback: Callback, by: Person, at: datetime) -> None:
    """Take over what an effective satisfaction callback says. 4 or 5: the case may be closed. Dissatisfied, not true,
    or another visit needed: the next round begins. A 3 leaves it to the owner.

    A case that meanwhile went on (next round begun, closed by a lead, cancelled) keeps its state.
    """
    if not states.is_possible(case, Action.TAKE_RATING):
        return
    case.rating = callback.rating
    happened = clock.to_minute(callback.reached_at or at)
    transitions.apply(
        case, Action.TAKE_RATING, EventKind.SATISFACTION, happened, by=by, at=at, note=callback.remarks,
        rating=callback.rating, callback_id=callback.id,
    )  # fmt: skip
    if callback.needs_followup:
        rounds.begin(case, happened, reason=callback.remarks or NOT_SOLVED, by=by, at=at)


def is_satisfied(case: Case) -> bool:
    """Whether the customer rated this round 4 or 5."""
    return transitions.has_event(case, EventKind.SATISFACTION) and ratings.is_satisfied(case.rating)


def is_dissatisfied(case: Case) -> bool:
    """Whether the customer was asked in this round and did not rate it 4 or 5."""
    return transitions.has_event(case, EventKind.SATISFACTION) and not is_satisfied(case)
