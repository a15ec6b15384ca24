"""Clocks in the database: made once, never moved, stopped once, given way to when an event is corrected."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.callbacks.enums import Outcome, Purpose
from app.domain.callbacks.models import Attempt
from app.domain.cases.deadlines import sync
from app.domain.cases.enums import CaseState, EventKind
from app.domain.cases.handoffs.enums import HandoffState
from app.domain.cases.handoffs.models import Handoff
from app.domain.cases.models import NEVER, CaseEvent
from app.domain.plans.enums import CaseKind, DeadlineKind, Urgency
from app.extensions import db
from tests.factories import a_case

T = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)


def after(minutes):
    return T + timedelta(minutes=minutes)


def happened(case, kind, minutes, nth=1, **details):
    event = CaseEvent(kind=kind, happened_at=after(minutes), recorded_at=after(minutes), round=nth, details=details)
    case.events.append(event)
    return event


def deadlines(case, kind):
    return [row for row in case.deadlines if row.kind is kind]


@pytest.fixture
def complaint(app):
    case = a_case(CaseKind.COMPLAINT, received_at=T)
    happened(case, EventKind.RECEIVED, 0)
    return case


@pytest.fixture
def repair(app):
    case = a_case(CaseKind.REPAIR, received_at=T)
    happened(case, EventKind.RECEIVED, 0)
    return case


def test_a_new_complaint_has_its_two_deadlines(complaint):
    sync.sync_deadlines(complaint, T)
    assert [(row.kind, row.due_at, row.minutes) for row in complaint.deadlines] == [
        (DeadlineKind.VERIFY, after(120), 120), (DeadlineKind.JUDGE, after(120), 120),
    ]  # fmt: skip
    assert complaint.next_due_at == after(120)


def test_settling_again_changes_nothing(complaint, queries):
    happened(complaint, EventKind.VERIFIED, 10)
    sync.sync_deadlines(complaint, after(10))
    before = [(row.id, row.due_at, row.met_at) for row in complaint.deadlines]
    with queries() as seen:
        sync.sync_deadlines(complaint, after(500))
    assert [(row.id, row.due_at, row.met_at) for row in complaint.deadlines] == before
    assert not [text for text in seen if not text.startswith("SELECT")]


def test_a_broken_clock_stays_and_is_no_longer_waited_for_once_the_case_went_on(complaint):
    complaint.is_valid, complaint.needs_department = True, True
    happened(complaint, EventKind.JUDGED, 300)
    sync.sync_deadlines(complaint, after(300))
    (verify,) = deadlines(complaint, DeadlineKind.VERIFY)
    assert (verify.due_at, verify.met_at, verify.released_at) == (after(120), None, None)
    assert complaint.next_due_at == after(420)


def test_an_ended_case_has_no_next_due(complaint):
    complaint.state, complaint.ended_at = CaseState.CANCELLED, after(30)
    happened(complaint, EventKind.CANCELLED, 30)
    sync.sync_deadlines(complaint, after(30))
    assert complaint.next_due_at == NEVER
    assert {row.released_at for row in complaint.deadlines} == {after(30)}


def test_three_failed_calls_stop_the_clock_as_unreached_and_reaching_later_does_not_mend_it(repair):
    for minutes in (0, 20, 40):
        repair.attempts.append(Attempt(purpose=Purpose.CONTACT, at=after(minutes), outcome=Outcome.NO_ANSWER))
    sync.sync_deadlines(repair, after(40))
    happened(repair, EventKind.CONTACTED, 100)
    sync.sync_deadlines(repair, after(100))
    (contact,) = deadlines(repair, DeadlineKind.CONTACT)
    assert (contact.met_at, contact.met_unreached) == (after(40), True)


def test_an_urgent_case_is_to_be_called_within_the_hour(app):
    case = a_case(CaseKind.REPAIR, received_at=T, urgency=Urgency.SAFETY)
    sync.sync_deadlines(case, T)
    assert [row.due_at for row in deadlines(case, DeadlineKind.URGENT_CONTACT)] == [after(60)]


def test_a_case_raised_later_counts_from_then(repair):
    repair.urgency = Urgency.URGENT
    happened(repair, EventKind.RAISED, 30, before="normal", after="urgent")
    sync.sync_deadlines(repair, after(30))
    assert [row.due_at for row in deadlines(repair, DeadlineKind.URGENT_CONTACT)] == [after(90)]


def test_a_signing_clock_belongs_to_its_handoff(complaint):
    handoff = Handoff(
        case=complaint, sender=complaint.owner, to_person=complaint.owner, sent_at=after(10), sign_by=after(250),
        snapshot="{}", sha256="0", state=HandoffState.SENT,
    )  # fmt: skip

    db.session.add(handoff)
    happened(complaint, EventKind.HANDED_OVER, 10)
    sync.sync_deadlines(complaint, after(10))
    (sign,) = deadlines(complaint, DeadlineKind.SIGN)
    assert (sign.handoff_id, sign.due_at) == (handoff.id, after(250))
    assert complaint.next_due_at == after(250)


def test_a_corrected_step_makes_new_clocks_and_keeps_the_old(complaint):
    old = happened(complaint, EventKind.VISITED, 100)
    sync.sync_deadlines(complaint, after(100))
    happened(complaint, EventKind.VISITED, 130)
    sync.supersede_from(complaint, [old], after(9000))
    first, second = deadlines(complaint, DeadlineKind.SOLUTION)
    assert (first.superseded_at, first.due_at) == (after(9000), after(2980))
    assert (second.superseded_at, second.due_at) == (None, after(3010))
    assert [row.superseded_at for row in deadlines(complaint, DeadlineKind.VERIFY)] == [None]


def test_a_corrected_step_stops_its_clock_anew(complaint):
    old = happened(complaint, EventKind.VERIFIED, 100)
    sync.sync_deadlines(complaint, after(100))
    happened(complaint, EventKind.VERIFIED, 130)
    sync.supersede_from(complaint, [old], after(9000))
    assert [(row.met_at, row.superseded_at) for row in deadlines(complaint, DeadlineKind.VERIFY)] == [
        (after(100), after(9000)), (after(130), None),
    ]  # fmt: skip


def test_many_cases_take_few_queries(app, queries):
    cases = [a_case(CaseKind.REPAIR, received_at=T) for _ in range(30)]
    with queries() as seen:
        sync.sync_all(cases, T)
    assert len([text for text in seen if text.startswith("SELECT")]) <= 8
    assert {len(case.deadlines) for case in cases} == {5}
