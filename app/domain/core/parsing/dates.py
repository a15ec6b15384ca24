"""Days and times as people write them: 2026-03-05, 2026年3月5日, 11.21, 昨天, 今天 14:30, 下午2点半.

Who types today is asked with `today` or `now`: 昨天, 3月5日 and 14:30 mean something then. A file is read without:
nobody knows when its 昨天 was written. What could mean two things is refused, and both are named.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final

from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.core.parsing.ambiguity import either
from app.domain.core.text import plain

YEARS: Final = range(1900, 2201)
SPOKEN_DAYS: Final = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "明天": 1, "明日": 1, "后天": 2}
SPOKEN_NOW: Final = ("现在", "刚才", "刚刚")
WEEKDAYS: Final = "一二三四五六日"
WEEKDAY: Final = re.compile(r"\(?\s*(?:星期|礼拜|周)([一二三四五六日天])\s*\)?")
COMPACT_DAY: Final = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)", re.ASCII)
DAY: Final = re.compile(
    r"(\d{4})\s*(?:([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})|年\s*(\d{1,2})\s*[./月]\s*(\d{1,2}))\s*[日号]?", re.ASCII
)
DAY_OF_THIS_YEAR: Final = re.compile(r"(\d{1,2})\s*(?:-\s*(\d{1,2})|[/.月]\s*(\d{1,2})\s*[日号]?)", re.ASCII)
THREE_NUMBERS: Final = re.compile(r"(\d{1,4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,4})", re.ASCII)
WALL: Final = re.compile(
    r"(?P<part>凌晨|早上|上午|中午|下午|傍晚|晚上)?\s*(?<!\d)(?P<hour>\d{1,2})\s*"
    r"(?::\s*(?P<minute>\d{1,2})(?:\s*:\s*\d{1,2}(?:\.\d+)?)?"
    r"|[点时]\s*(?:(?P<half>半)|整|(?P<spoken>\d{1,2})\s*分?(?:\s*\d{1,2}\s*秒)?)?)"
    r"(?!\d)\s*(?P<meridiem>am|pm|a\.m\.|p\.m\.)?",
    re.IGNORECASE | re.ASCII,
)
ZONED: Final = re.compile(r".*:\d{2}(?:\.\d+)?\s*(?:z|[+-]\d{2}:?\d{2})", re.IGNORECASE | re.ASCII)
BETWEEN: Final = " ,Tt"

HOURS: Final = {
    "": (0, 23), "am": (0, 11), "pm": (12, 23), "凌晨": (0, 11), "早上": (0, 11), "上午": (0, 11), "中午": (11, 14),
    "下午": (12, 23), "傍晚": (13, 23), "晚上": (17, 23),
}  # fmt: skip
"""The hours that go with a part of the day."""
TWELVE_IS_MIDNIGHT: Final = ("am", "凌晨")
TWELVE_IS_EITHER: Final = ("早上", "上午")
"""上午12:05 is five past noon to some, and five past midnight to a spreadsheet."""
NIGHT: Final = "晚上"
NIGHT_ENDS: Final = 4
"""晚上12点 and 晚上1点 belong to the night before the day or to the one after it."""


def day(text: str, today: date | None = None) -> date:
    """The day meant by `text`; a time beside it is left out. Without a year it is `today`'s."""
    found = _read(plain(text), today)
    if found is None:
        raise Refused(N_("看不懂日期“%(text)s”，请写成 2026-03-05 的样子。"), text=text[:40])
    return found[0]


def moment(text: str, now: datetime) -> datetime:
    """The instant (UTC, whole minutes) meant by `text` on the firm's clock; a time alone is today's."""
    if plain(text) in SPOKEN_NOW:
        return clock.to_minute(now)
    on, wall = day_and_time(text, clock.day_of(now))
    if wall is None:
        raise Refused(N_("“%(text)s”没有写几点，请写成 2026-03-05 14:30 的样子。"), text=text[:40])
    return clock.at(on, wall)


def day_and_time(text: str, today: date | None = None) -> tuple[date, time | None]:
    """The day and, if one is written, the time in whole minutes on the firm's wall."""
    found = _read(plain(text), today, alone=today)
    if found is None:
        raise Refused(N_("看不懂时间“%(text)s”，请写成 2026-03-05 14:30 的样子。"), text=text[:40])
    return found


