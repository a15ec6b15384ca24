"""What a cell says: each reader takes a cell as the sheet hands it over, and the moment of the import.

Readers are generous in what they understand and refuse what could mean two things.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, Final

from app.domain.core import clock
from app.domain.core.enums import N_, LabelledEnum
from app.domain.core.errors import Refused
from app.domain.core.parsing.phones import Phone, normalise
from app.domain.core.text import clean, clean_lines

Reader = Callable[[Any, datetime], Any]

YES: Final = frozenset({"是", "有", "对", "√", "✓", "✔", "y", "yes", "true", "1"})
NO: Final = frozenset({"否", "不是", "无", "没有", "×", "✗", "n", "no", "false", "0"})
END_OF_DAY: Final = time(23, 59)
FIRST_YEAR, LAST_YEAR = 1900, 2200
SERIALS: Final = (20_000, 80_000)
"""Excel's day numbers of 1954 to 2119: a bare number between them in a date column is one."""
EXCEL_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001  wall time, no instant
DAY: Final = re.compile(r"(\d{4})\s*(?:([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})|年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?)")
COMPACT: Final = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
WEEKDAY: Final = re.compile(r"\(?\s*(?:星期|礼拜|周)[一二三四五六日天]\s*\)?")
WALL: Final = re.compile(
    r"(?P<part>凌晨|早上|上午|中午|下午|傍晚|晚上)?\s*(?P<hour>\d{1,2})\s*"
    r"(?::\s*(?P<minute>\d{1,2})(?:\s*:\s*\d{1,2}(?:\.\d+)?)?"
    r"|[点时]\s*(?:(?P<half>半)|整|(?P<spoken>\d{1,2})\s*分?(?:\s*\d{1,2}\s*秒)?)?)"
    r"\s*(?P<meridiem>am|pm|a\.m\.|p\.m\.)?",
    re.IGNORECASE,
)
ZONED: Final = re.compile(r".*:\d{2}(?:\.\d+)?\s*(?:z|[+-]\d{2}:?\d{2})", re.IGNORECASE)
HOURS: Final = {
    "": (0, 23), "am": (0, 11), "pm": (12, 23), "凌晨": (0, 6), "早上": (4, 11), "上午": (0, 11), "中午": (11, 14),
    "下午": (12, 19), "傍晚": (16, 20), "晚上": (17, 23),
}  # fmt: skip
"""The hours that go with a part of the day: 晚上12点 and 上午12点 could mean either and are refused."""
TWELVE_IS_MIDNIGHT: Final = ("am", "凌晨")
MONEY: Final = re.compile(r"[¥￥]?\s*(\d+(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?)\s*(万)?\s*元?", re.ASCII)
LARGEST_SUM: Final = Decimal("9999999999.99")


def text(longest: int) -> Reader:
    """One line of at most `longest` characters; whole numbers lose their `.0`."""
    return lambda cell, _at: clean(written(cell), longest)


def lines(longest: int = 4_000) -> Reader:
    """Several lines of at most `longest` characters."""
    return lambda cell, _at: clean_lines(written(cell), longest)


def written(cell: Any) -> str:
    """The cell as text, the way a person would have typed it."""
    match cell:
        case bool():
            return "是" if cell else "否"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime():
            return _rounded(cell).strftime("%Y-%m-%d %H:%M")
        case _:
            return str(cell)


def plain(cell: Any) -> str:
    """The text folded to half-width letters, without blanks around it."""
    return unicodedata.normalize("NFKC", written(cell)).strip()


def phone(cell: Any, _at: datetime) -> Phone:
    """A telephone number."""
    return normalise(written(cell))


def day(cell: Any, _at: datetime) -> date:
    """A calendar day; a time beside it is left out."""
    return _wall_time(cell)[0]


def past_day(cell: Any, at: datetime) -> date:
    """A calendar day, not after the import's."""
    found = day(cell, at)
    if found > clock.day_of(at):
        raise Refused(N_("日期在今天之后。"))
    return found


def moment(bare: time) -> Reader:
    """An instant in whole minutes, not in the future; a day without a time is `bare` o'clock of that day.

    A day without a time that is today's stands, though `bare` o'clock may lie ahead.
    """

    def read(cell: Any, at: datetime) -> datetime:
        instant, is_bare = _instant(cell, bare)
        if clock.day_of(instant) > clock.day_of(at) if is_bare else instant > at:
            raise Refused(N_("时间在将来，请核对。"))
        return instant

    return read


received = moment(time(0))
later = moment(END_OF_DAY)


def _instant(cell: Any, bare: time) -> tuple[datetime, bool]:
    on, wall = _wall_time(cell)
    return clock.at(on, bare if wall is None else wall), wall is None


def _wall_time(cell: Any) -> tuple[date, time | None]:
    """The day and, if one is written, the time in whole minutes on the firm's wall."""
    match cell:
        case datetime():
            return _split(_rounded(cell))
        case date():
            return _in_range(cell), None
        case bool():
            raise _not_a_day(written(cell))
        case int() | float():
            return _numbered(float(cell), written(cell))
        case str():
            return _typed(plain(cell))
        case _:
            raise _not_a_day(written(cell))


def _split(when: datetime) -> tuple[date, time | None]:
    """Midnight is no time: a library hands a bare date over as either."""
    wall = time(when.hour, when.minute)
    return _in_range(when.date()), wall if when.time() != time(0) else None


