"""What a lead decides: on a customer who can't be reached, and on a call whose window is over."""

from datetime import datetime

from app.domain.accounts.models import Person
from app.domain.audit import trail
from app.domain.callbacks import audit_events, tasks
from app.domain.callbacks.enums import CallbackState, Decision
from app.domain.callbacks.models import Callback, UnreachableDecision
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Conflict, Refused
from app.domain.core.parsing.phones import Phone
from app.domain.core.text import clean
from app.domain.customers import records
from app.extensions import db


def decide(
    callback: Callback, decision: Decision, reason: str, *, by: Person, at: datetime, number: Phone | None = None
) -> UnreachableDecision:
    """On an unreachable customer: call another number (attempts count anew), write a letter, or give up.

    A letter and giving up make the callback missed. Refused without a reason, and another number without one.
    A Conflict where the callback isn't unreachable any more.
    """
    if callback.state is not CallbackState.UNREACHABLE:
        raise Conflict(N_("这通回访已经不在“联系不上”里了。"))
    why = _reasoned(reason)
    if decision is Decision.OTHER_NUMBER:
        if number is None:
            raise Refused(N_("请填写换打的号码。"), field="number")
        records.add_phone(callback.customer, number, by=by, at=at, is_primary=True, same_phone_ok=True)
        callback.state, callback.state_reason = CallbackState.DUE, ""
    else:
        callback.state, callback.state_reason = CallbackState.MISSED, why
    if decision is Decision.LETTER:
        tasks.write_letter(callback, by=by, at=at)
    made = UnreachableDecision(callback_id=callback.id, decision=decision, reason=why, by=by, at=at)
    db.session.add(made)
    trail.record(audit_events.DECIDE, callback, by=by, at=at, reason=why, changes=trail.changes_of(callback))
    return made


def waive(callback: Callback, reason: str, *, by: Person, at: datetime) -> None:
    """A make-up call is not made after all. Refused without a reason and before its window is over."""
    if not callback.is_open:
        raise Conflict(N_("这通回访已经有人办完了。"))
    if callback.window_last >= clock.day_of(at):
        raise Refused(N_("还在回访期内，不能免访。"))
    if callback.case_id is not None or callback.origin_id is not None:
        raise Refused(N_("工单回访和二次回访不能免访。"))
    callback.state, callback.state_reason = CallbackState.SKIPPED, _reasoned(reason)
    trail.record(audit_events.WAIVE, callback, by=by, at=at, reason=reason, changes=trail.changes_of(callback))


def _reasoned(reason: str) -> str:
    why = clean(reason, 300, "reason")
    if not why:
        raise Refused(N_("请写明原因。"), field="reason")
    return why
