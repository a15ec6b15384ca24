"""Which deadlines follow from what happened: the table of domain 4, at its boundary minutes."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.callbacks.enums import Outcome, Purpose
from app.domain.cases.deadlines.policy import AttemptFact, EventFact, Facts, HandoffFact, expected_deadlines
from app.domain.cases.enums import EventKind
from app.domain.core import clock
from app.domain.plans.enums import Calendar, CaseKind, DeadlineKind, DeadlineStart

T = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)
LONG_AGO = date(2020, 1, 1)


def after(minutes: float) -> datetime:
    return T + timedelta(minutes=minutes)


@dataclass(frozen=True)
class R:
    kind: DeadlineKind
    starts: DeadlineStart
    minutes: int | None
    case_kind: CaseKind = CaseKind.COMPLAINT
    since: date = LONG_AGO
    calendar: Calendar = Calendar.WALL
    id: int = 1


def complaint(*events, **values):
    return Facts(CaseKind.COMPLAINT, T, events=events, **values)


def repair(*events, **values):
    return Facts(CaseKind.REPAIR, T, events=events, **values)


def event(kind, minutes, nth=1, **values):
    return EventFact(kind, after(minutes), nth, **values)


def one(facts, rule):
    (planned,) = expected_deadlines(facts, [replace(rule, case_kind=facts.kind)])
    return planned


VERIFY = R(DeadlineKind.VERIFY, DeadlineStart.RECEIVED, 120)
JUDGE = R(DeadlineKind.JUDGE, DeadlineStart.RECEIVED, 120)
HANDOVER = R(DeadlineKind.HANDOVER, DeadlineStart.JUDGED_FOR_DEPARTMENT, 120)
ON_SITE = R(DeadlineKind.ON_SITE, DeadlineStart.HANDED_OVER, 2880)
SIGN = R(DeadlineKind.SIGN, DeadlineStart.SENT, 240)
DONE = R(DeadlineKind.WORK_DONE, DeadlineStart.PLANNED, None)
TOLD = R(DeadlineKind.PROGRESS_TOLD, DeadlineStart.TOLD, 4320)
CHECK = R(DeadlineKind.CHECK_CALL, DeadlineStart.RECEIVED, 4320)
CONTACT = R(DeadlineKind.CONTACT, DeadlineStart.RECEIVED, 2880)
URGENT = R(DeadlineKind.URGENT_CONTACT, DeadlineStart.RECEIVED_URGENT, 60)


@pytest.mark.parametrize(
    ("rule", "starts_at", "met_by", "due"),
    [
        (VERIFY, None, EventKind.VERIFIED, 120),
        (JUDGE, None, EventKind.JUDGED, 120),
        (ON_SITE, EventKind.HANDED_OVER, EventKind.VISITED, 2890),
        (R(DeadlineKind.SOLUTION, DeadlineStart.VISITED, 2880), EventKind.VISITED, EventKind.PLANNED, 2890),
        (
            R(DeadlineKind.TEAM_CONTACT, DeadlineStart.DISPATCHED, 1440),
            EventKind.DISPATCHED,
            EventKind.TEAM_CONTACTED,
            1450,
        ),
        (R(DeadlineKind.SATISFACTION, DeadlineStart.RESOLVED, 1440), EventKind.RESOLVED, EventKind.SATISFACTION, 1450),
    ],
)
@pytest.mark.parametrize("off", [-1, 0, 1])
def test_a_clock_is_met_by_its_first_step_to_the_minute(rule, starts_at, met_by, due, off):
    start = [event(starts_at, 10)] if starts_at else []
    planned = one(complaint(*start, event(met_by, due + off), event(met_by, due + 50)), rule)
    assert planned.due_at == after(due)
    assert planned.met_at == after(due + off)
    assert (planned.met_at <= planned.due_at) is (off <= 0)


@pytest.mark.parametrize("rule", [ON_SITE, DONE, TOLD, SIGN, HANDOVER, URGENT])
def test_no_clock_before_its_start(rule):
    assert expected_deadlines(complaint(), [rule]) == []


@pytest.mark.parametrize("needs_department", [True, False])
def test_a_complaint_is_handed_over_only_where_a_department_is_needed(needs_department):
    facts = complaint(event(EventKind.JUDGED, 30), needs_department=needs_department)
    assert [p.due_at for p in expected_deadlines(facts, [HANDOVER])] == ([after(150)] if needs_department else [])


def test_a_rule_of_another_kind_of_case_says_nothing():
    assert expected_deadlines(repair(), [VERIFY]) == []


def test_the_rule_in_force_at_the_start_holds():
    day = clock.day_of(T)
    later = replace(VERIFY, minutes=60, since=day + timedelta(days=1), id=3)
    now = replace(VERIFY, minutes=90, since=day, id=2)
    (planned,) = expected_deadlines(complaint(), [VERIFY, later, now])
    assert (planned.rule.id, planned.due_at) == (2, after(90))


def test_the_first_handoff_starts_the_visit_and_a_refusal_restarts_nothing():
    facts = complaint(event(EventKind.HANDED_OVER, 10), event(EventKind.REFUSED, 20), event(EventKind.HANDED_OVER, 30))
    assert one(facts, ON_SITE).started_at == after(10)


def test_every_handoff_has_its_own_signing_clock_met_by_signature_or_refusal():
    facts = complaint(handoffs=(HandoffFact(7, after(10), after(250)), HandoffFact(8, after(300), after(541))))
    first, second = expected_deadlines(facts, [SIGN])
    assert (first.handoff_id, first.due_at, first.met_at) == (7, after(250), after(250))
    assert (second.handoff_id, second.due_at, second.met_at) == (8, after(540), after(541))


@pytest.mark.parametrize(("replaced_at", "released"), [(249, True), (250, False)])
def test_a_replaced_handoff_is_released_only_before_it_was_due(replaced_at, released):
    (planned,) = expected_deadlines(
        complaint(handoffs=(HandoffFact(7, after(10), after(replaced_at), replaced=True),)), [SIGN]
    )
    assert planned.met_at is None
    assert (planned.released_at is not None) is released


def test_work_is_due_at_the_end_of_the_agreed_day():
    facts = complaint(event(EventKind.PLANNED, 10, agreed_on=date(2026, 3, 9)))
    assert clock.local(one(facts, DONE).due_at).isoformat() == "2026-03-09T23:59:00+08:00"


def test_work_without_an_agreed_day_has_no_clock():
    assert expected_deadlines(complaint(event(EventKind.PLANNED, 10)), [DONE]) == []


def test_progress_is_promised_again_from_each_time_it_was_told():
    facts = complaint(event(EventKind.WORK_STARTED, 10), event(EventKind.TOLD, 4000), event(EventKind.TOLD, 9000))
    planned = expected_deadlines(facts, [TOLD])
    assert [(p.started_at, p.met_at) for p in planned] == [
        (after(10), after(4000)), (after(4000), after(9000)), (after(9000), None),
    ]  # fmt: skip
    assert len({p.key for p in planned}) == 3


def test_progress_need_not_be_told_once_the_work_is_done():
    facts = complaint(event(EventKind.WORK_STARTED, 10), event(EventKind.RESOLVED, 100))
    assert one(facts, TOLD).released_at == after(100)


@pytest.mark.parametrize(("at", "released"), [(4319, True), (4320, False), (4400, False)])
def test_the_check_call_is_released_by_a_satisfaction_call_before_it_was_due(at, released):
    planned = one(repair(event(EventKind.SATISFACTION, at)), CHECK)
    assert (planned.released_at is not None) is released


@pytest.mark.parametrize(("at", "released"), [(119, True), (120, False), (400, False)])
def test_a_cancelled_case_releases_what_was_not_due_yet(at, released):
    assert (one(complaint(dropped_at=after(at)), VERIFY).released_at is not None) is released


def test_a_cancelled_case_keeps_what_was_met():
    planned = one(complaint(event(EventKind.VERIFIED, 10), dropped_at=after(20)), VERIFY)
    assert planned.met_at == after(10)
    assert planned.released_at is None


def test_closing_releases_nothing():
    assert one(complaint(event(EventKind.CLOSED, 50)), VERIFY).released_at is None


def calls(*minutes, outcome=Outcome.NO_ANSWER, purpose=Purpose.CONTACT):
    return tuple(AttemptFact(purpose, after(m), outcome) for m in minutes)


@pytest.mark.parametrize(
    ("minutes", "stopped_at"),
    [((0, 20, 40), 40), ((0, 19, 40), None), ((0, 19, 20, 39, 40), 40), ((0, 20), None), ((0, 20, 39, 41), 41)],
)
def test_three_failed_attempts_far_enough_apart_stop_a_calling_clock(minutes, stopped_at):
    planned = one(repair(calls=calls(*minutes)), CONTACT)
    assert planned.unreached is (stopped_at is not None)
    assert planned.met_at == (after(stopped_at) if stopped_at is not None else None)


def test_who_was_reached_before_the_third_attempt_was_reached():
    planned = one(repair(event(EventKind.CONTACTED, 30), calls=calls(0, 20, 40)), CONTACT)
    assert (planned.met_at, planned.unreached) == (after(30), False)


@pytest.mark.parametrize("outcome", [Outcome.REACHED, Outcome.LATER])
def test_an_answered_call_is_no_failed_attempt(outcome):
    assert not one(repair(calls=calls(0, 20, 40, outcome=outcome)), CONTACT).unreached


def test_calls_for_another_purpose_stop_nothing():
    assert not one(repair(calls=calls(0, 20, 40, purpose=Purpose.VERIFY)), CONTACT).unreached


def test_an_urgent_case_is_met_by_whoever_of_us_reached_the_customer():
    facts = complaint(event(EventKind.VERIFIED, 5), event(EventKind.CONTACTED, 65), urgent_from=after(10))
    planned = one(facts, URGENT)
    assert (planned.due_at, planned.met_at) == (after(70), after(65))


def test_the_next_round_starts_at_handover_and_keeps_the_first_ones():
    facts = repair(event(EventKind.REOPENED, 5000, nth=2), rounds=2)
    assert [(p.round, p.due_at) for p in expected_deadlines(facts, [replace(CONTACT, case_kind=CaseKind.REPAIR)])] == [
        (1, after(2880)), (2, after(7880)),
    ]  # fmt: skip
    assert [p.round for p in expected_deadlines(facts, [replace(CHECK, case_kind=CaseKind.REPAIR)])] == [1]
