"""Numbers as people write them: 12345.6, 12,345.60, １２３."""

import re
from decimal import Decimal
from typing import Final

from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.core.parsing.ambiguity import either
from app.domain.core.text import plain

DIGITS: Final = r"\d+(?:\.\d*)?|\.\d+"
GROUPS: Final = r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?|[1-9]\d{0,2}(?: \d{3})+(?:\.\d*)?"
UNSIGNED: Final = re.compile(f"{DIGITS}|{GROUPS}", re.ASCII)
ONE_COMMA: Final = re.compile(r"(\d+),(\d+)", re.ASCII)
MONTHS: Final = re.compile(r"\+?(\d{1,9})\s*(?:个?月)?", re.ASCII)
MOST_MONTHS: Final = 600
"""Fifty years is no slip of the finger yet."""


def number(text: str) -> Decimal:
    """A number, below zero too. Refused when it is none, or when its comma could be a decimal point."""
    shown = plain(text)
    found = unsigned(shown.removeprefix("-").removeprefix("+"))
    if found is None:
        raise Refused(N_("这里要填数字。"))
    return -found if shown.startswith("-") else found


def unsigned(shown: str) -> Decimal | None:
    """The number that `shown`, folded already, is without a sign; None when it is none."""
    if UNSIGNED.fullmatch(shown):
        return Decimal(re.sub("[, ]", "", shown))
    if match := ONE_COMMA.fullmatch(shown):
        either(shown, (f"{match[1]}.{match[2]}", f"{match[1]}{match[2]}"))
    return None


def months(text: str) -> int:
    """A whole number of months from 0 to 600: 24, 24个月."""
    match = MONTHS.fullmatch(plain(text))
    if match is None or int(match[1]) > MOST_MONTHS:
        raise Refused(N_("“%(text)s”不是月数，请填 0 到 %(most)s 的整数。"), text=text[:40], most=MOST_MONTHS)
    return int(match[1])