def _rounded(when: datetime) -> datetime:
    """To the nearest second: a spreadsheet keeps 14:05 as a fraction that may fall short of it."""
    return (when + timedelta(milliseconds=500)).replace(microsecond=0, tzinfo=None)


def _numbered(number: float, shown: str) -> tuple[date, time | None]:
    """A day number of Excel, or 20260305."""
    if number.is_integer() and (match := COMPACT.fullmatch(shown)):
        return _date(*match.groups(), shown=shown), None
    if SERIALS[0] <= number < SERIALS[1]:
        return _split(_rounded(EXCEL_EPOCH + timedelta(days=number)))
    raise _not_a_day(shown)


def _typed(shown: str) -> tuple[date, time | None]:
    if ZONED.fullmatch(shown):
        return _zoned(shown)
    if re.fullmatch(r"\d{5}(\.\d+)?|\d{8}", shown, re.ASCII):
        return _numbered(float(shown), shown)
    rest = WEEKDAY.sub(" ", shown, count=1).strip()
    match = DAY.match(rest) or COMPACT.match(rest)
    if match is None:
        raise _not_a_day(shown)
    parts = [part for part in match.groups() if part and part.isdigit()]
    on, after = _date(*parts, shown=shown), rest[match.end() :]
    if after[:1].isdigit() and not match[0].endswith(("日", "号")):
        raise _not_a_day(shown)
    after = after.strip(" ,Tt")
    return on, _wall(after, shown) if after else None


def _zoned(shown: str) -> tuple[date, time]:
    try:
        wall = clock.local(datetime.fromisoformat(shown))
    except ValueError:
        raise _not_a_day(shown) from None
    return _in_range(wall.date()), time(wall.hour, wall.minute)


def _wall(rest: str, shown: str) -> time:
    match = WALL.fullmatch(rest)
    hour = _hour_of_day(match) if match else None
    if match is None or hour is None:
        raise _not_a_day(shown)
    minute = 30 if match["half"] else int(match["minute"] or match["spoken"] or 0)
    if minute > 59:
        raise _not_a_day(shown)
    return time(hour, minute)


def _hour_of_day(match: re.Match[str]) -> int | None:
    """The hour on a 24-hour wall; None when the part of the day does not go with it."""
    hour, part = int(match["hour"]), match["part"] or (match["meridiem"] or "").lower().replace(".", "")
    first, last = HOURS[part]
    if part in TWELVE_IS_MIDNIGHT and hour == 12:
        hour = 0
    elif hour < first and hour < 12:
        hour += 12
    return hour if first <= hour <= last else None


def _date(year: str, month: str, day_: str, *, shown: str) -> date:
    try:
        return _in_range(date(int(year), int(month), int(day_)))
    except ValueError:
        raise _not_a_day(shown) from None


def _in_range(found: date) -> date:
    if not FIRST_YEAR <= found.year < LAST_YEAR:
        raise _not_a_day(found.isoformat())
    return found


def _not_a_day(shown: str) -> Refused:
    return Refused(N_("看不懂日期“%(text)s”，请写成 2026-03-05 或 2026-03-05 14:05。"), text=shown[:40])


def yes_no(cell: Any, _at: datetime) -> bool:
    """是 or 否."""
    folded = plain(cell).lower()
    if folded in YES | NO:
        return folded in YES
    raise Refused(N_("“%(text)s”看不懂，请填 是 或 否。"), text=folded[:40])


def one_of(allowed: dict[str, Any]) -> Reader:
    """What a written word stands for."""

    def read(cell: Any, _at: datetime) -> Any:
        shown = plain(cell).replace(" ", "")
        if shown not in allowed:
            raise Refused(N_("没有“%(text)s”，可以填：%(allowed)s。"), text=shown[:40], allowed="、".join(allowed))
        return allowed[shown]

    return read


def word(words: type[LabelledEnum]) -> Reader:
    """The word of an enumeration by what is on the screen."""
    return one_of({member.label: member for member in words})


def several(reader: Reader) -> Reader:
    """Things with 、 or a comma between them, in the order written, none twice."""

    def read(cell: Any, at: datetime) -> list[Any]:
        parts = [part for part in re.split(r"[、,;/\s]+", plain(cell)) if part]
        return list(dict.fromkeys(reader(part, at) for part in parts))

    return read


def money(cell: Any, _at: datetime) -> Decimal:
    """A sum of 0 or more with two decimals, half up: 12345.6, ¥12,345.60, 12.5万."""
    shown = plain(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        shown = repr(cell) if isinstance(cell, int) else format(Decimal(repr(cell)), "f")
    match = MONEY.fullmatch(shown)
    try:
        amount = Decimal(match[1].replace(",", "")) * (10_000 if match[2] else 1) if match else None
    except InvalidOperation:
        amount = None
    if amount is None or not 0 <= amount <= LARGEST_SUM:
        raise Refused(N_("“%(text)s”不是金额，请写成 12345.60 的样子，不能小于 0。"), text=shown[:40])
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def months(cell: Any, _at: datetime) -> int:
    """A whole number of months from 0 to 600."""
    match = re.fullmatch(r"(\d{1,3})\s*(?:个?月)?", plain(cell), re.ASCII)
    if match is None or int(match[1]) > 600:
        raise Refused(N_("“%(text)s”不是月数，请填 0 到 600 的整数。"), text=plain(cell)[:40])
    return int(match[1])
