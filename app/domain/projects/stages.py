"""The stages of a project: planned, reached, and corrected."""

from datetime import date, datetime

from app.domain.accounts.models import Person
from app.domain.audit import trail
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.core.events import publish
from app.domain.plans.enums import Stage
from app.domain.projects import audit_events, status
from app.domain.projects.events import StageReached
from app.domain.projects.models import Project, ProjectStage

ORDER = tuple(Stage)


def reach(
    project: Project, stage: Stage, day: date, *, by: Person | None, at: datetime, reason: str = ""
) -> ProjectStage:
    """The stage was reached on the firm's day `day`, and its callback is made or moves along.

    A day already kept is corrected; the audit has both. Refused in the future, before an earlier step (the contract's
    signing among them) or after a later one, and on a cancelled project.
    """
    before = project.actual(stage)
    row = keep(project, stage, day, by=by, at=at, reason=reason)
    if before != day:
        publish(StageReached(project, stage, by, at))
    return row


def keep(
    project: Project, stage: Stage, day: date, *, by: Person | None, at: datetime, reason: str = ""
) -> ProjectStage:
    """As `reach`, and makes no callback: for history that is brought in."""
    _refuse_cancelled(project)
    if day > clock.day_of(at):
        raise Refused(N_("到达日期不能在今天之后；还没到的，请填计划日期。"), field="actual_on")
    _refuse_out_of_order(project, stage, day)
    row = row_of(project, stage)
    if row.actual_on == day:
        return row
    changes = {f"{stage.value}.actual_on": [trail.plain(row.actual_on), day.isoformat()]}
    row.actual_on = day
    status.refresh(project, clock.day_of(at))
    trail.record(audit_events.REACH_STAGE, project, by=by, at=at, reason=reason, changes=changes)
    return row


def plan(project: Project, stage: Stage, day: date | None, *, by: Person | None, at: datetime) -> ProjectStage:
    """The stage is planned for the day, or for none. Plans trigger nothing."""
    _refuse_cancelled(project)
    row = row_of(project, stage)
    if row.planned_on != day:
        changes = {f"{stage.value}.planned_on": [trail.plain(row.planned_on), trail.plain(day)]}
        row.planned_on = day
        trail.record(audit_events.PLAN_STAGE, project, by=by, at=at, changes=changes)
    return row


def row_of(project: Project, stage: Stage) -> ProjectStage:
    """The project's row for the stage, made if there is none."""
    row = next((row for row in project.stages if row.stage is stage), None)
    if row is None:
        row = ProjectStage(stage=stage)
        project.stages.append(row)
    return row


def _refuse_cancelled(project: Project) -> None:
    if project.cancelled_on is not None:
        raise Refused(N_("工程已取消，不能再改节点。"))


def _refuse_out_of_order(project: Project, stage: Stage, day: date) -> None:
    place = ORDER.index(stage)
    if project.signed_on and day < project.signed_on:
        raise Refused(N_("不能早于签约日期 %(day)s。"), field="actual_on", day=project.signed_on.isoformat())
    for other in ORDER[:place]:
        if (reached := project.actual(other)) and day < reached:
            raise Refused(
                N_("不能早于%(stage)s的日期 %(day)s。"),
                field="actual_on",
                stage=other,
                day=reached.isoformat(),
            )
    for other in ORDER[place + 1 :]:
        if (reached := project.actual(other)) and day > reached:
            raise Refused(
                N_("不能晚于%(stage)s的日期 %(day)s。"),
                field="actual_on",
                stage=other,
                day=reached.isoformat(),
            )
