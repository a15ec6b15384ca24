"""Telephone numbers as people write them, and as they are kept."""

import re
from decimal import Decimal
from typing import Any, NamedTuple

import phonenumbers

from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.core.text import plain

_EXTENSION = re.compile(r"(?:转|轉|分机|ext\.?|x|#)\s*(\d{1,8})$", re.IGNORECASE)
_HYPHENED_EXTENSION = re.compile(r"^(\+?(?:86)?0\d{2,3}-?\d{7,8})-(\d{1,6})$")
_SPREADSHEET_NUMBER = re.compile(r"\d+\.0+|\d(?:\.\d+)?E\+?\d{1,2}", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s\-‐‑‒–—－()（）.·_/]")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_FIXED = re.compile(r"0(?:10|2\d|[3-9]\d{2})\d{7,8}")
_SERVICE = re.compile(r"[48]00\d{7}")
_LOCAL = re.compile(r"[2-8]\d{6,7}")


class Phone(NamedTuple):
    """A number as it is kept: digits only (+ before one abroad), its extension apart."""

    number: str
    extension: str = ""


def normalise(text: Any) -> Phone:
    """The number in what someone typed or a spreadsheet held: full-width digits, spaces, dashes, +86, 转802, 1.38E10.

    Refused when there is none: mainland mobiles, fixed lines with or without area code, 400 and 800
    numbers, and possible numbers abroad (with + or 00) are numbers.
    """
    written = plain(str(text if text is not None else ""))
    rest, extension = _split_extension(_whole(written))
    digits = re.sub(r"^00(?=[1-9])", "+", _SEPARATORS.sub("", rest))
    home = re.sub(r"^(?:\+86|86(?=1[3-9]\d{9}$))", "", digits)
    if digits.startswith("+86") and not _is_home(home):
        home = "0" + home
    if _is_home(home):
        return Phone(home, extension)
    if digits.startswith("+") and not digits.startswith("+86") and _possible_abroad(digits):
        return Phone(digits, extension)
    if not written:
        raise Refused(N_("请填写电话号码。"), field="phone")
    raise Refused(N_("“%(text)s”不像电话号码，请核对。"), field="phone", text=written[:40])


def write(phone: Phone) -> str:
    """057188001234转802."""
    return f"{phone.number}转{phone.extension}" if phone.extension else phone.number


def tail4(number: str) -> str:
    """The last four digits, by which people look a number up."""
    return number[-4:]


def _whole(written: str) -> str:
    """A number that a spreadsheet made a float of, as whole digits again."""
    return str(int(Decimal(written))) if _SPREADSHEET_NUMBER.fullmatch(written) and len(written) < 30 else written


def _split_extension(written: str) -> tuple[str, str]:
    if match := _EXTENSION.search(written):
        return written[: match.start()], match[1]
    if match := _HYPHENED_EXTENSION.match(re.sub(r"\s", "", written)):
        return match[1], match[2]
    return written, ""


def _is_home(number: str) -> bool:
    return number.isascii() and any(kind.fullmatch(number) for kind in (_MOBILE, _FIXED, _SERVICE, _LOCAL))


def _possible_abroad(digits: str) -> bool:
    if not re.fullmatch(r"\+[1-9]\d{5,14}", digits, re.ASCII):
        return False
    try:
        return bool(phonenumbers.is_possible_number(phonenumbers.parse(digits)))
    except phonenumbers.NumberParseException:
        return False
