"""A project's status from its facts. It is kept on the row for lists, and refreshed when a fact or the day changes."""

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import selectinload

from app.domain.core.sql import months_later
from app.domain.plans.enums import StageMeaning
from app.domain.projects import warranty
from app.domain.projects.enums import ProjectStatus
from app.domain.projects.models import Project, ProjectStage, Suspension
from app.domain.settings import values
from app.extensions import db


def refresh(project: Project, today: date) -> ProjectStatus:
    """Set `project.status` to what its facts say on the firm's day `today`, and return it."""
    status = status_of(project, today)
    if project.status is not status:
        project.status = status
    return status


def refresh_all(today: date) -> int:
    """Refresh the projects whose status may change by the day alone: how many changed. Run once a day."""
    changed = 0
    for project in db.session.scalars(_may_change(today)):
        before = project.status
        changed += refresh(project, today) is not before
    return changed


def _may_change(today: date) -> Select[Project]:
    """Warranties that ran out, suspensions that began or ended."""
    stands = and_(
        Suspension.project_id == Project.id,
        Suspension.first_day <= today,
        or_(Suspension.last_day.is_(None), Suspension.last_day >= today),
    )
    resumed = and_(Project.status == ProjectStatus.SUSPENDED, ~exists().where(stands))
    began = and_(Project.status.in_((ProjectStatus.BUILDING, ProjectStatus.WAITING)), exists().where(stands))
    return (
        select(Project)
        .where(or_(resumed, began, and_(Project.status == ProjectStatus.WARRANTY, _ran_out(today))))
        .options(selectinload(Project.stages), selectinload(Project.suspensions))
    )


def _ran_out(today: date) -> ColumnElement[bool]:
    """SQL: the last day of the general warranty has passed."""
    completed_on = (
        select(ProjectStage.actual_on)
        .where(ProjectStage.project_id == Project.id, ProjectStage.meaning == StageMeaning.COMPLETION)
        .scalar_subquery()
    )
    first = func.coalesce(Project.card_on, completed_on)
    months = func.coalesce(Project.warranty_months, values.value_on("warranty.general_months", first))
    return months_later(first, months) < today


def status_of(project: Project, today: date) -> ProjectStatus:
    """Cancelled, else by completion and warranty, else suspended, else by its start.

    A project without stages, such as an appliance, is in warranty from its card's date.
    """
    started, completed = _is_past(project.started_on, today), _is_past(project.completed_on, today)
    if project.cancelled_on is not None and project.cancelled_on <= today:
        return ProjectStatus.CANCELLED
    if completed or (not started and project.card_on is not None and project.card_on <= today):
        last = warranty.general_last_day(project)
        return ProjectStatus.WARRANTY if last is None or today <= last else ProjectStatus.EXPIRED
    if is_suspended(project, today):
        return ProjectStatus.SUSPENDED
    return ProjectStatus.BUILDING if started else ProjectStatus.WAITING


def is_suspended(project: Project, day: date) -> bool:
    """Whether work stands still on the day."""
    return any(row.first_day <= day and (row.last_day is None or day <= row.last_day) for row in project.suspensions)


def _is_past(day: date | None, today: date) -> bool:
    return day is not None and day <= today
