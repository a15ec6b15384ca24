"""How many effective callbacks a project in progress needs in a month: the one definition, in Python and in SQL."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, select, true
from sqlalchemy.orm import aliased

from app.domain.core.clock import Month
from app.domain.core.effective import lasting
from app.domain.core.orm import unindexed
from app.domain.core.sql import days_between
from app.domain.customers.enums import Channel
from app.domain.customers.models import DoNotContact
from app.domain.plans.enums import StageMeaning
from app.domain.projects.models import Project, ProjectStage, Suspension
from app.domain.settings import values as settings

SETTINGS: Final = ("callbacks.monthly_quota", "callbacks.quota_full_from_days", "callbacks.quota_one_from_days")


def numbers_of(month: Month) -> dict[str, Any]:
    """The values of SETTINGS that a month is measured by: those in force on its last day."""
    return settings.several(*SETTINGS, on=month.last)


def needed(days_in_progress: int, numbers: Mapping[str, Any]) -> int:
    """Effective callbacks needed in a month with so many days in progress.

    `numbers` holds the values of SETTINGS in force then. A quota of 0 needs none.
    """
    quota, full_from, one_from = (int(numbers[name]) for name in SETTINGS)
    if days_in_progress >= full_from:
        return quota
    return min(1, quota) if days_in_progress >= one_from else 0


def needed_sql(days_in_progress: ColumnElement[int], numbers: Mapping[str, Any]) -> ColumnElement[int]:
    """The same rule as `needed`, in SQL."""
    quota, full_from, one_from = (int(numbers[name]) for name in SETTINGS)
    return case((days_in_progress >= full_from, quota), (days_in_progress >= one_from, min(1, quota)), else_=0)


def in_progress(month: Month, among: Select[int] | None = None) -> Select[Any]:
    """SELECT project_id, days: the projects with at least one day in progress in the month.

    From the start to completion, both included; without completion to the month's end, when cancelled to that day;
    less suspended days. Suspensions of one project don't overlap. `among`: the ids to look at, if not all.
    """
    start, completion = aliased(ProjectStage), aliased(ProjectStage)
    first = _later(start.actual_on, literal(month.first))
    last = _earlier(
        _earlier(func.coalesce(completion.actual_on, month.last), literal(month.last)),
        func.coalesce(Project.cancelled_on, month.last),
    )
    began = start.meaning if among is None else unindexed(start.meaning)  # else all there ever were are gone through
    spans = (
        select(Project.id.label("project_id"), first.label("first"), last.label("last"))
        .join(start, and_(start.project_id == Project.id, began == StageMeaning.START))
        .outerjoin(completion, and_(completion.project_id == Project.id, completion.meaning == StageMeaning.COMPLETION))
        .where(start.actual_on <= month.last, first <= last)
        .where(true() if among is None else start.project_id.in_(among))
        .subquery()
    )
    off_first = _later(Suspension.first_day, spans.c.first)
    off_last = _earlier(func.coalesce(Suspension.last_day, spans.c.last), spans.c.last)
    off = select(func.sum(days_between(off_first, off_last) + 1)).where(
        Suspension.project_id == spans.c.project_id, off_first <= off_last
    )
    days = days_between(spans.c.first, spans.c.last) + 1 - func.coalesce(off.scalar_subquery(), 0)
    return select(spans.c.project_id, days.label("days")).where(days > 0)


def not_to_be_called(customer_id: Any, at: datetime) -> ColumnElement[bool]:
    """SQL: the customer asked at that moment not to be called. Such a customer is out of the quota."""
    return exists().where(
        DoNotContact.customer_id == customer_id,
        DoNotContact.channel == Channel.PHONE,
        lasting(DoNotContact.since, DoNotContact.lifted_at, at),
    )


def top_up_of(today: date, days: list[int]) -> int:
    """Which of the month's top-ups has begun by `today`: 0 none yet, 1 that of the first day, and so on."""
    return sum(today.day >= day for day in days)


def _earlier(one: Any, other: Any) -> ColumnElement[Any]:
    return case((one < other, one), else_=other)


def _later(one: Any, other: Any) -> ColumnElement[Any]:
    return case((one > other, one), else_=other)
