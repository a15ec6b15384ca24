"""Progress calls that make up for what a month is short of, on the 16th and the 26th."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Select, and_, case, func, or_, select

from app.domain.callbacks import quota
from app.domain.callbacks.enums import OPEN_STATES, CallbackState
from app.domain.callbacks.generation import candidates
from app.domain.callbacks.generation.candidates import Candidate
from app.domain.callbacks.models import Callback
from app.domain.core import clock
from app.domain.core.clock import Month
from app.domain.core.effective import Span
from app.domain.plans.enums import Trigger
from app.domain.plans.models import CallbackRule
from app.domain.projects.models import Project
from app.extensions import db


def make(at: datetime, *, entered_since: datetime | None = None) -> int:
    """Make as many as this month still needs: of all projects, or of those entered since. How many."""
    today = clock.day_of(at)
    sheets = candidates.newest_questionnaires()
    made = 0
    for found in candidates.rules_in_force(Trigger.QUOTA):
        if found.holds_on(today):
            made += candidates.insert(_dues(found, at, entered_since, sheets), at)
    return made


def _dues(
    found: Span[CallbackRule],
    at: datetime,
    entered_since: datetime | None,
    sheets: dict[str, int],
) -> Iterator[Candidate]:
    rule, today = found.row, clock.day_of(at)
    month = Month.of(today)
    building, had = quota.in_progress(month).subquery(), calls_of(month).subquery()
    missing = quota.needed_sql(building.c.days, quota.numbers_of(month)) - func.coalesce(had.c.covered, 0)
    query = (
        candidates.project_facts(at)
        .add_columns(missing.label("missing"), func.coalesce(had.c.made, 0).label("made"))
        .join(building, building.c.project_id == Project.id)
        .outerjoin(had, had.c.project_id == Project.id)
        .where(Project.plan_id == rule.plan_id, Project.callbacks_from <= month.last, missing > 0)
    )
    if entered_since is not None:
        query = query.where(Project.created_at >= entered_since)
    for row in db.session.execute(query):
        for ordinal in range(row.made + 1, row.made + row.missing + 1):
            name = f"{month}/{ordinal}"
            yield Candidate(row, rule, sheets.get(rule.questionnaire_code), name, today, month.last)


def calls_of(month: Month) -> Select[int | None, int, int]:
    """SELECT project_id, covered, made: calls that cover the month's quota, and those made for its sake.

    Covered by effective ones of the month, by open ones whose window ends in it, and by those skipped because the
    customer is not to be called.
    """
    effective = and_(Callback.effective, Callback.reached_at >= month.starts_at, Callback.reached_at < month.ends_at)
    ends_in_it = Callback.window_last.between(month.first, month.last)
    of_quota = select(CallbackRule.id).where(CallbackRule.trigger == Trigger.QUOTA)
    is_top_up = and_(ends_in_it, Callback.rule_id.in_(of_quota), Callback.made_for.is_not(None))
    to_come = and_(ends_in_it, Callback.state.in_(OPEN_STATES))
    not_called = and_(is_top_up, Callback.state == CallbackState.SKIPPED)
    return (
        select(
            Callback.project_id,
            func.sum(case((or_(effective, to_come, not_called), 1), else_=0)).label("covered"),
            func.sum(case((is_top_up, 1), else_=0)).label("made"),
        )
        .where(Callback.project_id.is_not(None), or_(effective, ends_in_it))
        .group_by(Callback.project_id)
    )