def write_day(value: date) -> str:
    """2026-03-05."""
    return value.isoformat()


def write_moment(value: datetime) -> str:
    """2026-03-05 14:05, on the firm's wall clock."""
    return clock.local(value).strftime("%Y-%m-%d %H:%M")


def _read(shown: str, today: date | None, alone: date | None = None) -> tuple[date, time | None] | None:
    """`alone`: the day of a time that stands alone."""
    if ZONED.fullmatch(shown):
        return _zoned(shown)
    match = WALL.search(shown)
    if match is None:
        on = _day(shown, today)
        return (on, None) if on else None
    around = [part for side in (shown[: match.start()], shown[match.end() :]) if (part := side.strip(BETWEEN))]
    on = _day(",".join(around), today) if around else alone
    return _at_wall(on, match, shown) if on else None


def _zoned(shown: str) -> tuple[date, time | None] | None:
    try:
        wall = clock.local(datetime.fromisoformat(shown))
    except (ValueError, OverflowError):
        return None
    return (wall.date(), time(wall.hour, wall.minute)) if wall.year in YEARS else None


def _day(shown: str, today: date | None) -> date | None:
    weekday = WEEKDAY.search(shown)
    rest = WEEKDAY.sub("", shown, count=1).strip(BETWEEN)
    found = _written_out(rest) or (_from_today(rest, today) if today else None)
    if found and weekday and WEEKDAYS[found.weekday()] != weekday[1].replace("天", "日"):
        raise Refused(N_("“%(text)s”里的日期和星期对不上，请核对是哪天。"), text=shown[:40])
    return found


def _written_out(shown: str) -> date | None:
    if match := COMPACT_DAY.fullmatch(shown) or DAY.fullmatch(shown):
        return _date(*(int(part) for part in match.groups() if part and part.isdigit()))
    if match := THREE_NUMBERS.fullmatch(shown):
        one, two, three = int(match[1]), int(match[3]), int(match[4])
        orders = (one, two, three), (three, two, one), (three, one, two)
        readings = (_date(_century(year), month, day_) for year, month, day_ in orders)
        either(shown, (write_day(found) for found in readings if found))
    return None


def _from_today(shown: str, today: date) -> date | None:
    if shown in SPOKEN_DAYS:
        return today + timedelta(days=SPOKEN_DAYS[shown])
    match = DAY_OF_THIS_YEAR.fullmatch(shown)
    return _date(today.year, int(match[1]), int(match[2] or match[3])) if match else None


def _century(year: int) -> int:
    return year + 2000 if year < 100 else year


def _date(year: int, month: int, day_: int) -> date | None:
    try:
        return date(year, month, day_) if year in YEARS else None
    except ValueError:
        return None


def _at_wall(on: date, match: re.Match[str], shown: str) -> tuple[date, time] | None:
    minute = 30 if match["half"] else int(match["minute"] or match["spoken"] or 0)
    hours = _hours(match)
    if minute > 59 or not hours:
        return None
    midnight = datetime.combine(on, time(0))
    meant = [midnight + timedelta(hours=hour, minutes=minute) for hour in hours]
    either(shown, (f"{each:%Y-%m-%d %H:%M}" for each in meant))
    return on, meant[0].time()


def _hours(match: re.Match[str]) -> Iterable[int]:
    """The hours after the day's midnight that may be meant, 24 and more in the night that follows; none at all when
    a part of the day does not go with the hour, or two of them with one another."""
    parts = {match["part"] or "", (match["meridiem"] or "").lower().replace(".", "")} - {""} or {""}
    meant = [_hours_of(part, int(match["hour"])) for part in parts]
    return meant[0] if all(each == meant[0] for each in meant) else ()


def _hours_of(part: str, hour: int) -> tuple[int, ...]:
    if part == NIGHT and (hour == 12 or hour <= NIGHT_ENDS):
        return hour % 12, hour % 12 + 24
    if hour == 12 and part in TWELVE_IS_EITHER:
        return 0, 12
    if hour == 12 and part in TWELVE_IS_MIDNIGHT:
        return (0,)
    first, last = HOURS[part]
    later = hour + 12 if hour < first and hour < 12 else hour
    return (later,) if first <= later <= last else ()
