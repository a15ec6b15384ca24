"""The satisfaction callback of a case: made when it is resolved, void when nobody needs to ask any more."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.domain.accounts.models import Person
from app.domain.audit import trail
from app.domain.callbacks import audit_events
from app.domain.callbacks.enums import OPEN_STATES, CallbackState
from app.domain.callbacks.events import CallConcluded
from app.domain.callbacks.generation import candidates
from app.domain.callbacks.models import Callback
from app.domain.cases import closing
from app.domain.cases.enums import EventKind
from app.domain.cases.events import CaseEnded, CaseReopened, CaseResolved
from app.domain.cases.models import Case
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.plans.enums import CaseKind, Occasion, Trigger
from app.extensions import db


def case_resolved(event: CaseResolved) -> None:
    """The customer is asked how satisfied they are."""
    for_case(event.case, event.at, event.by)


def call_concluded(event: CallConcluded) -> None:
    """What a case's own satisfaction callback says is the case's to take."""
    if event.callback.case is not None:
        closing.take_rating(event.callback.case, event.callback, by=event.by, at=event.at)


def case_left(event: CaseEnded | CaseReopened) -> None:
    """A case that ended or went into its next round needs no satisfaction callback of before: an open one is void."""
    for callback in db.session.scalars(
        select(Callback).where(Callback.case_id == event.case.id, Callback.state.in_(OPEN_STATES))
    ):
        callback.state, callback.state_reason = CallbackState.VOID, N_("工单已结束")
        trail.record(audit_events.VOID, callback, by=event.by, at=event.at, changes=trail.changes_of(callback))


def for_case(case: Case, at: datetime, by: Person | None) -> Callback:
    """The satisfaction callback of a case's present round, made once, called by the case's owner.

    In a case that a callback raised, and in every later round, it is the second callback of that chain.
    """
    if known := of_round(case):
        return known
    occasion = Occasion.COMPLAINT if case.kind is CaseKind.COMPLAINT else Occasion.REPAIR
    first = clock.day_of(_resolved_at(case) or at)
    found = candidates.rule_on(first, Trigger.CASE_RESOLVED, case.service_plan_id, occasion)
    code, days = (found.questionnaire_code, found.window_days) if found else (occasion.value, 1)
    origin = _asked_before(case)
    manager = case.project.manager if case.project else None
    last = first + timedelta(days=days)
    callback = Callback(
        made_for=_name_of(case),
        customer_id=case.customer_id,
        project_id=case.project_id,
        case=case,
        rule_id=found.id if found else None,
        occasion=occasion,
        window_first=first,
        window_last=last,
        wanted_at=candidates.wanted_at(last),
        questionnaire_id=candidates.newest_questionnaires().get(code),
        origin=origin,
        root_id=(origin.root_id or origin.id) if origin else None,
        branch_id=case.branch_id,
        project_manager_id=manager.id if manager else case.project_manager_id,
        assigned_to_id=case.owner_id,
        made_at=at,
    )
    db.session.add(callback)
    trail.record(audit_events.MAKE, callback, by=by, at=at)
    return callback


def of_round(case: Case) -> Callback | None:
    """The satisfaction callback of the case's present round, if it was made."""
    return db.session.scalars(select(Callback).where(Callback.made_for == _name_of(case))).one_or_none()


def _name_of(case: Case) -> str:
    return f"case{case.id}/satisfaction/{case.round}"


def _asked_before(case: Case) -> Callback | None:
    earlier = db.session.scalars(
        select(Callback).where(Callback.case_id == case.id, Callback.effective).order_by(Callback.id.desc()).limit(1)
    ).first()
    return earlier or case.origin_callback


def _resolved_at(case: Case) -> datetime | None:
    times = [
        event.happened_at for event in case.events if event.kind is EventKind.RESOLVED and event.superseded_at is None
    ]
    return max(times, default=None)
