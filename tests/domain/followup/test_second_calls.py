"""Second callbacks: how a chain goes on, and how it ends."""

from datetime import date

import pytest
from sqlalchemy import select

from app.domain.accounts.roles import Role
from app.domain.callbacks.enums import CallbackState
from app.domain.callbacks.models import Callback
from app.domain.cases import closing, intake
from app.domain.cases.enums import CaseState
from app.domain.cases.events import CaseEnded
from app.domain.core.errors import Conflict, Refused
from app.domain.core.events import publish
from app.domain.followup import escalation, satisfaction_calls, second_calls
from app.domain.followup.models import DepartmentNote
from app.domain.plans.enums import CaseKind, Occasion, Trigger
from app.domain.plans.models import CallbackRule, Cause, Result
from app.extensions import db
from tests.domain.callbacks.calling import BAD, at, complaint, make, note, reach
from tests.factories import a_department, a_person, a_project
from tests.shipped import Function


def test_a_note_answered_leads_to_a_second_callback_until_4_or_5(agent, manager):
    first = make(manager)
    (row,) = reach(first, agent, BAD, follow_up=note()).notes
    escalation.answer(row, "已整改", by=manager, at=at("2026-03-06"))
    second = db.session.scalars(select(Callback).where(Callback.origin_id == first.id)).one()
    assert (second.window_first, second.window_last) == (date(2026, 3, 6), date(2026, 3, 8))
    assert (second.assigned_to_id, second.root_id, second.occasion) == (agent.id, first.id, Occasion.SECOND)
    with pytest.raises(Conflict):
        escalation.answer(row, "又改", by=manager, at=at("2026-03-06"))

    fair = reach(second, agent, {"truthful": "yes", "overall": "3"}, "2026-03-07")
    assert fair.second is not None
    assert (fair.second.window_first, fair.second.root_id) == (date(2026, 3, 8), first.id)
    assert second_calls.is_open_chain(second_calls.chain_of(first))

    good = reach(fair.second, agent, {"truthful": "yes", "overall": "4"}, "2026-03-08")
    assert good.second is None
    assert not second_calls.is_open_chain(second_calls.chain_of(first))


def test_every_note_must_be_answered_first(agent, manager):
    first = make(manager)
    (row,) = reach(first, agent, BAD, follow_up=note()).notes
    other = DepartmentNote(callback=first, department=a_department("设计部"), text="图", raised_at=at("2026-03-05"))
    db.session.add(other)
    escalation.answer(row, "好了", by=manager, at=at("2026-03-06"))
    assert db.session.scalars(select(Callback).where(Callback.origin_id == first.id)).all() == []
    escalation.answer(other, "好了", by=manager, at=at("2026-03-07"))
    assert len(db.session.scalars(select(Callback).where(Callback.origin_id == first.id)).all()) == 1


def test_a_lead_closes_a_chain_with_a_reason(agent, manager):
    first = make(manager)
    (row,) = reach(first, agent, BAD, follow_up=note()).notes
    escalation.answer(row, "已整改", by=manager, at=at("2026-03-06"))
    second = db.session.scalars(select(Callback).where(Callback.origin_id == first.id)).one()
    lead = a_person(Role.LEAD)
    with pytest.raises(Refused):
        second_calls.close_chain(second, " ", by=lead, at=at("2026-03-07"))
    second_calls.close_chain(second, "客户移民", by=lead, at=at("2026-03-07"))
    assert (second.state, first.chain_closed_why) == (CallbackState.VOID, "客户移民")
    with pytest.raises(Conflict):
        second_calls.close_chain(first, "再来", by=lead, at=at("2026-03-07"))


def test_a_case_that_ends_without_asking_leaves_the_asking_to_a_call_of_its_own(agent, manager):
    first = make(manager)
    case = reach(first, agent, BAD, follow_up=complaint()).case
    closing.cancel(case, reason="登记错了", by=agent, at=at("2026-03-06"))
    second = db.session.scalars(select(Callback).where(Callback.origin_id == first.id)).one()
    assert (second.occasion, second.window_first, second.case_id) == (Occasion.SECOND, date(2026, 3, 6), None)


