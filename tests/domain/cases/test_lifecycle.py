"""A complaint and a repair from the first ring to closing, and what each verb refuses."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.domain import clock
from app.domain.audit.models import AuditEntry
from app.domain.callbacks.words import Outcome
from app.domain.cases import (
    calls,
    cancelling,
    chasing,
    closing,
    costs,
    dispatch,
    judgement,
    plans,
    raising,
    reassigning,
    registration,
    resolving,
    rounds,
    satisfaction,
    visits,
)
from app.domain.cases.models import NEVER, Category, Cause, Result
from app.domain.cases.registration import Report
from app.domain.cases.words import CaseState, Payer, Responsibility, StepKind, Urgency
from app.domain.errors import Refused
from app.domain.handoffs import refusing, sending, signing
from app.domain.handoffs.words import HandoffState
from app.domain.plans.words import CaseKind, ClockKind, Function, Stage
from app.domain.projects.models import Team
from app.extensions import db
from tests.factories import a_callback, a_customer, a_project

T = clock.at(date(2026, 3, 5)) + timedelta(hours=10)


def after(minutes):
    return T + timedelta(minutes=minutes)


@pytest.fixture
def project(cast):
    customer = a_customer("王建国", branch_id=cast.east.id)
    return a_project(
        customer,
        reached={Stage.COMPLETION: date(2025, 6, 1)},
        people={Function.PM: cast.pm, Function.SITE_LEAD: cast.pm2},
    )


@pytest.fixture
def register(cast, project):
    def registered(kind=CaseKind.COMPLAINT, at=T, by=None, **facts):
        report = Report(kind=kind, customer=project.customer, **{"project": project, "content": "漏水"} | facts)
        return registration.register(report, by=by or cast.agent, at=at)

    return registered


@pytest.fixture
def verified(register, cast):
    case = register()
    calls.verify(case, Outcome.REACHED, by=cast.agent, at=after(5))
    return case


@pytest.fixture
def valid(verified, cast):
    judgement.judge(verified, is_valid=True, needs_department=True, by=cast.agent, at=after(10))
    return verified


def handed(case, cast, minutes=20, to=None):
    return sending.send(case, to or cast.pm, asked="请今天上门", by=cast.agent, at=after(minutes))


def signed(case, cast, minutes=30):
    handoff = handed(case, cast, minutes - 10)
    signing.sign(handoff, seen=handoff.sha256, typed_name="潘", by=cast.pm, at=after(minutes))
    return handoff


def visit(case, cast, minutes=60, responsibility=Responsibility.WORKMANSHIP):
    visits.visited(case, finding="闭水不合格", responsibility=responsibility, by=cast.pm, at=after(minutes))


def plan(case, cast, minutes=70, **facts):
    agreed = {"plan": "重做防水", "agreed_on": date(2026, 3, 8)} | facts
    plans.agree(case, by=cast.pm, at=after(minutes), **agreed)


def rated(case, cast, rating, minutes=4000):
    callback = a_callback(case.project, case=case, rating=rating, reached_at=after(minutes), effective=True)
    satisfaction.take(case, callback, cast.agent, after(minutes))


def list_of(cause=None):
    return db.session.scalars(select(Cause)).first(), db.session.scalars(select(Result)).first()


def fate(case, kind):
    return [row.met_at and row.met_at <= row.due_at for row in case.clocks if row.kind is kind]


def test_a_complaint_from_the_first_ring_to_closing(valid, cast):
    case = valid
    assert case.number == f"TS-{clock.day_of(T):%Y%m%d}-001"
    handoff = signed(case, cast)
    assert case.holder is cast.pm
    visit(case, cast)
    plan(case, cast)
    dispatch.start_work(case, by=cast.pm, at=after(80))
    dispatch.tell(case, Outcome.REACHED, note="明天封板", by=cast.agent, at=after(1000))
    resolving.resolve(case, done="重做防水并闭水", by=cast.pm, at=after(3000))
    assert case.state is CaseState.RESOLVED
    assert case.holder is cast.agent
    rated(case, cast, 5)
    cause, result = list_of()
    closing.close(case, cause=cause, result=result, lesson="闭水拍照", by=cast.agent, at=after(4100))
    assert (case.state, case.ended_at, case.next_due_at) == (CaseState.CLOSED, after(4100), NEVER)
    assert handoff.state is HandoffState.SIGNED
    for kind in (ClockKind.VERIFY, ClockKind.JUDGE, ClockKind.HANDOVER, ClockKind.SIGN, ClockKind.ON_SITE):
        assert fate(case, kind) == [True], kind
    assert [step.kind for step in case.steps] == [
        StepKind.RECEIVED, StepKind.VERIFIED, StepKind.JUDGED, StepKind.HANDED_OVER, StepKind.SIGNED, StepKind.VISITED,
        StepKind.PLANNED, StepKind.WORK_STARTED, StepKind.TOLD, StepKind.RESOLVED, StepKind.SATISFACTION,
        StepKind.CLOSED,
    ]  # fmt: skip
    actions = set(db.session.scalars(select(AuditEntry.action).where(AuditEntry.subject == "cases")))
    assert {
        "cases.register",
        "cases.find_valid",
        "cases.hand_over",
        "cases.sign",
        "cases.visit",
        "cases.close",
    } <= actions


def test_a_repair_with_a_team(register, cast):
    case = register(CaseKind.REPAIR)
    signed(case, cast)
    calls.contact(case, Outcome.REACHED, by=cast.pm, at=after(40))
    visit(case, cast)
    plan(case, cast)
    team = Team(name="一队")
    db.session.add(team)
    dispatch.dispatch(case, team, by=cast.engineering, at=after(80))
    dispatch.team_contacted(case, by=cast.pm, at=after(90))
    calls.check(case, Outcome.REACHED, contacted=True, by=cast.agent, at=after(100))
    dispatch.start_work(case, by=cast.pm, at=after(100))
    with pytest.raises(Refused) as refused:
        resolving.resolve(case, done="换了", by=cast.pm, at=after(200))
    assert refused.value.field == "is_confirmed"
    resolving.resolve(case, done="换了", is_confirmed=True, is_advised=True, by=cast.pm, at=after(200))
    for kind in (
        ClockKind.HANDOVER,
        ClockKind.CONTACT,
        ClockKind.SOLUTION,
        ClockKind.TEAM_CONTACT,
        ClockKind.CHECK_CALL,
    ):
        assert fate(case, kind) == [True], kind


def test_a_repair_of_the_same_kind_within_thirty_days_repeats_the_first(register, cast):
    categories = db.session.scalars(select(Category).where(Category.parent_id.is_not(None)).order_by(Category.id)).all()
    first_level = categories[0].parent
    siblings = [row for row in categories if row.parent is first_level]
    first = register(CaseKind.REPAIR, category=siblings[0])
    first.state = CaseState.IN_WORK
    resolving.resolve(first, done="换了", is_confirmed=True, is_advised=True, by=cast.pm, at=after(60))
    limit = after(60) + timedelta(days=30)
    again = register(CaseKind.REPAIR, at=limit, category=siblings[1])
    too_late = register(CaseKind.REPAIR, at=limit + timedelta(minutes=1), category=siblings[0])
    other = next(row for row in categories if row.parent is not first_level)
    elsewhere = register(CaseKind.REPAIR, at=after(100), category=other)
    assert (again.is_repeat, again.repeat_of_id) == (True, first.id)
    assert not too_late.is_repeat
    assert not elsewhere.is_repeat


def test_registering_looks_the_file_up(register, cast):
    case = register(CaseKind.REPAIR)
    assert case.in_warranty is True
    assert case.branch_id == cast.east.id
    assert case.project_manager is cast.pm
    assert case.owner is cast.agent
    assert case.next_due_at == after(120)


@pytest.mark.parametrize(("minutes", "why", "field"), [(1, "", "received_at"), (-11, "", "backdated_why")])
def test_a_receipt_in_the_future_or_long_ago_is_refused(register, minutes, why, field):
    with pytest.raises(Refused) as refused:
        register(received_at=after(minutes), backdated_why=why)
    assert refused.value.field == field


@pytest.mark.parametrize(("minutes", "why"), [(0, ""), (-10, ""), (-600, "昨晚值班记在纸上")])
def test_a_receipt_may_be_a_moment_or_with_a_reason_long_ago(register, minutes, why):
    assert register(received_at=after(minutes), backdated_why=why).received_at == after(minutes)


def test_someone_else_s_project_is_refused(register, cast):
    with pytest.raises(Refused):
        register(project=a_project())


def test_numbers_run_on_within_a_day_and_kind_and_pass_over_imported_ones(register):
    assert register().number.endswith("-001")
    taken = register()
    taken.number = taken.number[:-3] + "003"
    db.session.flush()
    assert register().number.endswith("-004")
    assert register(CaseKind.PRAISE).number == f"BY-{clock.day_of(T):%Y%m%d}-001"
    assert register(at=T + timedelta(days=1)).number == f"TS-{clock.day_of(T) + timedelta(days=1):%Y%m%d}-001"


def test_no_judgement_before_the_customer_was_called(register, cast):
    with pytest.raises(Refused, match="核实"):
        judgement.judge(register(), is_valid=True, needs_department=True, by=cast.agent, at=after(5))


def test_three_calls_in_vain_are_enough_to_judge(register, cast):
    case = register()
    for minutes in (0, 20, 40):
        calls.verify(case, Outcome.NO_ANSWER, by=cast.agent, at=after(minutes))
    judgement.judge(case, is_valid=True, needs_department=False, by=cast.agent, at=after(45))
    assert case.state is CaseState.VALID


def test_a_complaint_that_does_not_hold_needs_a_reason_and_ends_with_the_customer_s_reaction(verified, cast):
    with pytest.raises(Refused) as refused:
        judgement.judge(verified, is_valid=False, by=cast.agent, at=after(10))
    assert refused.value.field == "reason"
    judgement.judge(verified, is_valid=False, reason="合同外", by=cast.agent, at=after(10))
    with pytest.raises(Refused) as refused:
        closing.close(verified, by=cast.agent, at=after(20))
    assert refused.value.field == "note"
    closing.close(verified, note="客户理解", by=cast.agent, at=after(20))
    assert verified.state is CaseState.CLOSED


def test_a_step_is_never_before_the_one_before_it_nor_in_the_future(valid, cast):
    for happened_at in (after(9), after(21)):
        with pytest.raises(Refused) as refused:
            sending.send(valid, cast.pm, asked="上门", by=cast.agent, at=after(20), happened_at=happened_at)
        assert refused.value.field == "happened_at"
    sending.send(valid, cast.pm, asked="上门", by=cast.agent, at=after(20), happened_at=after(10))


def test_a_refused_verb_leaves_the_case_as_it_was(valid, cast):
    signed(valid, cast)
    with pytest.raises(Refused):
        visits.visited(valid, finding="裂缝", responsibility=None, by=cast.pm, at=after(60))
    assert (valid.state, valid.finding) == (CaseState.SIGNED, "")
    assert not db.session.dirty


def test_a_customer_who_pays_agrees_to_the_price_first(register, cast):
    case = register(CaseKind.REPAIR)
    signed(case, cast)
    visit(case, cast, responsibility=Responsibility.CUSTOMER)
    for facts, field in (({}, "quote"), ({"quote": Decimal(300)}, "is_quote_agreed")):
        with pytest.raises(Refused) as refused:
            plan(case, cast, **facts)
        assert refused.value.field == field
    plan(case, cast, quote=Decimal(300), is_quote_agreed=True)
    assert case.payer is Payer.CUSTOMER


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"agreed_on": None}, "agreed_on"), ({"agreed_on": date(2026, 3, 4)}, "agreed_on"), ({"plan": " "}, "plan")],
)
def test_a_plan_needs_what_and_by_when(valid, cast, facts, field):
    signed(valid, cast)
    visit(valid, cast)
    with pytest.raises(Refused) as refused:
        plan(valid, cast, **facts)
    assert refused.value.field == field


@pytest.fixture
def resolved(valid, cast):
    signed(valid, cast)
    visit(valid, cast)
    plan(valid, cast)
    resolving.resolve(valid, done="重做", by=cast.pm, at=after(3000))
    return valid


def test_a_customer_called_and_content_leaves_only_closing_to_do(resolved, cast):
    assert resolved.standing == "待回访"
    rated(resolved, cast, 4)
    assert (resolved.state, resolved.standing) == (CaseState.RESOLVED, "待办结")


def test_who_was_not_satisfied_gets_a_next_round_from_handover(resolved, cast):
    rated(resolved, cast, 2)
    assert (resolved.round, resolved.state, resolved.rating) == (2, CaseState.VALID, None)
    assert resolved.next_due_at == after(4000 + 120)
    handoff = sending.send(resolved, cast.pm, asked="再上门", by=cast.agent, at=after(4100))
    assert (handoff.round, handoff.ordinal) == (2, 1)
    assert fate(resolved, ClockKind.HANDOVER) == [True, True]


def test_a_lead_may_end_a_later_round_with_a_reason(resolved, cast):
    rated(resolved, cast, 1)
    cause, result = list_of()
    with pytest.raises(Refused, match="主管"):
        closing.close(resolved, cause=cause, result=result, lesson="无", note="已赔偿", by=cast.agent, at=after(4100))
    closing.close(resolved, cause=cause, result=result, lesson="无", note="已赔偿", by=cast.lead, at=after(4100))
    assert resolved.state is CaseState.CLOSED


def test_a_three_leaves_the_next_round_to_the_owner(resolved, cast):
    rated(resolved, cast, 3)
    assert satisfaction.is_dissatisfied(resolved)
    assert resolved.state is CaseState.RESOLVED
    rounds.reopen(resolved, reason="客户希望再修一次", by=cast.agent, at=after(4100))
    assert resolved.round == 2


def test_a_lead_may_close_without_a_satisfied_customer_with_a_reason(resolved, cast):
    cause, result = list_of()
    with pytest.raises(Refused) as refused:
        closing.close(resolved, cause=cause, result=result, lesson="无", by=cast.lead, at=after(4100))
    assert refused.value.field == "note"
    closing.close(resolved, cause=cause, result=result, lesson="无", note="多次联系不上", by=cast.lead, at=after(4100))
    assert resolved.state is CaseState.CLOSED


@pytest.mark.parametrize("missing", ["cause_id", "result_id", "lesson"])
def test_closing_asks_for_cause_result_and_lesson(resolved, cast, missing):
    rated(resolved, cast, 4)
    cause, result = list_of()
    given = {"cause": cause, "result": result, "lesson": "闭水拍照"}
    given.pop(missing.removesuffix("_id"))
    with pytest.raises(Refused) as refused:
        closing.close(resolved, by=cast.agent, at=after(4100), **given)
    assert refused.value.field == missing


def test_a_closed_case_may_be_opened_again(resolved, cast):
    rated(resolved, cast, 5)
    cause, result = list_of()
    closing.close(resolved, cause=cause, result=result, lesson="无", by=cast.agent, at=after(4100))
    rounds.reopen(resolved, reason="又漏", by=cast.agent, at=after(5000))
    assert resolved.is_open
    assert resolved.round == 2


def test_cancelling_withdraws_what_waits_for_a_signature(valid, cast):
    handoff = handed(valid, cast)
    with pytest.raises(Refused):
        cancelling.cancel(valid, reason=" ", by=cast.agent, at=after(30))
    cancelling.cancel(valid, reason="客户撤回", by=cast.agent, at=after(30))
    assert handoff.state is HandoffState.WITHDRAWN
    assert {row.released_at for row in valid.clocks if row.kind in (ClockKind.SIGN, ClockKind.ON_SITE)} == {after(30)}
    with pytest.raises(Refused):
        chasing.chase(valid, by=cast.agent, at=after(40))


def test_a_chase_is_counted_and_moves_no_deadline(valid, cast):
    before = {row.id: row.due_at for row in valid.clocks}
    for minutes in (30, 40):
        chasing.chase(valid, by=cast.agent, at=after(minutes))
    assert chasing.chases_of(valid) == 2
    assert {row.id: row.due_at for row in valid.clocks} == before
    sending.send(valid, cast.pm, asked="上门", by=cast.agent, at=after(50), happened_at=after(35))


def test_urgency_is_only_raised(valid, cast):
    raising.raise_to(valid, Urgency.SAFETY, reason="漏电", by=cast.agent, at=after(30))
    assert [row.due_at for row in valid.clocks if row.kind is ClockKind.URGENT_CONTACT] == [after(90)]
    with pytest.raises(Refused):
        raising.raise_to(valid, Urgency.URGENT, reason="好些了", by=cast.agent, at=after(40))


def test_another_owner_takes_over_what_the_first_had_in_hand(valid, cast):
    reassigning.reassign(valid, cast.lead, reason="休假", by=cast.lead, at=after(30))
    assert (valid.owner, valid.holder) == (cast.lead, cast.lead)
    with pytest.raises(Refused):
        reassigning.reassign(valid, cast.pm, reason="休假", by=cast.lead, at=after(30))


def test_costs_name_who_pays(resolved, cast):
    with pytest.raises(Refused) as refused:
        costs.record(resolved, labour=Decimal(100), material=None, payer=None, by=cast.pm, at=after(3100))
    assert refused.value.field == "payer"
    costs.record(resolved, labour=Decimal(100), material=Decimal("20.5"), payer=Payer.FIRM, by=cast.pm, at=after(3100))
    assert resolved.cost == Decimal("120.5")


def test_the_48_hour_call_has_its_time_and_tells_on_an_untrue_record(register, cast):
    case = register(CaseKind.REPAIR)
    signed(case, cast)
    with pytest.raises(Refused, match="48"):
        calls.check(case, Outcome.REACHED, contacted=True, by=cast.agent, at=after(2879))
    calls.contact(case, Outcome.REACHED, by=cast.pm, at=after(40))
    calls.check(case, Outcome.REACHED, contacted=False, by=cast.agent, at=after(2880))
    checked = next(step for step in case.steps if step.kind is StepKind.CHECKED)
    assert checked.details["untrue"] is True
    assert chasing.chases_of(case) == 1


def test_a_refused_handoff_comes_back_to_the_owner_and_restarts_nothing(valid, cast):
    handoff = handed(valid, cast)
    on_site = [row.due_at for row in valid.clocks if row.kind is ClockKind.ON_SITE]
    refusing.refuse(handoff, reason="不是我的工地", by=cast.pm, at=after(30))
    assert (valid.state, valid.holder) == (CaseState.RETURNED, cast.agent)
    second = sending.send(valid, cast.works, asked="请派人", by=cast.agent, at=after(60))
    assert second.ordinal == 2
    assert [row.due_at for row in valid.clocks if row.kind is ClockKind.ON_SITE] == on_site
    assert fate(valid, ClockKind.SIGN) == [True, None]


def test_answering_an_enquiry(register, cast):
    case = register(CaseKind.ENQUIRY)
    assert case.clocks == []
    resolving.answer(case, done="发了说明书", by=cast.agent, at=after(5))
    closing.close(case, by=cast.agent, at=after(6))
    assert case.state is CaseState.CLOSED


def test_instants_are_whole_minutes(register):
    case = register(at=datetime.fromisoformat("2026-03-05T10:00:42+08:00"))
    assert case.received_at == T
