"""Projects in progress and their quota of calls: one row a project, its figures as 0 and 1."""

from typing import Any

from sqlalchemy import Select, and_, case, func, select

from app.domain.callbacks import quota
from app.domain.callbacks.models import Callback
from app.domain.core.clock import Month
from app.domain.plans.enums import FunctionMeaning
from app.domain.plans.queries import code_of
from app.domain.projects.models import Project, ProjectPerson
from app.domain.reports.scope import Scope
from app.domain.reports.sources.callbacks import was_made
from app.domain.reports.sources.expressions import Rows, flag, materialized, text_of


def facts(scope: Scope) -> Rows:
    """Projects with at least one day in progress in the month that the period is: the quota is the month's.

    Whoever does not want to be called at the report's moment, or at the month's end when that was earlier, is out of
    the quota.
    """
    return facts_among(scope)


def facts_among(scope: Scope, among: Select[int] | None = None) -> Rows:
    """The same of those projects only whose ids `among` selects; of all without it."""
    month = Month.of(scope.period.first)
    worked = materialized(quota.in_progress(month)) if among is None else quota.in_progress(month, among).subquery()
    silent = quota.not_to_be_called(Project.customer_id, min(scope.as_of, month.ends_at))
    needed = case((silent, 0), else_=quota.needed_sql(worked.c.days, quota.numbers_of(month)))
    had = (
        select(func.count())
        .where(Callback.project_id == Project.id, was_made(Callback, scope), scope.within(Callback.reached_at))
        .scalar_subquery()
    )
    return (
        select(
            Project.id,
            text_of(Project.branch_id).label("branch"),
            text_of(manager_of(Project.id)).label("project_manager"),
            flag("in_progress", worked.c.days > 0),
            flag("with_quota", needed > 0),
            flag("quota_met", and_(needed > 0, had >= needed)),
        )
        .join(worked, worked.c.project_id == Project.id)
        .where(scope.covers(Project.branch_id))
    )


def manager_of(project_id: Any) -> Any:
    """SQL: the project manager now; a project has no other stored on its row."""
    return (
        select(ProjectPerson.person_id)
        .where(
            ProjectPerson.project_id == project_id,
            ProjectPerson.function_code == code_of(FunctionMeaning.PM),
            ProjectPerson.is_current,
        )
        .order_by(ProjectPerson.id.desc())
        .limit(1)
        .scalar_subquery()
    )
