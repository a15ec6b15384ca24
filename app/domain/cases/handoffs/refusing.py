"""退回: back to the owner, with a reason. It restarts no clock."""

from datetime import datetime

from app.domain.accounts.models import Person
from app.domain.audit import trail
from app.domain.cases import transitions
from app.domain.cases.actions import Action
from app.domain.cases.handoffs import audit_events, signing
from app.domain.cases.handoffs.enums import HandoffState
from app.domain.cases.handoffs.models import Handoff, Refusal
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.extensions import db


def refuse(handoff: Handoff, *, reason: str, by: Person, at: datetime) -> Refusal:
    """Send it back. Refused without a reason, and for others than the addressee; Conflict when already answered."""
    signing.refuse_answered(handoff)
    if not signing.may_answer(handoff, by):
        raise Refused(N_("这份移交不是给您的，不能退回。"))
    reason = transitions.require_text(reason, N_("请写明退回的原因。"), "reason", 1000)
    case = handoff.case
    happened = transitions.check(case, Action.REFUSE, None, at, by=by)
    refusal = Refusal(handoff=handoff, by=by, at=at, reason=reason)
    db.session.add(refusal)
    handoff.end(HandoffState.REFUSED, happened)
    transitions.apply(case, Action.REFUSE, happened, by=by, at=at, note=reason)
    trail.record(audit_events.REFUSE, handoff, by=by, at=at, reason=reason[:500])
    return refusal
