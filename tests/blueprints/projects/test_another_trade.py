"""A plan of another trade, made of rows alone, works as those that ship."""

from datetime import date

import pytest
from sqlalchemy import select

from app.domain.callbacks import quota
from app.domain.callbacks.generation import generate
from app.domain.callbacks.models import Callback
from app.domain.core.clock import Month
from app.domain.plans.enums import Occasion, StageMeaning, Trigger
from app.domain.plans.models import CallbackRule, PlanStage, ServicePlan
from app.domain.projects import records
from app.domain.projects.models import ProjectStage
from app.extensions import db
from tests.domain.callbacks.ticking import at
from tests.factories import a_customer, a_project, the_plan
from tests.people import login

ALWAYS = date(2000, 1, 1)


@pytest.fixture(autouse=True)
def _today(freeze):
    freeze("2026-11-21 10:00")


@pytest.fixture
def doors(app) -> ServicePlan:
    """Doors are measured, then fitted: two calls after fitting, a day and a month later."""
    plan = ServicePlan(code="doors", name="木门安装")
    plan.stages = [
        PlanStage(code="measured", name="上门量尺", position=1, meaning=StageMeaning.START),
        PlanStage(code="fitted", name="安装完毕", position=2, meaning=StageMeaning.COMPLETION),
    ]
    plan.callback_rules = [
        CallbackRule(
            code=code,
            occasion=Occasion.INSTALLATION,
            trigger=Trigger.STAGE_REACHED,
            stage="fitted",
            opens_after_days=days,
            questionnaire_code="installation",
            since=ALWAYS,
        )
        for code, days in (("day_after", 1), ("month_after", 30))
    ]
    db.session.add(plan)
    db.session.flush()
    return plan


@pytest.fixture
def project(cast, doors):
    return a_project(a_customer(branch=cast.east), branch=cast.east, plan=doors)


def reach(client, project, stage, day):
    return client.post(f"/projects/{project.id}/stages", data={"stage": stage, "actual_on": day})


def test_its_stages_are_reached_on_its_page_under_their_own_names(cast, client, project):
    pm = login(client, cast.lead)
    page = pm.get(f"/projects/{project.id}").text
    assert page.count("上门量尺") == page.count("安装完毕") == 2
    assert "隐蔽验收" not in page
    assert reach(pm, project, "kickoff", "2026-11-01").status_code == 422
    assert reach(pm, project, "measured", "2026-11-05").status_code == 302
    assert "不能早于上门量尺的日期 2026-11-05" in reach(pm, project, "fitted", "2026-11-04").text
    assert reach(pm, project, "fitted", "2026-11-20").status_code == 302
    reach(pm, project, "measured", "2026-11-06")
    assert "上门量尺" in pm.get(f"/projects/{project.id}").text


def test_both_calls_after_fitting_are_made_and_its_months_count(cast, client, project):
    pm = login(client, cast.lead)
    reach(pm, project, "measured", "2026-11-05")
    reach(pm, project, "fitted", "2026-11-20")
    rows = db.session.scalars(select(Callback).order_by(Callback.window_last)).unique().all()
    assert [(row.made_for, row.window_first) for row in rows] == [
        (f"p{project.id}/day_after/fitted", date(2026, 11, 21)),
        (f"p{project.id}/month_after/fitted", date(2026, 12, 20)),
    ]
    days = {row.project_id: row.days for row in db.session.execute(quota.in_progress(Month(2026, 11)))}
    assert days == {project.id: 16}
    assert generate.generate(at("2026-11-22")) == 0


def test_days_of_a_project_mean_what_the_plan_it_is_given_says_of_them(project, doors):
    plan = the_plan()
    plan.stages.append(PlanStage(code="measured", name="量房", position=0))
    db.session.flush()
    measured = ProjectStage(stage="measured", meaning=StageMeaning.START, actual_on=date(2026, 11, 5))
    project.stages.append(measured)
    assert project.started_on == date(2026, 11, 5)
    records.edit(project, by=None, at=at("2026-11-21"), plan_id=plan.id)
    assert project.started_on is None
    records.edit(project, by=None, at=at("2026-11-21"), plan_id=doors.id)
    assert project.started_on == date(2026, 11, 5)
