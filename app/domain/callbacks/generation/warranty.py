"""One callback a calendar month in warranty: from the month after completion to that in which the term ends."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import extract, func, select

from app.domain.callbacks.generation import candidates
from app.domain.callbacks.generation.candidates import Candidate
from app.domain.core import clock
from app.domain.core.clock import Month
from app.domain.core.effective import Span
from app.domain.plans.enums import StageMeaning, Trigger
from app.domain.plans.models import CallbackRule
from app.domain.projects.models import Project, ProjectStage
from app.domain.settings import values
from app.extensions import db

MONTHS = "warranty.general_months"


def make(
    first: Month, last: Month, at: datetime, *, only: int | None = None, entered_since: datetime | None = None
) -> int:
    """Make those of the months from `first` to `last`: of all projects, of one, or of those entered since."""
    sheets = candidates.newest_questionnaires()
    made = 0
    for found in candidates.rules_in_force(Trigger.MONTHLY_IN_WARRANTY):
        month = first
        while month <= last:
            if found.holds_on(month.first):
                made += candidates.insert(_dues(found, month, at, only, entered_since, sheets), at)
            month = month.plus(1)
    return made


def first_month(only: int | None = None) -> Month | None:
    """The earliest month in which a callback can be missing; None where nothing was completed."""
    query = (
        select(func.min(Project.callbacks_from), func.min(ProjectStage.actual_on))
        .join(ProjectStage, ProjectStage.project_id == Project.id)
        .where(ProjectStage.meaning == StageMeaning.COMPLETION, ProjectStage.actual_on.is_not(None))
        .where(Project.cancelled_on.is_(None))
    )
    if only is not None:
        query = query.where(Project.id == only)
    callbacks_from, completed = db.session.execute(query).one()
    return Month.of(max(callbacks_from, completed)) if completed else None


def _dues(
    found: Span[CallbackRule],
    month: Month,
    at: datetime,
    only: int | None,
    entered_since: datetime | None,
    sheets: dict[str, int],
) -> Iterator[Candidate]:
    rule = found.row
    term_first = func.coalesce(Project.card_on, ProjectStage.actual_on)
    months = func.coalesce(Project.warranty_months, values.value_on(MONTHS, term_first))
    last_month = extract("year", term_first) * 12 + extract("month", term_first) + months
    query = (
        candidates.project_facts(at, only)
        .add_columns(term_first.label("term_first"), months.label("months"))
        .join(ProjectStage, ProjectStage.project_id == Project.id)
        .where(
            ProjectStage.meaning == StageMeaning.COMPLETION,
            Project.plan_id == rule.plan_id,
            ProjectStage.actual_on < month.first,
            Project.callbacks_from <= month.last,
            last_month >= month.year * 12 + month.number,
            candidates.not_made(rule, str(month)),
        )
    )
    if entered_since is not None:
        query = query.where(Project.created_at >= entered_since)
    for row in db.session.execute(query):
        last = min(month.last, clock.add_months(row.term_first, int(row.months)))
        if last >= row.callbacks_from:
            yield Candidate(row, rule, sheets.get(rule.questionnaire_code), str(month), month.first, last)
