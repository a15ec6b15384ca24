"""What is typed into a field, by kind: how it is read, written back into the field, and said beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from app.domain.core import clock
from app.domain.core.parsing import dates, money, numbers, phones
from app.domain.core.text import clean
from app.web import formats
from app.web.i18n import gettext

LONGEST: Final = 100


@dataclass(frozen=True)
class Reading:
    """`read` refuses what it can't read, or could read in two ways; what `write` wrote it reads as the same value."""

    read: Callable[[str], Any]
    write: Callable[[Any], str]
    tell: Callable[[Any], str]


def read(kind: str, text: str) -> Any:
    """What the text means in a field of that kind."""
    return READINGS[kind].read(clean(text, LONGEST))


def _tell_day(value: date) -> str:
    return f"{dates.write_day(value)} {formats.weekday(value)}"


def _tell_moment(value: datetime) -> str:
    return f"{_tell_day(clock.day_of(value))} {formats.wall_time(value)}"


def _write_phone(value: phones.Phone | str) -> str:
    return value if isinstance(value, str) else phones.write(value)


READINGS: Final[dict[str, Reading]] = {
    "day": Reading(lambda text: dates.day(text, clock.today()), dates.write_day, _tell_day),
    "moment": Reading(lambda text: dates.moment(text, clock.now()), dates.write_moment, _tell_moment),
    "phone": Reading(phones.normalise, _write_phone, formats.phone),
    "money": Reading(money.amount, money.write, formats.money),
    "months": Reading(numbers.months, str, lambda value: gettext("%(count)s 个月", count=value)),
}
