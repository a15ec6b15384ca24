"""Stages reached, corrected, planned; the status that follows; the callbacks that come along."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.domain.audit.models import AuditEntry
from app.domain.callbacks.models import Callback
from app.domain.core import clock
from app.domain.core.errors import Refused
from app.domain.projects import records, stages, status, suspensions
from app.domain.projects.enums import ProjectStatus
from app.domain.settings import values as settings
from app.extensions import db
from tests.factories import a_project
from tests.shipped import Stage

pytestmark = pytest.mark.usefixtures("app")
TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _today(freeze):
    freeze("2026-11-21 10:00")


def ago(days):
    return TODAY - timedelta(days=days)


def reach(project, stage, day):
    return stages.reach(project, stage, day, by=None, at=clock.now())


def callbacks_of(project):
    query = select(Callback.window_first).where(Callback.project_id == project.id).order_by(Callback.id)
    return list(db.session.scalars(query))


def test_reaching_a_stage_sets_the_status_and_makes_the_callback():
    project = a_project()
    assert status.refresh(project, TODAY) is ProjectStatus.WAITING
    reach(project, Stage.KICKOFF, TODAY)
    assert (project.actual(Stage.KICKOFF), project.status) == (TODAY, ProjectStatus.BUILDING)
    assert callbacks_of(project) == [TODAY]
    assert [e.action for e in db.session.scalars(select(AuditEntry)) if e.subject == "projects"] == [
        "projects.reach_stage"
    ]


def test_a_corrected_day_keeps_both_and_moves_the_callback():
    project = a_project()
    reach(project, Stage.KICKOFF, ago(1))
    reach(project, Stage.KICKOFF, ago(2))
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "projects.reach_stage")).all()
    assert entries[-1].changes == {"开工交底.actual_on": ["2026-11-20", "2026-11-19"]}
    assert callbacks_of(project) == [ago(2)]


def test_the_same_day_again_changes_nothing():
    project = a_project()
    reach(project, Stage.KICKOFF, ago(1))
    before = len(db.session.scalars(select(AuditEntry)).all())
    reach(project, Stage.KICKOFF, ago(1))
    assert len(db.session.scalars(select(AuditEntry)).all()) == before


@pytest.mark.parametrize(("stage", "day"), [
    (Stage.KICKOFF, TODAY + timedelta(days=1)),  # future
    (Stage.KICKOFF, date(2026, 9, 30)),  # before the contract
    (Stage.MIDSTAGE, date(2026, 10, 9)),  # before the concealed works
    (Stage.KICKOFF, date(2026, 10, 11)),  # after the concealed works
])  # fmt: skip
def test_days_out_of_order_are_refused(stage, day):
    reached = {Stage.KICKOFF: date(2026, 10, 1), Stage.CONCEALED: date(2026, 10, 10)}
    project = a_project(signed_on=date(2026, 10, 1), reached=reached)
    with pytest.raises(Refused) as refusal:
        reach(project, stage, day)
    assert refusal.value.field == "actual_on"
    assert project.actual(Stage.KICKOFF) == date(2026, 10, 1)


def test_equal_days_and_an_overtaken_stage_are_allowed():
    project = a_project(signed_on=TODAY)
    reach(project, Stage.KICKOFF, TODAY)
    reach(project, Stage.COMPLETION, TODAY)
    assert project.status is ProjectStatus.WARRANTY


def test_a_plan_triggers_nothing():
    project = a_project()
    stages.plan(project, Stage.KICKOFF, TODAY + timedelta(days=9), by=None, at=clock.now())
    assert project.planned(Stage.KICKOFF) == TODAY + timedelta(days=9)
    assert callbacks_of(project) == []


def test_a_cancelled_project_reaches_nothing():
    project = a_project(reached={Stage.KICKOFF: ago(9)})
    records.cancel(project, "客户退单", by=None, at=clock.now())
    assert project.status is ProjectStatus.CANCELLED
    with pytest.raises(Refused):
        reach(project, Stage.CONCEALED, ago(1))
    with pytest.raises(Refused):
        records.cancel(project, "再来一次", by=None, at=clock.now())


def test_work_stands_still_from_day_to_day():
    project = a_project(reached={Stage.KICKOFF: ago(30)})
    row = suspensions.suspend(project, ago(5), None, "材料未到", by=None, at=clock.now())
    assert project.status is ProjectStatus.SUSPENDED
    with pytest.raises(Refused):
        suspensions.suspend(project, ago(1), TODAY, "又停", by=None, at=clock.now())
    with pytest.raises(Refused):
        suspensions.resume(row, ago(6), by=None, at=clock.now())
    suspensions.resume(row, ago(1), by=None, at=clock.now())
    assert project.status is ProjectStatus.BUILDING


def test_work_does_not_resume_past_the_day_it_stands_still_again():
    project = a_project(reached={Stage.KICKOFF: ago(30)})
    first = suspensions.suspend(project, ago(20), ago(15), "材料未到", by=None, at=clock.now())
    suspensions.suspend(project, ago(10), ago(8), "又停", by=None, at=clock.now())
    with pytest.raises(Refused) as refusal:
        suspensions.resume(first, ago(10), by=None, at=clock.now())
    assert refusal.value.field == "last_day"
    suspensions.resume(first, ago(11), by=None, at=clock.now())
    assert [row.last_day for row in project.suspensions] == [ago(11), ago(8)]


@pytest.mark.parametrize(("first", "last", "reason", "field"), [
    (TODAY, None, " ", "reason"), (TODAY, ago(1), "停电", "last_day"),
])  # fmt: skip
def test_wrong_suspensions_are_refused(first, last, reason, field):
    with pytest.raises(Refused) as refusal:
        suspensions.suspend(a_project(), first, last, reason, by=None, at=clock.now())
    assert refusal.value.field == field


@pytest.mark.parametrize(("facts", "expected"), [
    ({"reached": {Stage.COMPLETION: date(2024, 11, 21)}}, ProjectStatus.WARRANTY),
    ({"reached": {Stage.COMPLETION: date(2024, 11, 20)}}, ProjectStatus.EXPIRED),
    ({"reached": {Stage.COMPLETION: date(2024, 11, 20)}, "card_on": date(2024, 12, 1)}, ProjectStatus.WARRANTY),
    ({"reached": {Stage.COMPLETION: date(2025, 11, 20)}, "warranty_months": 12}, ProjectStatus.EXPIRED),
    ({"card_on": date(2026, 1, 1)}, ProjectStatus.WARRANTY),
    ({}, ProjectStatus.WAITING),
])  # fmt: skip
def test_the_status_follows_from_the_facts(facts, expected):
    assert status.status_of(a_project(**facts), TODAY) is expected


def test_the_day_alone_changes_what_ran_out_and_what_resumed(freeze):
    ran_out = a_project(reached={Stage.COMPLETION: ago(730 + 1)}, status=ProjectStatus.WARRANTY)
    runs = a_project(reached={Stage.COMPLETION: ago(729)}, status=ProjectStatus.WARRANTY)
    own_term = a_project(reached={Stage.COMPLETION: ago(40)}, warranty_months=1, status=ProjectStatus.WARRANTY)
    stood = a_project(reached={Stage.KICKOFF: ago(60)}, status=ProjectStatus.BUILDING)
    suspensions.suspend(stood, ago(9), TODAY, "过节", by=None, at=clock.now())
    db.session.flush()
    assert status.refresh_all(TODAY) == 2
    assert [p.status for p in (ran_out, runs, own_term)] == [
        ProjectStatus.EXPIRED, ProjectStatus.WARRANTY, ProjectStatus.EXPIRED,
    ]  # fmt: skip
    assert status.refresh_all(TODAY) == 0
    assert status.refresh_all(TODAY + timedelta(days=1)) == 1
    assert stood.status is ProjectStatus.BUILDING


def test_a_warranty_runs_out_by_the_months_that_held_on_its_first_day():
    """The firm gives five years from this autumn on; who got two years before has them still, and no more."""
    settings.change("warranty.general_months", 60, since=ago(60), by=None, at=clock.now())
    ran_out = a_project(reached={Stage.COMPLETION: ago(730 + 1)}, status=ProjectStatus.WARRANTY)
    runs = a_project(reached={Stage.COMPLETION: ago(30)}, status=ProjectStatus.WARRANTY)
    assert status.refresh_all(TODAY) == 1
    assert (ran_out.status, runs.status) == (ProjectStatus.EXPIRED, ProjectStatus.WARRANTY)
