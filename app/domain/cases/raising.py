"""升级: it turns out to be more urgent than it was registered. It never becomes less so."""

from datetime import datetime
from typing import Final

from app.domain.accounts.models import Person
from app.domain.cases import transitions
from app.domain.cases.enums import Action, EventKind
from app.domain.cases.models import Case
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.plans.enums import Urgency

ORDER: Final = list(Urgency)


def above(urgency: Urgency) -> list[Urgency]:
    """What the urgency can be raised to."""
    return ORDER[ORDER.index(urgency) + 1 :]


def raise_to(case: Case, urgency: Urgency | None, *, reason: str, by: Person, at: datetime) -> None:
    """More urgent from now on. Refused without a reason, and when it isn't more."""
    happened = transitions.check(case, Action.RAISE, None, at, by=by)
    if urgency is None or urgency not in above(case.urgency):
        raise Refused(N_("请选择更高的紧急程度。"), field="urgency")
    reason = transitions.require_text(reason, N_("请写明为什么更紧急。"), "reason")
    before, case.urgency = case.urgency, urgency
    transitions.apply(
        case,
        Action.RAISE,
        EventKind.RAISED,
        happened,
        by=by,
        at=at,
        note=reason,
        before=before.value,
        after=urgency.value,
    )
