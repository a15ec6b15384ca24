"""Days and times as people write them: 2026-03-05, 2026年3月5日, 11.21, 昨天, 今天 14:30, 下午2点半."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Refused

SPOKEN_DAYS = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "明天": 1, "明日": 1, "后天": 2}
SPOKEN_NOW = ("现在", "刚才", "刚刚")
NUMERIC_DAY = re.compile(r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
COMPACT_DAY = re.compile(r"(20\d{2})(\d{2})(\d{2})")
WALL_TIME = re.compile(
    r"(凌晨|早上|上午|中午|下午|傍晚|晚上)?\s*(\d{1,2})\s*(?::\s*(\d{1,2})(?::\d{1,2})?|[点时]\s*(?:(半)|(\d{1,2})\s*分?)?)"
)
AFTER_NOON = ("下午", "傍晚", "晚上")
EARLIEST, LATEST = 1900, 2200


def day(text: str, today: date) -> date:
    """The day meant by `text`; without a year it is `today`'s. Refused when it is no day."""
    found = _day(_plain(text), today)
    if found is None:
        raise Refused(N_("看不懂日期“%(text)s”，请写成 2026-03-05 的样子。"), text=text)
    return found


def moment(text: str, now: datetime) -> datetime:
    """The instant (UTC, whole minutes) meant by `text` on the firm's clock; a time alone is today's.

    Refused when it is no time.
    """
    plain, today = _plain(text), clock.day_of(now)
    if plain in SPOKEN_NOW:
        return clock.to_minute(now)
    match = WALL_TIME.search(plain)
    wall = _wall(match) if match else None
    if match and wall is not None:
        rest = (plain[: match.start()] + plain[match.end() :]).strip(" ,T")
        on = _day(rest, today) if rest else today
        if on is not None:
            return clock.at(on, wall)
    raise Refused(N_("看不懂时间“%(text)s”，请写成 2026-03-05 14:30 的样子。"), text=text)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _day(plain: str, today: date) -> date | None:
    if plain in SPOKEN_DAYS:
        return today + timedelta(days=SPOKEN_DAYS[plain])
    match = COMPACT_DAY.fullmatch(plain) or NUMERIC_DAY.fullmatch(plain)
    if match is None:
        return None
    year = int(match[1]) if match[1] else today.year
    try:
        found = date(year, int(match[2]), int(match[3]))
    except ValueError:
        return None
    return found if EARLIEST <= year <= LATEST else None


def _wall(match: re.Match[str]) -> time | None:
    part, hours, colon_minutes, half, spoken_minutes = match.groups()
    hour, minute = int(hours), 30 if half else int(colon_minutes or spoken_minutes or 0)
    if part in AFTER_NOON and hour < 12:
        hour += 12
    if part == "中午" and hour < 3:
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None
