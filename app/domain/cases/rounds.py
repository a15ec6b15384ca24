"""下一轮: not satisfied, or broken again after closing: the case starts again from handover."""

from datetime import datetime

from app.domain.accounts.models import Person
from app.domain.cases import transitions
from app.domain.cases.enums import Action, EventKind
from app.domain.cases.events import CaseReopened
from app.domain.cases.models import NEVER, Case
from app.domain.core.enums import N_
from app.domain.core.events import publish
from app.domain.plans.enums import CaseKind


def reopen(case: Case, *, reason: str, by: Person, at: datetime, happened_at: datetime | None = None) -> None:
    """The next round. The earlier ones keep their events and deadlines. Refused without a reason."""
    happened = transitions.check(case, Action.REOPEN, happened_at, at, by=by)
    begin(case, happened, reason=transitions.require_text(reason, N_("请写明为什么要再处理。"), "reason"), by=by, at=at)


def begin(case: Case, happened: datetime, *, reason: str, by: Person, at: datetime) -> None:
    """What the customer said begins the next round, whoever of the branch they said it to."""
    case.round += 1
    case.ended_at, case.next_due_at = None, NEVER
    case.rating = None
    if case.kind is CaseKind.COMPLAINT:
        case.needs_department = True
    case.responsibility, case.responsible, case.responsible_name = None, None, ""
    case.finding, case.solution, case.agreed_on, case.team = "", "", None, None
    transitions.assign_to(case, case.owner, happened)
    transitions.apply(case, Action.REOPEN, EventKind.REOPENED, happened, by=by, at=at, note=reason)
    publish(CaseReopened(case, by, at))
