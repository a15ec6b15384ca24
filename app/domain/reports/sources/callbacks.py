"""What a period's callbacks count as: one row a callback, its figures as 0 and 1."""

from typing import Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from app.domain.callbacks import ratings
from app.domain.callbacks.enums import CallbackState
from app.domain.callbacks.models import Callback
from app.domain.core.orm import unindexed
from app.domain.reports.scope import Scope
from app.domain.reports.sources.expressions import Rows, flag, local_day, text_of

NEVER_ASKED = (CallbackState.VOID, CallbackState.SKIPPED)


def was_made(row: Any, scope: Scope) -> Any:
    """SQL: done and effective by the report."""
    return and_(unindexed(row.state) == CallbackState.DONE, row.effective.is_(True), row.reached_at <= scope.as_of)


def facts(scope: Scope) -> Rows:
    """Callbacks whose window ends in the period, and those that reached the customer in it."""
    period = scope.period
    is_due = and_(Callback.window_last.between(period.first, period.last), Callback.state.not_in(NEVER_ASKED))
    made = was_made(Callback, scope)
    said = and_(made, scope.within(Callback.reached_at))
    dissatisfied = and_(said, ratings.dissatisfied(Callback.rating))
    in_time = and_(is_due, made, local_day(Callback.reached_at, period) <= Callback.window_last)
    return select(
        Callback.id,
        text_of(Callback.occasion).label("stage"),
        text_of(func.coalesce(Callback.reached_by_id, Callback.assigned_to_id)).label("agent"),
        text_of(Callback.project_manager_id).label("project_manager"),
        text_of(Callback.branch_id).label("branch"),
        flag("due", is_due),
        flag("done", and_(is_due, made)),
        flag("timely", in_time),
        flag("effective", said),
        flag("rated", and_(said, Callback.rating.is_not(None))),
        flag("satisfied", and_(said, ratings.satisfied(Callback.rating))),
        flag("truthful", and_(said, Callback.truthful.is_(True))),
        flag("dissatisfied", dissatisfied),
        flag("solved", and_(dissatisfied, _made_good(scope))),
        *(flag(f"rated_{level}", and_(said, Callback.rating == level)) for level in (5, 4, 3, 2, 1)),
    ).where(scope.covers(Callback.branch_id), or_(is_due, said))


def _made_good(scope: Scope) -> Any:
    """SQL: a later callback of the same chain was rated 4 or 5 by the report.

    Imported times may be days only: a follow-up of the same minute is later than what it follows.
    """
    later = aliased(Callback)
    root = func.coalesce(Callback.root_id, Callback.id)
    return exists().where(
        or_(later.root_id == root, later.id == root),
        was_made(later, scope),
        ratings.satisfied(later.rating),
        or_(
            later.reached_at > Callback.reached_at,
            and_(later.reached_at == Callback.reached_at, later.origin_id == Callback.id),
        ),
    )
