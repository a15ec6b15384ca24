"""How many calls a month needs, and the progress calls that top it up."""

from datetime import date

import pytest

from app.domain.callbacks import quota
from app.domain.callbacks.enums import CallbackState
from app.domain.callbacks.generation import generate
from app.domain.callbacks.year import year_of_calls
from app.domain.core.clock import Month
from app.domain.plans.enums import Occasion
from app.domain.projects.models import Suspension
from app.domain.settings import values
from app.extensions import db
from tests.domain.callbacks.ticking import at, made, windows
from tests.factories import a_callback, a_project
from tests.shipped import Stage


@pytest.mark.parametrize(("days", "expected"), [(0, 0), (2, 0), (3, 1), (9, 1), (10, 2), (31, 2)])
def test_how_many_a_month_needs(days, expected):
    three = {"callbacks.monthly_quota": 2, "callbacks.quota_full_from_days": 10, "callbacks.quota_one_from_days": 3}
    assert quota.needed(days, three) == expected
    assert quota.needed(days, three | {"callbacks.monthly_quota": 0}) == 0


def progress_made(on: str) -> list[tuple[str, str]]:
    generate.generate(at(on))
    return windows(Occasion.PROGRESS)


def test_a_month_is_topped_up_on_the_16th_to_the_months_end(app):
    a_project(reached={Stage.KICKOFF: date(2026, 2, 1)})
    assert progress_made("2026-03-15") == []
    assert progress_made("2026-03-16") == [("2026-03-16", "2026-03-31")] * 2


def test_if_no_tick_ran_on_the_16th_the_next_one_tops_up(app):
    a_project(reached={Stage.KICKOFF: date(2026, 2, 1)})
    assert progress_made("2026-03-19") == [("2026-03-19", "2026-03-31")] * 2


def test_effective_and_open_calls_of_the_month_are_taken_off(app):
    project = a_project(reached={Stage.KICKOFF: date(2026, 2, 1)}, created_at=at("2026-02-01"))
    a_callback(
        project,
        last=date(2026, 2, 28),
        state=CallbackState.DONE,
        effective=True,
        reached_at=at("2026-03-01", 0),
    )
    assert len(progress_made("2026-03-16")) == 1
    done = made(Occasion.PROGRESS)[0]
    done.state, done.state_reason = CallbackState.VOID, "重复"
    assert len(progress_made("2026-03-20")) == 1
    assert len(progress_made("2026-03-26")) == 2


def test_an_open_call_counts_where_its_window_ends_in_the_month(app):
    project = a_project(reached={Stage.KICKOFF: date(2026, 2, 1)})
    a_callback(project, last=date(2026, 3, 31), occasion=Occasion.CONCEALED)
    a_callback(project, last=date(2026, 4, 1), occasion=Occasion.MIDSTAGE)
    assert len(progress_made("2026-03-16")) == 1


@pytest.mark.parametrize(("kickoff", "expected"), [("2026-03-22", 2), ("2026-03-23", 1), ("2026-03-29", 1)])
def test_fewer_days_in_the_month_need_fewer_calls(app, kickoff, expected):
    """22 to 31 March are ten days; the kickoff callback covers one where its window ends in March."""
    a_project(reached={Stage.KICKOFF: date.fromisoformat(kickoff)})
    generate.generate(at("2026-03-31"))
    ends_in_march = [row for row in made() if row.window_last <= date(2026, 3, 31)]
    assert len(ends_in_march) == expected


def test_suspended_days_dont_count(app):
    project = a_project(reached={Stage.KICKOFF: date(2026, 2, 1)})
    project.suspensions.append(Suspension(first_day=date(2026, 2, 10), last_day=date(2026, 3, 28)))
    assert len(progress_made("2026-03-26")) == 1
    db.session.delete(project.suspensions[0])
    other = a_project(reached={Stage.KICKOFF: date(2026, 2, 1)})
    other.suspensions.append(Suspension(first_day=date(2026, 3, 3), last_day=None))
    db.session.flush()
    days = {row.project_id: row.days for row in db.session.execute(quota.in_progress(Month(2026, 3)))}
    assert days == {project.id: 31, other.id: 2}


def test_days_in_progress_include_kickoff_and_completion(app):
    spans = {
        a_project(reached={Stage.KICKOFF: date(2026, 3, 5), Stage.COMPLETION: date(2026, 3, 5)}).id: 1,
        a_project(reached={Stage.KICKOFF: date(2026, 2, 5), Stage.COMPLETION: date(2026, 3, 1)}).id: 1,
        a_project(reached={Stage.KICKOFF: date(2026, 3, 31)}).id: 1,
        a_project(reached={Stage.KICKOFF: date(2026, 2, 1)}, cancelled_on=date(2026, 3, 4)).id: 4,
    }
    a_project(reached={Stage.KICKOFF: date(2026, 4, 1)})
    a_project(reached={Stage.KICKOFF: date(2026, 2, 5), Stage.COMPLETION: date(2026, 2, 28)})
    assert {row.project_id: row.days for row in db.session.execute(quota.in_progress(Month(2026, 3)))} == spans


def test_each_month_of_a_projects_year_is_measured_by_the_quota_of_then(app):
    """As the report measures it: a warranty that began years ago has nothing to do with it."""
    values.change("callbacks.monthly_quota", 4, since=date(2026, 3, 20), by=None, at=at("2026-02-01"))
    project = a_project(reached={Stage.KICKOFF: date(2026, 1, 1)})
    project.card_on = date(2020, 1, 1)
    year = year_of_calls(project, [], date(2026, 4, 1))
    assert [one.needed for one in year[-4:]] == [2, 2, 4, 4]