def test_a_lead_who_closes_the_case_unsatisfied_ends_the_asking_too(agent, manager):
    first = make(manager)
    case = reach(first, agent, BAD, follow_up=complaint()).case
    case.state = CaseState.RESOLVED
    lead = a_person(Role.LEAD)
    cause, result = (db.session.scalars(select(kind)).first() for kind in (Cause, Result))
    closing.close(case, by=lead, at=at("2026-03-07"), cause=cause, result=result, lesson="早去", note="客户搬走了")
    assert first.chain_closed_why == "客户搬走了"
    assert db.session.scalars(select(Callback).where(Callback.origin_id == first.id)).all() == []


def test_a_cases_satisfaction_callback_is_the_second_callback(agent, manager):
    first = make(manager)
    case = reach(first, agent, BAD, follow_up=complaint()).case
    asked = satisfaction_calls.for_case(case, at("2026-03-09"), agent)
    assert satisfaction_calls.for_case(case, at("2026-03-10"), agent) is asked
    db.session.flush()
    assert (asked.occasion, asked.origin, asked.root_id) == (Occasion.COMPLAINT, first, first.id)
    assert (asked.window_first, asked.window_last) == (date(2026, 3, 9), date(2026, 3, 10))
    assert (asked.assigned_to_id, asked.questionnaire.code) == (agent.id, "complaint")
    answers = {"truthful": "yes", "attitude": "4", "overall": "2", "overall_why": "还是响"}
    saved = reach(asked, agent, answers, "2026-03-10")
    assert (saved.case, saved.second) == (None, None), "the case goes into its next round by itself"


def test_an_ended_case_is_not_asked_about(agent, manager):
    project = a_project(people={Function.PM: manager})
    report = intake.CaseIntake(kind=CaseKind.REPAIR, customer=project.customer, project=project, content="漏水")
    case = intake.register(report, by=agent, at=at("2026-03-05"))
    asked = satisfaction_calls.for_case(case, at("2026-03-06"), agent)
    db.session.flush()
    publish(CaseEnded(case, agent, at("2026-03-06")))
    assert (asked.occasion, asked.state) == (Occasion.REPAIR, CallbackState.VOID)


def later_rule(project, occasion: Occasion, trigger: Trigger, since: date) -> CallbackRule:
    """A rule of the project's plan with a window of nine days and another questionnaire."""
    rule = CallbackRule(plan=project.plan, code=occasion.value, occasion=occasion, trigger=trigger, since=since)
    rule.window_days, rule.questionnaire_code = 9, "visit"
    db.session.add(rule)
    db.session.flush()
    return rule


@pytest.mark.parametrize(("since", "last"), [("2030-01-01", "2026-03-08"), ("2026-03-06", "2026-03-15")])
def test_a_second_callback_has_the_window_of_the_rule_in_force_on_its_first_day(agent, manager, since, last):
    first = make(manager)
    later_rule(first.project, Occasion.SECOND, Trigger.TROUBLE_RESOLVED, date.fromisoformat(since))
    second = second_calls.schedule_second_call(first, date(2026, 3, 6), at("2026-03-06"))
    assert second.window_last.isoformat() == last


@pytest.mark.parametrize(("since", "last"), [("2030-01-01", "2026-03-10"), ("2026-03-09", "2026-03-18")])
def test_a_satisfaction_callback_is_made_by_the_rule_in_force_when_the_case_was_resolved(agent, manager, since, last):
    first = make(manager)
    rule = later_rule(first.project, Occasion.COMPLAINT, Trigger.CASE_RESOLVED, date.fromisoformat(since))
    case = reach(first, agent, BAD, follow_up=complaint()).case
    asked = satisfaction_calls.for_case(case, at("2026-03-09"), agent)
    assert asked.window_last.isoformat() == last
    assert (asked.rule_id == rule.id) is (last == "2026-03-18")
