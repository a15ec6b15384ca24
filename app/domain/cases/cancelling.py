"""撤销: nothing more is to be done, and why."""

from datetime import datetime

from sqlalchemy import select

from app.domain.accounts.models import Person
from app.domain.cases import transitions
from app.domain.cases.enums import Action, EventKind
from app.domain.cases.events import CaseEnded
from app.domain.cases.handoffs.enums import HandoffState
from app.domain.cases.handoffs.models import Handoff
from app.domain.cases.models import Case
from app.domain.cases.repeats import mark_later
from app.domain.core.enums import N_
from app.domain.core.events import publish
from app.extensions import db


def cancel(case: Case, *, reason: str, by: Person, at: datetime) -> None:
    """End the case undone; what waited for a signature is withdrawn. Refused without a reason."""
    happened = transitions.check(case, Action.CANCEL, None, at, by=by)
    reason = transitions.require_text(reason, N_("请写明撤销的原因。"), "reason")
    unanswered = select(Handoff).where(Handoff.case_id == case.id, Handoff.answered_at.is_(None))
    for handoff in db.session.scalars(unanswered):
        handoff.state, handoff.answered_at = HandoffState.WITHDRAWN, happened
    transitions.apply(case, Action.CANCEL, EventKind.CANCELLED, happened, by=by, at=at, note=reason)
    publish(CaseEnded(case, by, at))
    mark_later(case)
