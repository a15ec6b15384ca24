"""A project's status from its facts. It is kept on the row for lists, and refreshed when a fact or the day changes."""

from datetime import date

from app.domain.plans.words import Stage
from app.domain.projects import warranty
from app.domain.projects.models import Project
from app.domain.projects.words import ProjectStatus


def refresh(project: Project, today: date) -> ProjectStatus:
    """Set `project.status` to what its facts say on the firm's day `today`, and return it."""
    status = status_of(project, today)
    if project.status is not status:
        project.status = status
    return status


def status_of(project: Project, today: date) -> ProjectStatus:
    """Cancelled, else by completion and warranty, else suspended, else by kickoff.

    A project without stages, such as an appliance, is in warranty from its card's date.
    """
    kicked_off, completed = _reached(project, Stage.KICKOFF, today), _reached(project, Stage.COMPLETION, today)
    if project.cancelled_on is not None and project.cancelled_on <= today:
        return ProjectStatus.CANCELLED
    if completed or (not kicked_off and project.card_on is not None and project.card_on <= today):
        last = warranty.general_last_day(project)
        return ProjectStatus.WARRANTY if last is None or today <= last else ProjectStatus.EXPIRED
    if is_suspended(project, today):
        return ProjectStatus.SUSPENDED
    return ProjectStatus.BUILDING if kicked_off else ProjectStatus.WAITING


def is_suspended(project: Project, day: date) -> bool:
    """Whether work stands still on the day."""
    return any(row.first_day <= day and (row.last_day is None or day <= row.last_day) for row in project.suspensions)


def _reached(project: Project, stage: Stage, today: date) -> bool:
    day = project.actual(stage)
    return day is not None and day <= today
