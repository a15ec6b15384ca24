"""Calls as tests make them: a project, a questionnaire, what was answered."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from app.domain.callbacks import calls
from app.domain.callbacks.calls import CallInput, FollowUp
from app.domain.callbacks.enums import FollowKind, Outcome
from app.domain.callbacks.models import Callback, Task
from app.domain.cases.models import Case
from app.domain.core import clock
from app.domain.followup.models import DepartmentNote
from app.domain.followup.queries import follow_ups
from app.domain.plans.enums import Occasion
from app.domain.plans.models import Questionnaire
from app.extensions import db
from tests.factories import a_callback, a_customer, a_project
from tests.shipped import Function

FINE = {"in_use": "都正常", "to_repair": "no", "overall": "5"}
BAD = FINE | {"overall": "2", "overall_why": "地板响"}


def at(day: str, hour: int = 10, minute: int = 0) -> datetime:
    return clock.at(date.fromisoformat(day)) + timedelta(hours=hour, minutes=minute)


def sheet(code: str) -> Questionnaire:
    return db.session.scalars(select(Questionnaire).where(Questionnaire.code == code)).one()


def make(manager, occasion: Occasion = Occasion.WARRANTY, **facts) -> Callback:
    project = a_project(a_customer("李梅"), people={Function.PM: manager})
    return a_callback(project, occasion=occasion, questionnaire=sheet(occasion.value), **facts)


@dataclass
class Made:
    """All that came of a call, whoever made it."""

    case: Case | None
    notes: list[DepartmentNote]
    tasks: list[Task]
    second: Callback | None


def reach(callback: Callback, agent, answers, when: str = "2026-03-05", **more) -> Made:
    result = CallInput(outcome=Outcome.REACHED, answers=answers, **{"interviewee": "李梅"} | more)
    calls.save_call(callback, result, by=agent, at=at(when))
    made = follow_ups(callback)
    second = db.session.scalars(select(Callback).where(Callback.origin_id == callback.id)).one_or_none()
    return Made(next(iter(made.cases), None), made.notes, made.tasks, second)


def fail(callback: Callback, agent, when: datetime, outcome: Outcome = Outcome.NO_ANSWER) -> calls.Saved:
    return calls.save_call(callback, CallInput(outcome=outcome), by=agent, at=when)


def note(**more) -> FollowUp:
    return FollowUp(kind=FollowKind.NOTE, **more)


def complaint(**more) -> FollowUp:
    return FollowUp(kind=FollowKind.COMPLAINT, **more)
