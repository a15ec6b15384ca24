"""What makes callbacks due: a stage reached, a month in warranty, too few calls in a month, a case resolved.

Everything may run again at any time: a callback is known by its project, rule and occurrence. Nothing is made
for a window that ended before the project's `callbacks_from`.
"""

from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import exists, func, select

from app.domain.accounts.models import Person
from app.domain.audit import trail
from app.domain.callbacks import audit_events, quota
from app.domain.callbacks.enums import OPEN_STATES, CallbackState
from app.domain.callbacks.generation import candidates, stages, top_up, warranty
from app.domain.callbacks.models import Attempt, Callback
from app.domain.core import clock
from app.domain.core.clock import Month
from app.domain.core.effective import lasting
from app.domain.core.enums import N_
from app.domain.customers.enums import Channel
from app.domain.customers.models import DoNotContact
from app.domain.jobs.models import ScheduleRun
from app.domain.plans.enums import Trigger
from app.domain.plans.models import CallbackRule
from app.domain.projects.events import ProjectCancelled, StageReached
from app.domain.projects.models import Project
from app.domain.settings import values
from app.extensions import db

RECENT_DAYS: Final = 35
"""Each tick looks this far back for stages; the day's first one looks at all of them."""

LATEST: Final = "latest"


def generate(at: datetime) -> int:
    """Make every callback that is due by the instant `at`; how many were made. Running it again makes none."""
    db.session.flush()
    today = clock.day_of(at)
    is_first_of_day = _last_run(f"day/{today}") is None
    _skip_not_to_be_called(at)
    made = stages.make(at, since=None if is_first_of_day else today - timedelta(days=RECENT_DAYS))
    made += _warranty(at, is_first_of_day=is_first_of_day)
    made += _top_up(at)
    if is_first_of_day:
        _ran(f"day/{today}", at)
        _forget_old_days(today)
    _ran(LATEST, at)
    return made


def last_run() -> datetime | None:
    """When everything due was made last; None before the first time."""
    return _last_run(LATEST)


def generate_for(project: Project, at: datetime) -> int:
    """Make what one project's dates make due, without waiting for the next tick."""
    db.session.flush()
    made = stages.make(at, only=project.id)
    first = warranty.first_month(project.id)
    return made + (warranty.make(first, Month.of(clock.day_of(at)), at, only=project.id) if first else 0)


def stage_reached(event: StageReached) -> None:
    """A reached stage makes its callback; a corrected day moves it, unless somebody has called already."""
    db.session.flush()
    project, day = event.project, event.project.actual(event.stage)
    if day is None:
        return
    untouched = (
        select(Callback)
        .join(Callback.rule)
        .where(
            Callback.project_id == project.id,
            Callback.made_for.is_not(None),
            CallbackRule.trigger == Trigger.STAGE_REACHED,
            CallbackRule.stage == event.stage,
            Callback.state == CallbackState.DUE,
            ~exists().where(Attempt.callback_id == Callback.id),
        )
    )
    for callback in db.session.scalars(untouched):
        _move(callback, day, by=event.by, at=event.at)
    generate_for(project, event.at)


def project_cancelled(event: ProjectCancelled) -> None:
    """Nobody calls about a cancelled project any more: what its dates and quota made due is void."""
    db.session.flush()
    made_by_dates = select(Callback).where(
        Callback.project_id == event.project.id,
        Callback.state.in_(OPEN_STATES),
        Callback.case_id.is_(None),
        Callback.origin_id.is_(None),
    )
    for callback in db.session.scalars(made_by_dates):
        callback.state, callback.state_reason = CallbackState.VOID, N_("工程已取消")
        trail.record(audit_events.VOID, callback, by=event.by, at=event.at, changes=trail.changes_of(callback))


def _skip_not_to_be_called(at: datetime) -> None:
    """Who asked not to be called since is skipped; what a case or trouble still has to ask stays."""
    asked = select(DoNotContact.customer_id).where(
        DoNotContact.channel == Channel.PHONE, lasting(DoNotContact.since, DoNotContact.lifted_at, at)
    )
    unwanted = select(Callback).where(
        Callback.customer_id.in_(asked),
        Callback.state == CallbackState.DUE,
        Callback.case_id.is_(None),
        Callback.origin_id.is_(None),
        Callback.made_for.is_not(None),
    )
    for callback in db.session.scalars(unwanted):
        callback.state, callback.state_reason = CallbackState.SKIPPED, candidates.DO_NOT_CALL
        trail.record(audit_events.SKIP, callback, by=None, at=at, changes=trail.changes_of(callback))


def _move(callback: Callback, day: date, *, by: Person | None, at: datetime) -> None:
    rule = callback.rule
    first = day + timedelta(days=rule.opens_after_days if rule else 0)
    last = first + timedelta(days=rule.window_days if rule else 0)
    if (first, last) == (callback.window_first, callback.window_last):
        return
    callback.window_first, callback.window_last = first, last
    callback.wanted_at = candidates.wanted_at(last)
    trail.record(audit_events.MOVE, callback, by=by, at=at, changes=trail.changes_of(callback))


def _warranty(at: datetime, *, is_first_of_day: bool) -> int:
    """The day's first tick makes this month's and those of the months in which no tick ran; a later one looks only
    at projects entered since then."""
    this = Month.of(clock.day_of(at))
    if not is_first_of_day:
        since = _last_run(f"month/{this}")
        return warranty.make(this, this, at, entered_since=since) if _was_entered(since) else 0
    newest = db.session.scalar(select(func.max(ScheduleRun.name)).where(ScheduleRun.name.like("month/%")))
    first = Month.parse(newest.removeprefix("month/")).plus(-1) if newest else warranty.first_month()
    _ran(f"month/{this}", at)
    return warranty.make(first, this, at) if first else 0


def _top_up(at: datetime) -> int:
    """Each of the month's top-ups is made once, on its day or when the next tick runs; after it, only projects
    entered since then are looked at."""
    today = clock.day_of(at)
    round_ = quota.top_up_of(today, values.value("callbacks.progress_days", today))
    if not round_:
        return 0
    name = f"quota/{Month.of(today)}/{round_}"
    entered_since = _last_run(name)
    if not _was_entered(entered_since):
        return 0
    _ran(name, at)
    return top_up.make(at, entered_since=entered_since)


def _was_entered(since: datetime | None) -> bool:
    """Whether a project was entered since then: the newest one tells, so that most ticks cost next to nothing."""
    newest = db.session.scalar(select(Project.created_at).order_by(Project.id.desc()).limit(1))
    return since is None or (newest is not None and newest >= since)


def _last_run(name: str) -> datetime | None:
    run = db.session.get(ScheduleRun, name)
    return run.at if run else None


def _ran(name: str, at: datetime) -> None:
    db.session.merge(ScheduleRun(name=name, at=at))


def _forget_old_days(today: date) -> None:
    before = clock.at(today - timedelta(days=RECENT_DAYS))
    for run in db.session.scalars(select(ScheduleRun).where(ScheduleRun.name.like("day/%"), ScheduleRun.at < before)):
        db.session.delete(run)
