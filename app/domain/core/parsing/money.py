"""Sums of money as people write them: 12345.6, ¥12,345.60, 12.5万."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.core.parsing.numbers import unsigned
from app.domain.core.text import plain

LARGEST: Final = Decimal("9999999999.99")
"""The largest sum that any column holds."""
CENT: Final = Decimal("0.01")
SUM: Final = re.compile(r"[¥元]?\s*\+?(.*?)\s*(万)?\s*[¥元]?", re.DOTALL)


def amount(text: str) -> Decimal:
    """A sum of 0 or more with two decimals, half up. Refused when it is none, or when its comma could be a point."""
    match = SUM.fullmatch(plain(text))
    found = unsigned(match[1]) if match else None
    if found is not None:
        found = found * (10_000 if match and match[2] else 1)
    if found is None or found > LARGEST:
        raise Refused(N_("看不懂金额“%(text)s”，请写成 12345.60 的样子，不能小于 0。"), text=text[:40])
    return found.quantize(CENT, ROUND_HALF_UP)


def write(value: Decimal) -> str:
    """12345.60."""
    return f"{value:.2f}"
