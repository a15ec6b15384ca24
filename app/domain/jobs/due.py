"""What is due by the clock: jobs that a timer looks at every minute, each in a transaction of its own.

Which there are is one list, app/domain/due_jobs.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import select, update

from app.domain.core.sql import insert
from app.domain.jobs.models import ScheduleRun
from app.extensions import db

NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
EVERY_TICK: Final = timedelta(0)


@dataclass(frozen=True)
class DueJob:
    """`run` does everything that is due by an instant, and may be run again at any time. It answers with how many it
    did of what `counted` says. `every`: not again before so much time has passed since it was done.
    """

    name: str
    counted: str
    every: timedelta
    run: Callable[[datetime], int]


def run(job: DueJob, at: datetime) -> int:
    """Do what is due by the instant `at`; how many, 0 where it isn't time or another process did it meanwhile.

    The caller commits.
    """
    return job.run(at) if _claim(job, at) else 0


def _claim(job: DueJob, at: datetime) -> bool:
    """Take the job for this transaction; False when another one had it since we looked.

    On PostgreSQL who comes second waits here for the first to end, and goes on only if that one was undone. On SQLite
    it waited with its whole transaction, sees what the first did, and finds nothing left to do.
    """
    name = f"due/{job.name}"
    seen = db.session.scalar(select(ScheduleRun.at).where(ScheduleRun.name == name))
    if seen is None:  # only then: an INSERT waits for whoever updates the row, and what it would read next is theirs
        db.session.execute(insert(ScheduleRun).values(name=name, at=NEVER).on_conflict_do_nothing())
        seen = NEVER
    if seen <= at < seen + job.every:  # a run in the future is of a clock that was wrong
        return False
    taken: Any = db.session.execute(
        update(ScheduleRun)
        .where(ScheduleRun.name == name, ScheduleRun.at == seen)
        .values(at=at)
        .execution_options(synchronize_session=False)
    )
    return bool(taken.rowcount == 1)
