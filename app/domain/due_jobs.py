"""What `flask tick` does by the clock, one after the other, each in a transaction of its own.

Each says the name it is claimed by, what is counted, how often it is done, and what does it.
"""

from typing import Final

from app.domain.callbacks.generation import generate
from app.domain.core import clock
from app.domain.jobs.due import EVERY_TICK, DueJob
from app.domain.projects import status

DUE: Final = [
    # Callbacks by stages, warranty months and quotas; who asked not to be called is skipped.
    DueJob("callbacks.generate", "新增回访", EVERY_TICK, generate.generate),
    # Warranties that ran out, suspensions that began or ended with the day.
    DueJob("projects.status", "更新工程状态", EVERY_TICK, lambda at: status.refresh_all(clock.day_of(at))),
]
