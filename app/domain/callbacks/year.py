"""A project's year of calls: how many were effective in each month, and how many were promised."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.callbacks.quota import needed, numbers_of
from app.domain.core import clock
from app.domain.core.clock import Month
from app.domain.projects.models import Project


@dataclass(frozen=True)
class MonthOfCalls:
    """Effective calls of one month and what the quota asked for."""

    month: Month
    done: int
    needed: int

    @property
    def is_enough(self) -> bool | None:
        """Whether the promise was kept; None in a month that asked for nothing and had nothing."""
        return self.done >= self.needed if self.done or self.needed else None


def year_of_calls(project: Project, reached: Iterable[datetime], today: date) -> list[MonthOfCalls]:
    """The twelve months up to today's, each by the quota in force on its last day. `reached`: when calls were
    effective."""
    counts: dict[Month, int] = {}
    for instant in reached:
        month = Month.of(clock.day_of(instant))
        counts[month] = counts.get(month, 0) + 1
    this = Month.of(today)
    months = [this.plus(-back) for back in range(11, -1, -1)]
    return [
        MonthOfCalls(month, counts.get(month, 0), needed(days_in_progress(project, month), numbers_of(month)))
        for month in months
    ]


def days_in_progress(project: Project, month: Month) -> int:
    """Days of the month from start to completion, both included, less suspended ones; when cancelled to that day."""
    start = project.started_on
    if start is None:
        return 0
    first = max(start, month.first)
    last = min(project.completed_on or month.last, project.cancelled_on or month.last, month.last)
    off = sum(_days(max(row.first_day, first), min(row.last_day or last, last)) for row in project.suspensions)
    return max(0, _days(first, last) - off)


def _days(first: date, last: date) -> int:
    return max(0, (last - first).days + 1)
