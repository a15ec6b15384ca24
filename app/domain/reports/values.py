"""What a figure can be: a count, a rate, whole minutes, money, or ratings."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

TENTH = Decimal("0.1")
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Rate:
    """So many of so many. `percent` has one decimal, half up; None where there is nothing to divide by."""

    numerator: int
    denominator: int

    @property
    def percent(self) -> Decimal | None:
        if self.denominator == 0:
            return None
        return (Decimal(self.numerator * 100) / Decimal(self.denominator)).quantize(TENTH, ROUND_HALF_UP)

    def as_json(self) -> dict[str, int | str | None]:
        """As interfaces.md writes a rate."""
        percent = self.percent
        return {
            "numerator": self.numerator,
            "denominator": self.denominator,
            "percent": None if percent is None else str(percent),
        }


@dataclass(frozen=True)
class Minutes:
    """A duration in whole minutes; None where there is none to measure."""

    minutes: int | None

    def as_json(self) -> int | None:
        return self.minutes


@dataclass(frozen=True)
class Money:
    """What was spent, by who pays; those without a line are left out."""

    by_payer: Mapping[str, Decimal]

    @property
    def total(self) -> Decimal:
        return sum(self.by_payer.values(), Decimal(0)).quantize(CENT)

    def as_json(self) -> dict[str, str]:
        """Money as text with two decimals."""
        return {payer: str(sum_.quantize(CENT)) for payer, sum_ in self.by_payer.items()}


@dataclass(frozen=True)
class Ratings:
    """How many customers gave each of the five levels, best first."""

    by_level: Mapping[int, int]

    def as_json(self) -> dict[str, int]:
        return {str(level): count for level, count in self.by_level.items()}


Value: TypeAlias = int | Rate | Minutes | Money | Ratings


def half_up(numerator: int, denominator: int) -> int:
    """The quotient of two non-negative integers, rounded half up to a whole number."""
    return (2 * numerator + denominator) // (2 * denominator)


def as_json(value: Value) -> object:
    """A value as the report's JSON holds it."""
    return value if isinstance(value, int) else value.as_json()
