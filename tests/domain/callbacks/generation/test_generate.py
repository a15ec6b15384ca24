"""What makes callbacks due, on both sides of each boundary."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.domain.accounts.roles import Role
from app.domain.callbacks.enums import CallbackState, Outcome
from app.domain.callbacks.generation import generate
from app.domain.callbacks.models import Attempt, Callback
from app.domain.core.events import publish
from app.domain.customers.enums import Channel
from app.domain.customers.models import DoNotContact
from app.domain.plans.enums import Occasion, Trigger
from app.domain.plans.models import CallbackRule
from app.domain.projects.events import ProjectCancelled, StageReached
from app.extensions import db
from tests.domain.callbacks.ticking import at, made, windows
from tests.factories import a_callback, a_case, a_person, a_project, the_plan
from tests.shipped import Function, Stage


def test_a_stage_is_asked_about_from_its_day_to_two_days_later(app):
    manager, agent = a_person(Role.PM), a_person(Role.AGENT)
    project = a_project(reached={Stage.KICKOFF: date(2026, 3, 5)}, people={Function.PM: manager, Function.AGENT: agent})
    assert generate.generate(at("2026-03-05")) == 1
    (row,) = made()
    assert (row.window_first, row.window_last) == (date(2026, 3, 5), date(2026, 3, 7))
    assert row.wanted_at == at("2026-03-08", 0)
    assert (row.made_for, row.state) == (f"p{project.id}/kickoff/kickoff", CallbackState.DUE)
    assert (row.assigned_to, row.project_manager) == (agent, manager)
    assert row.questionnaire.code == "kickoff"


def test_generating_again_makes_nothing(app):
    a_project(reached={Stage.KICKOFF: date(2026, 3, 5), Stage.CONCEALED: date(2026, 3, 20)})
    first = generate.generate(at("2026-03-21"))
    assert first > 0
    assert generate.generate(at("2026-03-21")) == 0
    assert generate.generate(at("2026-03-21", 15)) == 0
    assert generate.generate(at("2026-03-22")) == 0


def test_a_planned_day_makes_none(app):
    project = a_project(reached={Stage.KICKOFF: date(2026, 3, 5)})
    project.stages[0].planned_on, project.stages[0].actual_on = date(2026, 3, 5), None
    assert generate.generate(at("2026-03-06")) == 0


@pytest.mark.parametrize(("callbacks_from", "expected"), [("2026-03-07", 1), ("2026-03-08", 0)])
def test_windows_that_ended_before_the_project_was_entered_make_none(app, callbacks_from, expected):
    a_project(reached={Stage.KICKOFF: date(2026, 3, 5)}, callbacks_from=date.fromisoformat(callbacks_from))
    assert generate.generate(at("2026-03-10")) == expected


def test_days_off_are_caught_up_and_an_overtaken_stage_stays_due(app):
    a_project(reached={Stage.KICKOFF: date(2026, 1, 5), Stage.CONCEALED: date(2026, 2, 20)})
    generate.generate(at("2026-04-10"))
    assert [row.state for row in made(Occasion.KICKOFF) + made(Occasion.CONCEALED)] == [CallbackState.DUE] * 2


def test_without_an_agent_it_falls_to_the_pool_and_so_it_does_when_the_agent_left(app):
    gone = a_person(Role.AGENT, active=False)
    a_project(reached={Stage.KICKOFF: date(2026, 3, 5)}, people={Function.AGENT: gone})
    generate.generate(at("2026-03-05"))
    assert made()[0].assigned_to is None


def test_a_cancelled_project_is_not_called(app):
    a_project(reached={Stage.KICKOFF: date(2026, 3, 5)}, cancelled_on=date(2026, 3, 5))
    assert generate.generate(at("2026-03-16")) == 0


def test_who_is_not_to_be_called_is_skipped_with_that_reason(app):
    project = a_project(reached={Stage.KICKOFF: date(2026, 3, 1)})
    project.customer.do_not_contact.append(DoNotContact(channel=Channel.PHONE, since=at("2026-02-01")))
    generate.generate(at("2026-03-16"))
    assert {(row.state, row.state_reason) for row in made()} == {(CallbackState.SKIPPED, "客户要求不打电话")}
    before = len(made())
    generate.generate(at("2026-03-26"))
    assert len(made()) == before


def test_who_asks_not_to_be_called_later_is_skipped_from_then_on(app):
    project = a_project(reached={Stage.KICKOFF: date(2026, 3, 5)})
    generate.generate(at("2026-03-05"))
    project.customer.do_not_contact.append(DoNotContact(channel=Channel.PHONE, since=at("2026-03-05", 11)))
    generate.generate(at("2026-03-05", 10))
    assert made()[0].state is CallbackState.DUE
    generate.generate(at("2026-03-05", 12))
    assert (made()[0].state, made()[0].state_reason) == (CallbackState.SKIPPED, "客户要求不打电话")


def test_what_a_case_or_trouble_still_has_to_ask_is_asked_in_spite_of_the_wish(app):
    project = a_project()
    project.customer.do_not_contact.append(DoNotContact(channel=Channel.PHONE, since=at("2026-02-01")))
    first = a_callback(project, made_for="x/1", state=CallbackState.DONE)
    of_case = a_callback(project, made_for="case/1", case=a_case(project=project))
    second = a_callback(project, made_for="second/1", origin_id=first.id)
    by_hand = a_callback(project)
    by_dates = a_callback(project, made_for="x/2")
    generate.generate(at("2026-03-05"))
    assert [row.state for row in (of_case, second, by_hand)] == [CallbackState.DUE] * 3
    assert by_dates.state is CallbackState.SKIPPED


def test_a_lifted_wish_counts_no_more_and_messages_are_no_calls(app):
    project = a_project(reached={Stage.KICKOFF: date(2026, 3, 5)})
    project.customer.do_not_contact += [
        DoNotContact(channel=Channel.PHONE, since=at("2026-01-01"), lifted_at=at("2026-02-01")),
        DoNotContact(channel=Channel.MESSAGE, since=at("2026-01-01")),
    ]
    generate.generate(at("2026-03-05"))
    assert made()[0].state is CallbackState.DUE


@pytest.mark.parametrize("called", [False, True])
def test_a_moved_date_moves_a_callback_nobody_has_attempted(app, called):
    project = a_project(reached={Stage.KICKOFF: date(2026, 3, 5)})
    generate.generate(at("2026-03-05"))
    (row,) = made()
    if called:
        db.session.add(Attempt(callback=row, at=at("2026-03-05", 10), outcome=Outcome.NO_ANSWER))
    project.stages[0].actual_on = date(2026, 3, 3)
    publish(StageReached(project, Stage.KICKOFF, None, at("2026-03-06")))
    assert row.window_first == (date(2026, 3, 5) if called else date(2026, 3, 3))
    assert len(made()) == 1


def test_reaching_a_stage_makes_its_callback_at_once_however_long_ago(app):
    project = a_project(reached={Stage.KICKOFF: date(2026, 1, 5)})
    publish(StageReached(project, Stage.KICKOFF, None, at("2026-03-06")))
    assert windows(Occasion.KICKOFF) == [("2026-01-05", "2026-01-07")]


def test_a_cancelled_projects_open_callbacks_are_void(app):
    project = a_project(reached={Stage.KICKOFF: date(2026, 3, 5)})
    generate.generate(at("2026-03-05"))
    publish(ProjectCancelled(project, None, at("2026-03-06")))
    assert made()[0].state is CallbackState.VOID


# Several rules of one occasion


@pytest.fixture
def a_month_after(app) -> CallbackRule:
    """Besides its shipped rule the kickoff has another: asked about from the thirtieth day on."""
    rule = CallbackRule(
        plan=the_plan(),
        code="kickoff_month",
        occasion=Occasion.KICKOFF,
        trigger=Trigger.STAGE_REACHED,
        stage=Stage.KICKOFF,
        opens_after_days=30,
        questionnaire_code="kickoff",
        since=date(2000, 1, 1),
    )
    db.session.add(rule)
    return rule


def test_each_rule_of_a_stage_makes_its_own_callback_once(a_month_after):
    project = a_project(reached={Stage.KICKOFF: date(2026, 3, 5)})
    assert generate.generate(at("2026-03-05")) == 2
    assert windows(Occasion.KICKOFF) == [("2026-03-05", "2026-03-07"), ("2026-04-04", "2026-04-06")]
    names = [f"p{project.id}/kickoff/kickoff", f"p{project.id}/kickoff_month/kickoff"]
    assert [row.made_for for row in made()] == names
    assert generate.generate(at("2026-03-06")) == 0


def test_a_moved_date_moves_each_by_its_own_rule(a_month_after):
    project = a_project(reached={Stage.KICKOFF: date(2026, 3, 5)})
    generate.generate(at("2026-03-05"))
    project.stages[0].actual_on = date(2026, 3, 3)
    publish(StageReached(project, Stage.KICKOFF, None, at("2026-03-06")))
    assert windows(Occasion.KICKOFF) == [("2026-03-03", "2026-03-05"), ("2026-04-02", "2026-04-04")]


def test_a_moved_date_leaves_alone_what_a_file_brought_in(app):
    project = a_project(reached={Stage.KICKOFF: date(2026, 3, 5)})
    generate.generate(at("2026-03-05"))
    brought_in = a_callback(project, last=date(2026, 3, 7), rule=made()[0].rule)
    project.stages[0].actual_on = date(2026, 3, 3)
    publish(StageReached(project, Stage.KICKOFF, None, at("2026-03-06")))
    assert brought_in.window_last == date(2026, 3, 7)


def test_a_rules_next_version_makes_nothing_again(app):
    a_project(reached={Stage.KICKOFF: date(2026, 3, 5)})
    generate.generate(at("2026-03-05"))
    shipped = made()[0].rule
    later = {"code": shipped.code, "occasion": Occasion.CONCEALED, "since": date(2026, 3, 1)}
    kept = {"trigger": shipped.trigger, "stage": shipped.stage, "questionnaire_code": shipped.questionnaire_code}
    db.session.add(CallbackRule(plan=shipped.plan, **kept, **later))
    assert generate.generate(at("2026-03-06")) == 0


def test_two_rules_of_the_quota_make_no_more_than_the_month_is_short_of(app):
    db.session.add(
        CallbackRule(
            plan=the_plan(),
            code="on_site",
            occasion=Occasion.SERVICE,
            trigger=Trigger.QUOTA,
            questionnaire_code="progress",
            since=date(2000, 1, 1),
        )
    )
    a_project(reached={Stage.KICKOFF: date(2026, 2, 1)})
    generate.generate(at("2026-03-16"))
    in_march = [row for row in made() if row.window_last.month == 3]
    assert [row.occasion for row in in_march] == [Occasion.PROGRESS] * 2
    in_march[0].state = CallbackState.VOID
    generate.generate(at("2026-03-26"))
    assert len([row for row in made() if row.window_last.month == 3]) == 3


# Warranty


def test_warranty_runs_from_the_month_after_completion_to_the_one_in_which_the_term_ends(app):
    a_project(reached={Stage.COMPLETION: date(2026, 1, 20)}, warranty_months=3)
    generate.generate(at("2026-07-02"))
    assert windows(Occasion.WARRANTY) == [
        ("2026-02-01", "2026-02-28"),
        ("2026-03-01", "2026-03-31"),
        ("2026-04-01", "2026-04-20"),
    ]


def test_the_cards_date_and_the_firms_term_count_where_there_is_one(app):
    a_project(reached={Stage.COMPLETION: date(2024, 1, 20)}, card_on=date(2024, 1, 31))
    generate.generate(at("2026-02-10"))
    assert windows(Occasion.WARRANTY)[-1] == ("2026-01-01", "2026-01-31")


def test_warranty_is_not_made_before_its_month_nor_in_the_month_of_completion(app):
    a_project(reached={Stage.COMPLETION: date(2026, 1, 20)})
    generate.generate(at("2026-01-31", 23))
    assert made(Occasion.WARRANTY) == []
    generate.generate(at("2026-02-01", 0))
    assert windows(Occasion.WARRANTY) == [("2026-02-01", "2026-02-28")]


def test_warranty_catches_up_with_months_without_a_tick(app):
    a_project(reached={Stage.COMPLETION: date(2026, 1, 20)})
    generate.generate(at("2026-02-10"))
    generate.generate(at("2026-05-03"))
    assert [row.window_last.month for row in made(Occasion.WARRANTY)] == [2, 3, 4, 5]


def test_warranty_never_reaches_back_before_the_project_was_entered(app):
    a_project(reached={Stage.COMPLETION: date(2025, 6, 1)}, callbacks_from=date(2026, 2, 28))
    generate.generate(at("2026-03-10"))
    assert [row.window_last.month for row in made(Occasion.WARRANTY)] == [2, 3]


def test_a_project_entered_after_the_days_first_tick_is_not_forgotten(app):
    generate.generate(at("2026-03-20"))
    a_project(
        reached={Stage.COMPLETION: date(2025, 6, 1)}, callbacks_from=date(2026, 3, 20), created_at=at("2026-03-20", 11)
    )
    a_project(
        reached={Stage.KICKOFF: date(2026, 3, 2)}, callbacks_from=date(2026, 3, 20), created_at=at("2026-03-20", 11)
    )
    assert generate.generate(at("2026-03-20", 12)) == 1 + 2
    assert generate.generate(at("2026-03-20", 13)) == 0


# Quota


@given(
    days=st.lists(st.dates(date(2026, 1, 1), date(2026, 6, 30)), min_size=1, max_size=4),
    ticks=st.lists(st.dates(date(2026, 1, 1), date(2026, 8, 31)), min_size=1, max_size=6),
)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whenever_it_runs_nothing_is_made_twice(app, days, ticks):
    with db.session.begin_nested() as undone:
        a_project(reached=dict(zip(Stage, sorted(days), strict=False)))
        for tick in ticks:
            generate.generate(at(tick.isoformat()))
        total, names = db.session.execute(select(func.count(), func.count(func.distinct(Callback.made_for)))).one()
        assert total == names
        generate.generate(at(max(ticks).isoformat(), 20))
        assert db.session.scalar(select(func.count()).select_from(Callback)) == total
        undone.rollback()


def test_the_number_of_statements_does_not_grow_with_the_projects(app, queries):
    for _ in range(3):
        a_project(reached={Stage.KICKOFF: date(2026, 2, 1)})
    with queries() as few:
        generate.generate(at("2026-03-16"))
    for _ in range(30):
        a_project(reached={Stage.KICKOFF: date(2026, 2, 1), Stage.CONCEALED: date(2026, 3, 1)})
    with queries() as many:
        generate.generate(at("2026-03-26"))
    assert len(many) - len(few) < 6
