"""What a file says of one call, against what is kept of it; and with what an open callback is to be called."""

from datetime import datetime
from operator import attrgetter

from sqlalchemy import select

from app.domain.callbacks.enums import Outcome
from app.domain.callbacks.generation import candidates
from app.domain.callbacks.models import Attempt, Callback
from app.domain.core.effective import in_force
from app.domain.imports.context import ImportContext
from app.domain.plans.enums import Occasion
from app.domain.plans.models import CallbackRule
from app.extensions import db


class Sheets:
    """Which rule and questionnaire an imported callback is called with."""

    def __init__(self, work: ImportContext) -> None:
        self.newest = candidates.newest_questionnaires()
        rules = db.session.scalars(select(CallbackRule).order_by(CallbackRule.id))
        self.rules: dict[tuple[int, Occasion], CallbackRule] = {}
        for rule in in_force(rules, work.today, attrgetter("plan_id", "code")).values():
            self.rules.setdefault((rule.plan_id, rule.occasion), rule)

    def of(self, plan_id: int, occasion: Occasion) -> tuple[int | None, int | None]:
        """(rule, questionnaire) of the plan now, of several the first; without one the occasion's own questionnaire."""
        if rule := self.rules.get((plan_id, occasion)):
            return rule.id, self.newest.get(rule.questionnaire_code)
        return None, self.newest.get(occasion.value)


def last_call(callback: Callback) -> Attempt | None:
    """The call that counts: the one that reached the customer, else the last try."""
    reached = [one for one in callback.attempts if one.outcome is Outcome.REACHED and one.at == callback.reached_at]
    calls = reached or callback.attempts
    return calls[-1] if calls else None


def is_kept(callback: Callback | None, at: datetime, outcome: Outcome) -> bool:
    """Whether the callback has this call already. A customer reached is reached at one time only."""
    if callback is None:
        return False
    if outcome is Outcome.REACHED:
        return callback.effective and callback.reached_at == at
    return any((one.at, one.outcome) == (at, outcome) for one in callback.attempts)
