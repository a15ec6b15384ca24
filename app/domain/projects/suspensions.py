"""Work standing still on a project, from a day to a day."""

from datetime import date, datetime

from app.domain.accounts.models import Person
from app.domain.audit import trail
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.core.text import clean
from app.domain.projects import audit_events, status
from app.domain.projects.models import Project, Suspension


def suspend(
    project: Project, first_day: date, last_day: date | None, reason: str, *, by: Person | None, at: datetime
) -> Suspension:
    """Work stands still from `first_day` to `last_day`, both included (None: until it is resumed).

    Refused without a reason, on a cancelled or completed project, and where it meets another suspension.
    """
    cleaned = clean(reason, 200, "reason")
    if not cleaned:
        raise Refused(N_("请写明停工原因。"), field="reason")
    if not may_be_suspended(project):
        raise Refused(N_("工程已竣工或取消，不能停工。"))
    if last_day is not None and last_day < first_day:
        raise Refused(N_("复工前一天不能早于停工第一天。"), field="last_day")
    if any(_meets(row, first_day, last_day) for row in project.suspensions):
        raise Refused(N_("这段时间已经登记过停工。"), field="first_day")
    row = Suspension(first_day=first_day, last_day=last_day, reason=cleaned)
    project.suspensions.append(row)
    status.refresh(project, clock.day_of(at))
    changes = {"suspension": [None, _span(row)]}
    trail.record(audit_events.SUSPEND, project, by=by, at=at, reason=cleaned, changes=changes)
    return row


def may_be_suspended(project: Project) -> bool:
    """Whether there is work that can stand still: neither completed nor cancelled."""
    return project.cancelled_on is None and project.completed_on is None


def resume(suspension: Suspension, last_day: date, *, by: Person | None, at: datetime) -> None:
    """`last_day` was the last day without work.

    Refused before the first, in the future, and where it runs into a later suspension.
    """
    project = suspension.project
    if last_day < suspension.first_day:
        raise Refused(N_("复工前一天不能早于停工第一天。"), field="last_day")
    if last_day > clock.day_of(at):
        raise Refused(N_("复工日期不能在今天之后。"), field="last_day")
    others = (row for row in project.suspensions if row is not suspension)
    if any(_meets(row, suspension.first_day, last_day) for row in others):
        raise Refused(N_("这段时间已经登记过停工。"), field="last_day")
    before = _span(suspension)
    suspension.last_day = last_day
    status.refresh(project, clock.day_of(at))
    trail.record(audit_events.RESUME, project, by=by, at=at, changes={"suspension": [before, _span(suspension)]})


def _meets(row: Suspension, first_day: date, last_day: date | None) -> bool:
    return row.first_day <= (last_day or date.max) and first_day <= (row.last_day or date.max)


def _span(row: Suspension) -> str:
    return f"{row.first_day.isoformat()}–{row.last_day.isoformat() if row.last_day else ''}"
