"""How dates, money and telephone numbers are written on a page."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import Flask
from flask_babel import format_date

from app.domain.cases.enums import status_label
from app.domain.core import clock
from app.domain.core.parsing import dates
from app.domain.core.parsing.phones import Phone
from app.web.i18n import gettext


def register(app: Flask) -> None:
    """Make the formats filters of the templates."""
    app.jinja_env.filters |= {
        "day": day,
        "moment": moment,
        "moment_long": moment_long,
        "wall_time": wall_time,
        "money": money,
        "phone_masked": phone_masked,
        "status_label": lambda case: gettext(status_label(case.state, case.rating)),
        "or_dash": or_dash,
        "thousands": "{:,}".format,
        "place_of": place_of,
        "say": lambda word: gettext(word.label) if word is not None else "",
    }


def day(value: date | datetime | None) -> str:
    """2026-11-21, on the firm's wall clock; an empty text for None."""
    if isinstance(value, datetime):
        value = clock.day_of(value)
    return value.isoformat() if value else ""


def moment(value: datetime | None) -> str:
    """2026-11-21 14:05, on the firm's wall clock."""
    return dates.write_moment(value) if value else ""


def wall_time(value: datetime | None) -> str:
    """14:05."""
    return clock.local(value).strftime("%H:%M") if value else ""


def moment_long(value: date | datetime) -> str:
    """2026年11月21日 星期六, in the page's language."""
    as_day = clock.day_of(value) if isinstance(value, datetime) else value
    return str(format_date(as_day, gettext("y年M月d日 EEEE")))


def weekday(value: date) -> str:
    """星期六, in the page's language."""
    return str(format_date(value, "EEEE"))


def money(value: Decimal | None) -> str:
    """¥12,345.60; an empty text for None."""
    return f"¥{value:,.2f}" if value is not None else ""


def phone(value: Phone) -> str:
    """138 0000 1234 转 802."""
    spaced = re.sub(r"^(1\d{2})(\d{4})(\d{4})$", r"\1 \2 \3", value.number)
    return f"{spaced} 转 {value.extension}" if value.extension else spaced


def place_of(record: Any) -> str:
    """Where a case or a callback is: the project's place, without one the customer's."""
    place: str = getattr(record.project, "place", "") or record.customer.place
    return place


def or_dash(value: Any) -> Any:
    """The value; a dash for nothing, which a 0 is not."""
    return "—" if value is None or value == "" else value


def phone_masked(number: str) -> str:
    """138****1234; short numbers keep only their end."""
    if len(number) < 8:
        return "****" + number[-2:]
    return f"{number[:3]}****{number[-4:]}"
