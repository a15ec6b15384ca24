"""Saving a call: what is effective, what is trouble, who is unreachable, how a chain goes on and ends."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.domain import clock
from app.domain.accounts.roles import Role
from app.domain.callbacks import calls, decisions, schedule, seconds, trouble
from app.domain.callbacks.calls import Result
from app.domain.callbacks.models import Attempt, Callback, DepartmentNote
from app.domain.callbacks.script import callees, fill, script_of
from app.domain.callbacks.trouble import FollowUp
from app.domain.callbacks.words import CallbackState, Decision, FollowKind, Outcome, TaskKind
from app.domain.cases import registration
from app.domain.customers import phones
from app.domain.errors import Conflict, Refused
from app.domain.plans.models import Questionnaire
from app.domain.plans.words import CaseKind, Function, Occasion
from app.domain.projects import contacts
from app.extensions import db
from tests.factories import a_callback, a_customer, a_department, a_person, a_project

FINE = {"in_use": "都正常", "to_repair": "no", "overall": "5"}
BAD = FINE | {"overall": "2", "overall_why": "地板响"}


def at(day: str, hour: int = 10, minute: int = 0) -> datetime:
    return clock.at(date.fromisoformat(day)) + timedelta(hours=hour, minutes=minute)


@pytest.fixture
def agent(app, freeze):
    freeze("2026-03-05 10:00")
    return a_person(Role.AGENT, name="安宁")


@pytest.fixture
def manager(agent):
    department = a_department("工程部")
    person = a_person(Role.PM, name="潘经理", department=department)
    department.head = a_person(Role.ENGINEERING, name="殷工", department=department)
    return person


def sheet(code: str) -> Questionnaire:
    return db.session.scalars(select(Questionnaire).where(Questionnaire.code == code)).one()


def make(manager, occasion: Occasion = Occasion.WARRANTY, **facts) -> Callback:
    project = a_project(a_customer("李梅"), people={Function.PM: manager})
    return a_callback(project, occasion=occasion, questionnaire=sheet(occasion.value), **facts)


def reach(callback: Callback, agent, answers, when: str = "2026-03-05", **more) -> calls.Saved:
    result = Result(outcome=Outcome.REACHED, answers=answers, **{"interviewee": "李梅"} | more)
    return calls.save_call(callback, result, by=agent, at=at(when))


def fail(callback: Callback, agent, when: datetime, outcome: Outcome = Outcome.NO_ANSWER) -> calls.Saved:
    return calls.save_call(callback, Result(outcome=outcome), by=agent, at=when)


def note(**more) -> FollowUp:
    return FollowUp(kind=FollowKind.NOTE, **more)


def complaint(**more) -> FollowUp:
    return FollowUp(kind=FollowKind.COMPLAINT, **more)


def test_a_complete_call_is_effective_and_the_pools_callback_is_the_callers(agent, manager):
    callback = make(manager)
    reach(callback, agent, FINE)
    assert (callback.effective, callback.rating, callback.truthful, callback.needs_visit) == (True, 5, True, False)
    assert (callback.assigned_to, callback.reached_at) == (agent, at("2026-03-05"))
    assert [answer.code for answer in callback.answers] == ["in_use", "to_repair", "overall"]


def test_saving_a_done_call_again_is_a_conflict(agent, manager):
    callback = make(manager)
    reach(callback, agent, FINE)
    with pytest.raises(Conflict):
        reach(callback, agent, FINE)


@pytest.mark.parametrize("missing", FINE)
def test_without_a_required_answer_nothing_is_saved(agent, manager, missing):
    callback = make(manager)
    with pytest.raises(Refused) as refused:
        reach(callback, agent, {code: value for code, value in FINE.items() if code != missing})
    assert refused.value.field == f"q_{missing}"
    assert callback.attempts == []


@pytest.mark.parametrize(
    ("answers", "more"),
    [
        (BAD, {}),
        (BAD | {"overall": "1"}, {}),
        (FINE, {"needs_visit": True, "remarks": "再来一次"}),
        (FINE | {"to_repair": "yes", "to_repair_what": "门锁"}, {}),
    ],
)
def test_trouble_needs_a_follow_up(agent, manager, answers, more):
    callback = make(manager)
    with pytest.raises(Refused) as refused:
        reach(callback, agent, answers, **more)
    assert refused.value.field == "follow_up"
    assert reach(callback, agent, answers, follow_up=complaint(), **more).case is not None
    assert callback.is_troubled


def test_a_3_is_no_trouble(agent, manager):
    saved = reach(make(manager), agent, FINE | {"overall": "3"})
    assert (saved.case, saved.notes, saved.second) == (None, [], None)


def test_not_true_is_trouble_and_tells_the_department(agent, manager):
    callback = make(manager, Occasion.PROGRESS)
    answers = {
        "truthful": "no", "stopped_since": "一周", "told_progress": "yes",
        "site_progress": "3", "site_quality": "4", "site_tidy": "4", "overall": "3",
    }  # fmt: skip
    with pytest.raises(Refused):
        reach(callback, agent, answers)
    saved = reach(callback, agent, answers, follow_up=note())
    assert not callback.truthful
    assert {row.department for row in saved.notes} == {manager.department}


def test_what_an_answer_raises_goes_to_the_head_of_whom_it_is_about(agent, manager):
    callback = make(manager, Occasion.KICKOFF)
    answers = {
        "truthful": "yes", "all_came": "no", "pm_came": "no", "schedule_clear": "yes", "papers_complete": "yes",
        "material_arrived": "no", "overall": "4",
    }  # fmt: skip
    saved = reach(callback, agent, answers)
    (row,) = saved.notes
    assert (row.department, row.about) == (manager.department, manager)
    assert "没有到场" in row.text
    about = {answer.code: answer.about for answer in callback.answers}
    assert (about["pm_came"], about["overall"]) == (manager, None)
    assert "designer_came" not in about, "nobody is the designer, so nobody is asked about"


def test_failed_attempts_on_two_days_make_it_unreachable(agent, manager):
    callback = make(manager)
    fail(callback, agent, at("2026-03-05", 9))
    fail(callback, agent, at("2026-03-05", 12))
    fail(callback, agent, at("2026-03-05", 23, 59))
    assert callback.state is CallbackState.DUE
    fail(callback, agent, at("2026-03-06", 0))
    assert callback.state is CallbackState.UNREACHABLE


def test_two_failures_on_two_days_are_not_enough_and_a_named_time_is_no_failure(agent, manager):
    callback = make(manager)
    fail(callback, agent, at("2026-03-05", 9))
    later = Result(outcome=Outcome.LATER, later_at=at("2026-03-06", 15))
    calls.save_call(callback, later, by=agent, at=at("2026-03-05", 10))
    fail(callback, agent, at("2026-03-06", 15))
    assert callback.state is CallbackState.SCHEDULED
    fail(callback, agent, at("2026-03-06", 16))
    assert callback.state is CallbackState.UNREACHABLE


def test_another_number_counts_anew(agent, manager):
    callback = make(manager)
    for day in ("2026-03-05", "2026-03-06", "2026-03-07"):
        fail(callback, agent, at(day))
    lead = a_person(Role.LEAD)
    with pytest.raises(Refused):
        decisions.decide(callback, Decision.OTHER_NUMBER, "邻居给的", by=lead, at=at("2026-03-07", 11))
    number = phones.normalise("13911112222")
    decisions.decide(callback, Decision.OTHER_NUMBER, "邻居给的", by=lead, at=at("2026-03-07", 11), number=number)
    assert callees(callback, date(2026, 3, 7))[0].number == "13911112222"
    fail(callback, agent, at("2026-03-07", 12))
    assert callback.state is CallbackState.DUE
    with pytest.raises(Conflict):
        decisions.decide(callback, Decision.GIVE_UP, "算了", by=lead, at=at("2026-03-07", 13))


def test_completion_leaves_the_task_to_send_the_service_number(agent, manager):
    callback = make(manager, Occasion.COMPLETION)
    answers = {
        "truthful": "yes", "on_schedule": "yes", "word_kept": "yes", "work_state": "5", "service_pm": "5",
        "overall": "5", "told_monthly": "yes",
    }  # fmt: skip
    (task,) = reach(callback, agent, answers).tasks
    assert (task.kind, task.owner) == (TaskKind.SEND_SERVICE_NUMBER, agent)
    assert "李梅您好" in task.text
    assert "{" not in task.text


# Chains


def test_a_note_answered_leads_to_a_second_callback_until_4_or_5(agent, manager):
    first = make(manager)
    (row,) = reach(first, agent, BAD, follow_up=note()).notes
    trouble.answer(row, "已整改", by=manager, at=at("2026-03-06"))
    second = db.session.scalars(select(Callback).where(Callback.origin_id == first.id)).one()
    assert (second.window_first, second.window_last) == (date(2026, 3, 6), date(2026, 3, 8))
    assert (second.assigned_to_id, second.root_id, second.occasion) == (agent.id, first.id, Occasion.SECOND)
    with pytest.raises(Conflict):
        trouble.answer(row, "又改", by=manager, at=at("2026-03-06"))

    fair = reach(second, agent, {"truthful": "yes", "overall": "3"}, "2026-03-07")
    assert fair.second is not None
    assert (fair.second.window_first, fair.second.root_id) == (date(2026, 3, 8), first.id)
    assert seconds.is_open_chain(seconds.chain_of(first))

    good = reach(fair.second, agent, {"truthful": "yes", "overall": "4"}, "2026-03-08")
    assert good.second is None
    assert not seconds.is_open_chain(seconds.chain_of(first))


def test_every_note_must_be_answered_first(agent, manager):
    first = make(manager)
    (row,) = reach(first, agent, BAD, follow_up=note()).notes
    other = DepartmentNote(callback=first, department=a_department("设计部"), text="图", raised_at=at("2026-03-05"))
    db.session.add(other)
    trouble.answer(row, "好了", by=manager, at=at("2026-03-06"))
    assert db.session.scalars(select(Callback).where(Callback.origin_id == first.id)).all() == []
    trouble.answer(other, "好了", by=manager, at=at("2026-03-07"))
    assert len(db.session.scalars(select(Callback).where(Callback.origin_id == first.id)).all()) == 1


def test_a_lead_closes_a_chain_with_a_reason(agent, manager):
    first = make(manager)
    (row,) = reach(first, agent, BAD, follow_up=note()).notes
    trouble.answer(row, "已整改", by=manager, at=at("2026-03-06"))
    second = db.session.scalars(select(Callback).where(Callback.origin_id == first.id)).one()
    lead = a_person(Role.LEAD)
    with pytest.raises(Refused):
        seconds.close_chain(second, " ", by=lead, at=at("2026-03-07"))
    seconds.close_chain(second, "客户移民", by=lead, at=at("2026-03-07"))
    assert (second.state, first.chain_closed_why) == (CallbackState.VOID, "客户移民")
    with pytest.raises(Conflict):
        seconds.close_chain(first, "再来", by=lead, at=at("2026-03-07"))


def test_a_cases_satisfaction_callback_is_the_second_callback(agent, manager):
    first = make(manager)
    case = reach(first, agent, BAD, follow_up=complaint()).case
    asked = schedule.for_case(case, at("2026-03-09"), agent)
    assert schedule.for_case(case, at("2026-03-10"), agent) is asked
    db.session.flush()
    assert (asked.occasion, asked.origin, asked.root_id) == (Occasion.COMPLAINT, first, first.id)
    assert (asked.window_first, asked.window_last) == (date(2026, 3, 9), date(2026, 3, 10))
    assert (asked.assigned_to_id, asked.questionnaire.code) == (agent.id, "complaint")
    answers = {"truthful": "yes", "attitude": "4", "overall": "2", "overall_why": "还是响"}
    saved = reach(asked, agent, answers, "2026-03-10")
    assert (saved.case, saved.second) == (None, None), "the case goes into its next round by itself"


def test_an_ended_case_is_not_asked_about(agent, manager):
    project = a_project(people={Function.PM: manager})
    report = registration.Report(kind=CaseKind.REPAIR, customer=project.customer, project=project, content="漏水")
    case = registration.register(report, by=agent, at=at("2026-03-05"))
    asked = schedule.for_case(case, at("2026-03-06"), agent)
    db.session.flush()
    schedule.case_ended(case, by=agent, at=at("2026-03-06"))
    assert (asked.occasion, asked.state) == (Occasion.REPAIR, CallbackState.VOID)


# Whom to call, and what to say


def test_calls_go_to_the_contact_who_holds_today(agent, manager):
    callback = make(manager)
    since = date(2026, 3, 5)
    row = contacts.add(
        callback.project, "王芳", "太太", phones.normalise("13900001111"), by=None, at=at("2026-03-05"), since=since
    )
    assert [callee.name for callee in callees(callback, since)] == ["王芳", "李梅"]
    assert [callee.name for callee in callees(callback, since - timedelta(days=1))] == ["李梅"]
    row.until = date(2026, 3, 8)
    assert [callee.name for callee in callees(callback, date(2026, 3, 8))] == ["李梅"]


def test_the_script_names_everybody(agent, manager):
    callback = make(manager, Occasion.KICKOFF)
    script = script_of(callback, by=agent, today=date(2026, 3, 5))
    assert "请问是李梅吗" in script.opening
    assert "项目经理潘经理" in script.closing
    assert fill("{firm}{unknown}好", {"firm": "安居"}) == "安居好"


def test_every_shipped_script_has_one_overall_rating_and_branches_on_earlier_questions(app):
    for questionnaire in db.session.scalars(select(Questionnaire)):
        codes = [question.code for question in questionnaire.questions]
        assert [question.meaning for question in questionnaire.questions].count("overall") == 1
        for place, question in enumerate(questionnaire.questions):
            assert not question.shown_if or question.shown_if in codes[:place]
            assert question.raises == {} or set(question.raises) == {"on", "what", "text"}


def test_attempts_are_only_added_to(agent, manager):
    callback = make(manager)
    for minute in range(3):
        fail(callback, agent, at("2026-03-05", 10, minute), Outcome.BUSY)
    assert [row.outcome for row in db.session.scalars(select(Attempt))] == [Outcome.BUSY] * 3
