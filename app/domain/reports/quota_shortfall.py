"""Sites that are still short of their calls this month, by the report's own definition of the quota."""

from datetime import datetime

from sqlalchemy import Select, select, union_all

from app.domain import access
from app.domain.accounts.models import Person
from app.domain.core import clock
from app.domain.core.clock import Month
from app.domain.plans.enums import FunctionMeaning, StageMeaning
from app.domain.plans.models import Function
from app.domain.projects.enums import ProjectStatus
from app.domain.projects.models import Project, ProjectPerson, ProjectStage
from app.domain.reports.period import Period, PeriodKind
from app.domain.reports.scope import Scope
from app.domain.reports.sources import progress

ANSWERABLE = (FunctionMeaning.AGENT, FunctionMeaning.PM)


def short_of_calls(person: Person, at: datetime, *, own: bool) -> Select[int]:
    """SELECT the ids of the projects in the person's scope that had fewer effective calls this month than it asks for.

    `own`: only those whose 客服 or project manager the person is. Without the cancelled ones, which the report counts
    to the day: nobody calls there any more.
    """
    month = Month.of(clock.day_of(at))
    theirs = access.visible_projects(person).where(Project.id.in_(_worked_on(month))).with_only_columns(Project.id)
    if own:
        theirs = theirs.where(Project.id.in_(_own(person)))
    rows = progress.facts_among(Scope(Period.of(PeriodKind.MONTH, month.first), at), theirs).subquery().c
    return select(rows.id).where(rows.with_quota == 1, rows.quota_met == 0)


def _worked_on(month: Month) -> Select[int]:
    """SELECT by index the ids of all that can have a day in progress in the running month, but for cancelled ones."""
    completed = ProjectStage.meaning == StageMeaning.COMPLETION, ProjectStage.actual_on >= month.first
    found = union_all(
        select(Project.id).where(Project.status.in_((ProjectStatus.BUILDING, ProjectStatus.SUSPENDED))),
        select(ProjectStage.project_id).where(*completed),
    ).subquery()
    return select(found.c.id)


def _own(person: Person) -> Select[int]:
    return select(ProjectPerson.project_id).where(
        ProjectPerson.person_id == person.id,
        ProjectPerson.function_code.in_(select(Function.code).where(Function.meaning.in_(ANSWERABLE))),
        ProjectPerson.is_current,
    )
