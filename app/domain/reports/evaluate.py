"""From sums to figures: which columns a figure needs, and what it is when they are added up."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from app.domain.cases.enums import Payer
from app.domain.reports.aggregate import Sums
from app.domain.reports.definitions import Figure, Form
from app.domain.reports.values import Minutes, Money, Rate, Ratings, Value, half_up

LEVELS: Final = (5, 4, 3, 2, 1)


def columns_of(figures: Iterable[Figure]) -> list[str]:
    """The columns of their source that the figures are read from, each once."""
    wanted: dict[str, None] = {}
    for figure in figures:
        wanted |= dict.fromkeys(_columns(figure))
    return list(wanted)


def evaluate(figure: Figure, sums: Sums, median: int | None = None) -> Value:
    """The figure's value. `sums` without a column: there were no rows."""
    match figure.form:
        case Form.COUNT:
            return sums.get(figure.part, 0)
        case Form.RATE:
            return Rate(sums.get(figure.part, 0), sums.get(figure.whole, 0))
        case Form.MEAN:
            count = sums.get(figure.part, 0)
            return Minutes(half_up(sums["seconds"], 60 * count) if count else None)
        case Form.MEDIAN:
            return Minutes(median)
        case Form.RATINGS:
            return Ratings({level: sums.get(f"rated_{level}", 0) for level in LEVELS})
        case Form.MONEY:
            paid = {
                payer.label: Decimal(sums[f"{payer.value}_cents"]) / 100
                for payer in Payer
                if sums.get(f"{payer.value}_lines")
            }
            return Money(paid)


def _columns(figure: Figure) -> list[str]:
    columns = [figure.part, figure.whole] if figure.whole else [figure.part]
    match figure.form:
        case Form.MEAN | Form.MEDIAN:
            columns.append("seconds")
        case Form.RATINGS:
            columns += [f"rated_{level}" for level in LEVELS]
        case Form.MONEY:
            columns += [f"{payer.value}_{what}" for payer in Payer for what in ("lines", "cents")]
    return columns
