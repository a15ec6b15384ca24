"""The stages of a project: planned, reached, and corrected."""

from datetime import date, datetime

from app.domain.accounts.models import Person
from app.domain.audit import trail
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.core.events import publish
from app.domain.plans.models import PlanStage, ServicePlan
from app.domain.projects import audit_events, status
from app.domain.projects.events import StageReached
from app.domain.projects.models import Project, ProjectStage


def reach(
    project: Project, stage: str, day: date, *, by: Person | None, at: datetime, reason: str = ""
) -> ProjectStage:
    """The stage (its code) was reached on the firm's day `day`, and its callbacks are made or move along.

    A day already kept is corrected; the audit has both. Refused in the future, before an earlier step (the contract's
    signing among them) or after a later one, on a cancelled project, and for a stage that the plan doesn't have.
    """
    before = project.actual(stage)
    row = keep(project, stage, day, by=by, at=at, reason=reason)
    if before != day:
        publish(StageReached(project, stage, by, at))
    return row


def keep(project: Project, stage: str, day: date, *, by: Person | None, at: datetime, reason: str = "") -> ProjectStage:
    """As `reach`, and makes no callback: for history that is brought in."""
    _refuse_cancelled(project)
    if day > clock.day_of(at):
        raise Refused(N_("到达日期不能在今天之后；还没到的，请填计划日期。"), field="actual_on")
    known = of_plan(project, stage)
    _refuse_out_of_order(project, known, day)
    row = row_of(project, stage)
    if row.actual_on == day:
        return row
    changes = {f"{known.name}.actual_on": [trail.plain(row.actual_on), day.isoformat()]}
    row.actual_on = day
    status.refresh(project, clock.day_of(at))
    trail.record(audit_events.REACH_STAGE, project, by=by, at=at, reason=reason, changes=changes)
    return row


def plan(project: Project, stage: str, day: date | None, *, by: Person | None, at: datetime) -> ProjectStage:
    """The stage is planned for the day, or for none. Plans trigger nothing."""
    _refuse_cancelled(project)
    known = of_plan(project, stage)
    row = row_of(project, stage)
    if row.planned_on != day:
        changes = {f"{known.name}.planned_on": [trail.plain(row.planned_on), trail.plain(day)]}
        row.planned_on = day
        trail.record(audit_events.PLAN_STAGE, project, by=by, at=at, changes=changes)
    return row


def plan_start(project: Project, day: date, *, by: Person | None, at: datetime) -> ProjectStage:
    """Work is to begin on the day. Refused where the project's plan has no stage for it."""
    start = project.plan.start
    if start is None:
        raise Refused(N_("“%(plan)s”没有开工节点，不能填计划开工日期。"), field="kickoff_on", plan=project.plan.name)
    return plan(project, start.code, day, by=by, at=at)


def row_of(project: Project, stage: str) -> ProjectStage:
    """The project's row for the stage, made if there is none."""
    row = next((row for row in project.stages if row.stage == stage), None)
    if row is None:
        row = ProjectStage(stage=stage, meaning=of_plan(project, stage).meaning)
        project.stages.append(row)
    return row


def of_plan(project: Project, stage: str) -> PlanStage:
    """What the project's plan says of the stage with the code. Refused where the plan doesn't have it."""
    found = project.plan.stage(stage)
    if found is None:
        raise Refused(N_("“%(plan)s”没有这个节点。"), field="stage", plan=project.plan.name)
    return found


def follow_plan(project: Project, plan: ServicePlan) -> None:
    """The days that the project has mean what the plan says of stages with these codes: it takes over the plan."""
    for row in project.stages:
        known = plan.stage(row.stage)
        row.meaning = known.meaning if known else None


def _refuse_cancelled(project: Project) -> None:
    if project.cancelled_on is not None:
        raise Refused(N_("工程已取消，不能再改节点。"))


def _refuse_out_of_order(project: Project, stage: PlanStage, day: date) -> None:
    if project.signed_on and day < project.signed_on:
        raise Refused(N_("不能早于签约日期 %(day)s。"), field="actual_on", day=project.signed_on.isoformat())
    for other in project.plan.stages:
        reached = project.actual(other.code)
        if reached is None or other is stage:
            continue
        if other.position < stage.position and day < reached:
            message = N_("不能早于%(stage)s的日期 %(day)s。")
        elif other.position > stage.position and day > reached:
            message = N_("不能晚于%(stage)s的日期 %(day)s。")
        else:
            continue
        raise Refused(message, field="actual_on", stage=other, day=reached.isoformat())
