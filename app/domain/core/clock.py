"""The only clock of the program: now, the firm's zone, days and months.

Instants are aware and UTC; days and months are the firm's. The zone is the deployment's `TZ_NAME`,
set once by `use_zone`.
"""

import calendar
import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.core.enums import N_
from app.domain.core.errors import Refused

_zone = ZoneInfo("Asia/Shanghai")


def use_zone(name: str) -> None:
    """Set the firm's zone for this process."""
    global _zone
    _zone = ZoneInfo(name)


def zone() -> ZoneInfo:
    """The firm's zone."""
    return _zone


def now() -> datetime:
    """This instant, aware, UTC."""
    return datetime.now(UTC)


def local(at: datetime) -> datetime:
    """The instant on the firm's wall clock."""
    return at.astimezone(_zone)


def day_of(at: datetime) -> date:
    """The firm's calendar day on which the instant falls."""
    return local(at).date()


def today() -> date:
    """The firm's calendar day now."""
    return day_of(now())


def at(day: date, wall: time = time(0)) -> datetime:
    """The instant (UTC) at which the firm's wall clock shows `wall` on `day`."""
    return datetime.combine(day, wall, _zone).astimezone(UTC)


def to_minute(instant: datetime) -> datetime:
    """The instant without seconds: steps are kept to the minute."""
    return instant.replace(second=0, microsecond=0)


def utc_offsets(since: datetime, until: datetime) -> list[tuple[datetime, int]]:
    """How many seconds the firm's wall clock is ahead of UTC: spans that follow each other, each with its end."""
    spans, here = [], since
    while here < until:
        offset, ahead = _offset(here), min(here + timedelta(days=1), until)
        if _offset(ahead) != offset:
            minutes = range(int((ahead - here) / timedelta(minutes=1)))
            passed = bisect_left(minutes, True, key=lambda n: _offset(here + timedelta(minutes=n)) != offset)
            ahead = here + timedelta(minutes=passed)
            spans.append((ahead, offset))
        here = ahead
    return [*spans, (until, _offset(until))]


def _offset(instant: datetime) -> int:
    offset = local(instant).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or that month's last day where there is none."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month in the firm's zone."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """`2026-11`. Refused when it is anything else."""
        match = re.fullmatch(r"(\d{4})-(\d{2})", text)
        if not match or not 1 <= int(match[2]) <= 12 or int(match[1]) < 1970:
            raise Refused(N_("“%(text)s”不是月份，请写成 2026-11 的样子。"), field="period", text=text)
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    def plus(self, months: int) -> "Month":
        return Month.of(add_months(self.first, months))

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    @property
    def starts_at(self) -> datetime:
        """First instant of the month."""
        return at(self.first)

    @property
    def ends_at(self) -> datetime:
        """First instant after the month."""
        return at(self.last + timedelta(days=1))
