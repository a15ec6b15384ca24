"""What a report counts over: a day, an ISO week, a month, a year, or the days from one to another.

A period is days of the firm's calendar, both ends included, and is written one way: in addresses, in JSON, in names
of files.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from app.domain.core import clock
from app.domain.core.clock import Month, add_months
from app.domain.core.enums import N_, LabelledEnum
from app.domain.core.errors import Refused

FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(9998, 12, 31)
MOST_DAYS: Final = 3660
ONE_DAY: Final = timedelta(days=1)


class PeriodKind(LabelledEnum):
    """日、周、月、年、起止日期."""

    DAY = "day", N_("日")
    WEEK = "week", N_("周")
    MONTH = "month", N_("月")
    YEAR = "year", N_("年")
    RANGE = "range", N_("起止日期")


EXAMPLES: Final = {
    PeriodKind.DAY: "2026-11-21",
    PeriodKind.WEEK: "2026-W47",
    PeriodKind.MONTH: "2026-11",
    PeriodKind.YEAR: "2026",
    PeriodKind.RANGE: "2026-11-01..2026-11-15",
}
"""How each kind is written."""

_WRITTEN: Final[dict[PeriodKind, tuple[str, Callable[..., date]]]] = {
    PeriodKind.DAY: (r"(\d{4})-(\d{2})-(\d{2})", date),
    PeriodKind.WEEK: (r"(\d{4})-W(\d{2})", lambda year, week: date.fromisocalendar(year, week, 1)),
    PeriodKind.MONTH: (r"(\d{4})-(\d{2})", lambda year, month: date(year, month, 1)),
    PeriodKind.YEAR: (r"(\d{4})", lambda year: date(year, 1, 1)),
}


@dataclass(frozen=True)
class Period:
    """Make one with `parse`, `of` or `between`."""

    kind: PeriodKind
    first: date
    last: date

    @classmethod
    def of(cls, kind: PeriodKind, day: date) -> "Period":
        """The day, week, month or year that the day lies in; as a range, the day alone."""
        match kind:
            case PeriodKind.WEEK:
                monday = day - timedelta(days=day.weekday())
                return cls(kind, monday, monday + timedelta(days=6))
            case PeriodKind.MONTH:
                return cls(kind, Month.of(day).first, Month.of(day).last)
            case PeriodKind.YEAR:
                return cls(kind, date(day.year, 1, 1), date(day.year, 12, 31))
        return cls(kind, day, day)

    @classmethod
    def between(cls, first: date, last: date) -> "Period":
        """The days from the first to the last. Refused when they stand the wrong way round or too far apart."""
        if first > last:
            raise Refused(N_("起止日期写反了：%(first)s 在 %(last)s 之后。"), field="period", first=first, last=last)
        if (last - first).days >= MOST_DAYS:
            raise Refused(N_("起止日期相隔不能超过十年。"), field="period")
        return cls(PeriodKind.RANGE, first, last)

    @classmethod
    def parse(cls, text: str, offered: Collection[PeriodKind] = tuple(PeriodKind)) -> "Period":
        """As EXAMPLES are written. Refused when it is no period, or none of a kind that is offered."""
        period = _read(text)
        examples = " / ".join(EXAMPLES[kind] for kind in PeriodKind if kind in offered)
        if period is None or not FIRST_DAY <= period.last <= LAST_DAY:
            raise Refused(
                N_("“%(text)s”不是期间，请写成 %(examples)s 的样子。"), field="period", text=text, examples=examples
            )
        if period.kind not in offered:
            raise Refused(
                N_("这份报表没有“%(text)s”这样的期间（%(kind)s），请写成 %(examples)s 的样子。"),
                field="period", text=text, kind=period.kind, examples=examples,
            )  # fmt: skip
        return period

    def __str__(self) -> str:
        match self.kind:
            case PeriodKind.WEEK:
                year, week, _ = self.first.isocalendar()
                return f"{year:04d}-W{week:02d}"
            case PeriodKind.MONTH:
                return f"{self.first:%Y-%m}"
            case PeriodKind.YEAR:
                return f"{self.first:%Y}"
            case PeriodKind.RANGE:
                return f"{self.first}..{self.last}"
        return str(self.first)

    def label(self, say: Callable[[str], str] = str) -> str:
        """As a page and a sheet of paper name it."""
        match self.kind:
            case PeriodKind.WEEK:
                year, week, _ = self.first.isocalendar()
                days = {"first": f"{self.first:%m-%d}", "last": f"{self.last:%m-%d}"}
                return say(N_("%(year)s 年第 %(week)s 周（%(first)s 至 %(last)s）")) % {
                    "year": year,
                    "week": week,
                    **days,
                }
            case PeriodKind.YEAR:
                return say(N_("%(year)s 年")) % {"year": self.first.year}
            case PeriodKind.RANGE:
                return say(N_("%(first)s 至 %(last)s")) % {"first": self.first, "last": self.last}
        return str(self)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def days(self) -> int:
        """How many there are."""
        return (self.last - self.first).days + 1

    @property
    def starts_at(self) -> datetime:
        """Its first instant."""
        return clock.at(self.first)

    @property
    def ends_at(self) -> datetime:
        """The first instant after it."""
        return clock.at(self.last + ONE_DAY)

    @property
    def settings_day(self) -> date:
        """The day whose settings hold for the whole of it: its last."""
        return self.last

    def moved(self, steps: int) -> "Period":
        """The one so many steps later, as long as this one: whole months stay whole months."""
        if months := self._whole_months():
            return self._by_months(months * steps)
        by = timedelta(days=self.days * steps)
        return Period(self.kind, self.first + by, self.last + by)

    def a_year_earlier(self) -> "Period":
        """The same days of the year before; a week's is that of the same number, or the year's last."""
        if self.kind is not PeriodKind.WEEK:
            return self._by_months(-12)
        year, week, _ = self.first.isocalendar()
        last = date(year - 1, 12, 28).isocalendar().week  # the 28th is always in the year's last week
        return Period.of(PeriodKind.WEEK, date.fromisocalendar(year - 1, min(week, last), 1))

    def _whole_months(self) -> int:
        """How many months it is made of; 0 when it begins or ends within one."""
        after = self.last + ONE_DAY
        if self.first.day != 1 or after.day != 1:
            return 0
        return (after.year - self.first.year) * 12 + after.month - self.first.month

    def _by_months(self, months: int) -> "Period":
        first = add_months(self.first, months)
        if self._whole_months():
            return Period(self.kind, first, add_months(self.last + ONE_DAY, months) - ONE_DAY)
        return Period(self.kind, first, add_months(self.last, months))


def _read(text: str) -> Period | None:
    """None when it is no period. Refused when it is a range that can't be."""
    if ".." in text:
        days = [_day(PeriodKind.DAY, part) for part in text.split("..", 1)]
        return Period.between(days[0], days[1]) if days[0] and days[1] else None
    for kind in _WRITTEN:
        if day := _day(kind, text):
            return Period.of(kind, day)
    return None


def _day(kind: PeriodKind, text: str) -> date | None:
    """The first day of what is written as that kind; None where it is written otherwise or there is no such day."""
    form, first_of = _WRITTEN[kind]
    if not (match := re.fullmatch(form, text)):
        return None
    try:
        return first_of(*map(int, match.groups()))
    except ValueError:
        return None
