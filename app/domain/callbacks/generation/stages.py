"""Callbacks from stages: a window from the actual day on. A planned day makes none."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import and_

from app.domain.callbacks.generation import candidates
from app.domain.callbacks.generation.candidates import Candidate
from app.domain.core import clock
from app.domain.core.effective import Span
from app.domain.core.sql import days_between
from app.domain.plans.enums import Trigger
from app.domain.plans.models import CallbackRule
from app.domain.projects.models import Project, ProjectStage
from app.extensions import db


def make(at: datetime, *, since: date | None = None, only: int | None = None) -> int:
    """Make those of all stages reached, or of those reached since a day, or of one project. How many."""
    sheets = candidates.newest_questionnaires()
    rules = candidates.rules_in_force(Trigger.STAGE_REACHED)
    return candidates.insert((due for found in rules for due in _dues(found, at, since, only, sheets)), at)


def _dues(
    found: Span[CallbackRule], at: datetime, since: date | None, only: int | None, sheets: dict[str, int]
) -> Iterator[Candidate]:
    rule = found.row
    if rule.stage is None:
        return
    reached = ProjectStage.actual_on
    query = (
        candidates.project_facts(at, only)
        .add_columns(reached)
        .join(ProjectStage, and_(ProjectStage.project_id == Project.id, ProjectStage.stage == rule.stage))
        .where(
            Project.plan_id == rule.plan_id,
            found.holds_on(reached),
            reached >= (since or found.first),
            reached <= clock.day_of(at),
            days_between(reached, Project.callbacks_from) <= rule.opens_after_days + rule.window_days,
            candidates.not_made(rule, rule.stage),
        )
    )
    for row in db.session.execute(query):
        first = row.actual_on + timedelta(days=rule.opens_after_days)
        last = first + timedelta(days=rule.window_days)
        yield Candidate(row, rule, sheets.get(rule.questionnaire_code), rule.stage, first, last)
