"""A complaint and a repair on their way, and what each verb refuses."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.domain.audit.models import AuditEntry
from app.domain.callbacks.enums import Outcome
from app.domain.cases import assessment, closing, contact, site_work
from app.domain.cases.enums import CaseState, EventKind, Payer, Responsibility
from app.domain.cases.handoffs import refusing, sending
from app.domain.cases.handoffs.enums import HandoffState
from app.domain.cases.models import NEVER
from app.domain.core import clock
from app.domain.core.errors import Refused
from app.domain.plans.enums import CaseKind, DeadlineKind
from app.domain.projects.models import Team
from app.extensions import db
from tests.domain.cases.walking import T, after, fate, handed, list_of, plan, rated, signed, visit


def test_a_complaint_from_the_first_ring_to_closing(valid, cast):
    case = valid
    assert case.number == f"TS-{clock.day_of(T):%Y%m%d}-001"
    handoff = signed(case, cast)
    assert case.assignee is cast.pm
    visit(case, cast)
    plan(case, cast)
    site_work.start_work(case, by=cast.pm, at=after(80))
    contact.tell(case, Outcome.REACHED, note="明天封板", by=cast.agent, at=after(1000))
    site_work.resolve(case, done="重做防水并闭水", by=cast.pm, at=after(3000))
    assert case.state is CaseState.RESOLVED
    assert case.assignee is cast.agent
    rated(case, cast, 5)
    cause, result = list_of()
    closing.close(case, cause=cause, result=result, lesson="闭水拍照", by=cast.agent, at=after(4100))
    assert (case.state, case.ended_at, case.next_due_at) == (CaseState.CLOSED, after(4100), NEVER)
    assert handoff.state is HandoffState.SIGNED
    for kind in (
        DeadlineKind.VERIFY,
        DeadlineKind.JUDGE,
        DeadlineKind.HANDOVER,
        DeadlineKind.SIGN,
        DeadlineKind.ON_SITE,
    ):
        assert fate(case, kind) == [True], kind
    assert [event.kind for event in case.events] == [
        EventKind.RECEIVED, EventKind.VERIFIED, EventKind.JUDGED, EventKind.HANDED_OVER, EventKind.SIGNED,
        EventKind.VISITED, EventKind.PLANNED, EventKind.WORK_STARTED, EventKind.TOLD, EventKind.RESOLVED,
        EventKind.SATISFACTION, EventKind.CLOSED,
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
    contact.contact(case, Outcome.REACHED, by=cast.pm, at=after(40))
    visit(case, cast)
    plan(case, cast)
    team = Team(name="一队")
    db.session.add(team)
    site_work.dispatch(case, team, by=cast.engineering, at=after(80))
    site_work.contact_by_team(case, by=cast.pm, at=after(90))
    contact.check(case, Outcome.REACHED, contacted=True, by=cast.agent, at=after(100))
    site_work.start_work(case, by=cast.pm, at=after(100))
    with pytest.raises(Refused) as refused:
        site_work.resolve(case, done="换了", by=cast.pm, at=after(200))
    assert refused.value.field == "is_confirmed"
    site_work.resolve(case, done="换了", is_confirmed=True, is_advised=True, by=cast.pm, at=after(200))
    for kind in (
        DeadlineKind.HANDOVER,
        DeadlineKind.CONTACT,
        DeadlineKind.SOLUTION,
        DeadlineKind.TEAM_CONTACT,
        DeadlineKind.CHECK_CALL,
    ):
        assert fate(case, kind) == [True], kind


def test_no_judgement_before_the_customer_was_called(register, cast):
    with pytest.raises(Refused, match="核实"):
        assessment.judge(register(), is_valid=True, needs_department=True, by=cast.agent, at=after(5))


def test_three_calls_in_vain_are_enough_to_judge(register, cast):
    case = register()
    for minutes in (0, 20, 40):
        contact.verify(case, Outcome.NO_ANSWER, by=cast.agent, at=after(minutes))
    assessment.judge(case, is_valid=True, needs_department=False, by=cast.agent, at=after(45))
    assert case.state is CaseState.VALID


def test_a_step_is_never_before_the_one_before_it_nor_in_the_future(valid, cast):
    for happened_at in (after(9), after(21)):
        with pytest.raises(Refused) as refused:
            sending.send(valid, cast.pm, asked="上门", by=cast.agent, at=after(20), happened_at=happened_at)
        assert refused.value.field == "happened_at"
    sending.send(valid, cast.pm, asked="上门", by=cast.agent, at=after(20), happened_at=after(10))


def test_a_refused_verb_leaves_the_case_as_it_was(valid, cast):
    signed(valid, cast)
    with pytest.raises(Refused):
        site_work.visit(valid, finding="裂缝", responsibility=None, by=cast.pm, at=after(60))
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
    [
        ({"agreed_on": None}, "agreed_on"),
        ({"agreed_on": date(2026, 3, 4)}, "agreed_on"),
        ({"solution": " "}, "solution"),
    ],
)
def test_a_plan_needs_what_and_by_when(valid, cast, facts, field):
    signed(valid, cast)
    visit(valid, cast)
    with pytest.raises(Refused) as refused:
        plan(valid, cast, **facts)
    assert refused.value.field == field


def test_the_48_hour_call_has_its_time_and_tells_on_an_untrue_record(register, cast):
    case = register(CaseKind.REPAIR)
    signed(case, cast)
    with pytest.raises(Refused, match="48"):
        contact.check(case, Outcome.REACHED, contacted=True, by=cast.agent, at=after(2879))
    contact.contact(case, Outcome.REACHED, by=cast.pm, at=after(40))
    contact.check(case, Outcome.REACHED, contacted=False, by=cast.agent, at=after(2880))
    checked = next(event for event in case.events if event.kind is EventKind.CHECKED)
    assert checked.details["untrue"] is True
    assert contact.chases_of(case) == 1


def test_a_refused_handoff_comes_back_to_the_owner_and_restarts_nothing(valid, cast):
    handoff = handed(valid, cast)
    on_site = [row.due_at for row in valid.deadlines if row.kind is DeadlineKind.ON_SITE]
    refusing.refuse(handoff, reason="不是我的工地", by=cast.pm, at=after(30))
    assert (valid.state, valid.assignee) == (CaseState.RETURNED, cast.agent)
    second = sending.send(valid, cast.works, asked="请派人", by=cast.agent, at=after(60))
    assert second.ordinal == 2
    assert [row.due_at for row in valid.deadlines if row.kind is DeadlineKind.ON_SITE] == on_site
    assert fate(valid, DeadlineKind.SIGN) == [True, None]
