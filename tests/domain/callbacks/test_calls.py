"""Saving a call: what is effective, what is trouble, who is unreachable."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.domain.accounts.roles import Role
from app.domain.callbacks import calls, decisions
from app.domain.callbacks.calls import CallInput
from app.domain.callbacks.enums import CallbackState, Decision, Outcome, TaskKind
from app.domain.callbacks.models import Attempt
from app.domain.callbacks.script import callees, fill, script_of
from app.domain.core.errors import Conflict, Refused
from app.domain.core.parsing import phones
from app.domain.plans.enums import Occasion
from app.domain.plans.models import Questionnaire
from app.domain.projects import contacts
from app.extensions import db
from tests.domain.callbacks.calling import BAD, FINE, at, complaint, fail, make, note, reach
from tests.factories import a_person


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
    assert callback.needs_followup


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
    later = CallInput(outcome=Outcome.LATER, later_at=at("2026-03-06", 15))
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
