"""What a cell says: each reader takes a cell as the sheet hands it over, and the moment of the import.

A spreadsheet's own numbers and dates are understood here; a text is read by `core/parsing`, as everywhere.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from app.domain.core import clock
from app.domain.core.enums import N_, LabelledEnum
from app.domain.core.errors import Refused
from app.domain.core.parsing import dates, numbers, phones
from app.domain.core.parsing import money as sums
from app.domain.core.parsing.phones import Phone
from app.domain.core.text import clean, clean_lines
from app.domain.core.text import plain as folded

Reader = Callable[[Any, datetime], Any]

YES: Final = frozenset({"是", "有", "对", "√", "✓", "✔", "y", "yes", "true", "1"})
NO: Final = frozenset({"否", "不是", "无", "没有", "×", "✗", "n", "no", "false", "0"})
END_OF_DAY: Final = time(23, 59)
SERIALS: Final = range(20_000, 80_000)
"""Excel's day numbers of 1954 to 2119: a bare number between them in a date column is one."""
SERIAL: Final = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
EXCEL_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001  wall time, no instant


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
        case float():
            return format(Decimal(repr(cell)), "f")
        case datetime():
            return _rounded(cell).strftime("%Y-%m-%d %H:%M")
        case _:
            return str(cell)


def plain(cell: Any) -> str:
    """The text folded to half-width letters, without blanks around it."""
    return folded(written(cell))


def phone(cell: Any, _at: datetime) -> Phone:
    """A telephone number."""
    return phones.normalise(written(cell))


def day(cell: Any, _at: datetime) -> date:
    """A calendar day; a time beside it is left out."""
    when = native(cell)
    return dates.day(written(cell)) if when is None else when[0]


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
    on, wall = native(cell) or dates.day_and_time(written(cell))
    return clock.at(on, bare if wall is None else wall), wall is None


def native(cell: Any) -> tuple[date, time | None] | None:
    """The day and the time that a spreadsheet's own date or day number is; None for what is to be read as a text."""
    match cell:
        case datetime():
            when = _rounded(cell)
        case date():
            when = datetime.combine(cell, time(0))
        case str() | int() | float() if SERIAL.fullmatch(plain(cell)) and int(float(cell)) in SERIALS:
            when = _rounded(EXCEL_EPOCH + timedelta(days=float(cell)))
        case _:
            return None
    if when.year not in dates.YEARS:
        return None
    # Midnight is no time: a library hands a bare date over as either.
    return when.date(), when.time().replace(second=0) if when.time() != time(0) else None


def _rounded(when: datetime) -> datetime:
    """To the nearest second: a spreadsheet keeps 14:05 as a fraction that may fall short of it."""
    return (when + timedelta(milliseconds=500)).replace(microsecond=0, tzinfo=None)


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
    """A sum of 0 or more with two decimals."""
    return sums.amount(written(cell))


def months(cell: Any, _at: datetime) -> int:
    """A whole number of months from 0 to 600."""
    return numbers.months(written(cell))
