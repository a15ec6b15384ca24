"""Where the parts of a chart stand, in the units of its drawing: 560 wide. The same on a page and on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

WIDTH: Final = 560
LINE: Final = 26
BESIDE_LABEL: Final = 138
LONGEST_BAR: Final = 350
WIDE_LABEL, NARROW_LABEL = 10, 18
"""So many letters fit beside a bar: Chinese ones, and Latin ones."""
GAP: Final = 4
"""Between two words of a legend, in letters."""
BESIDE_MARK: Final = 16


@dataclass(frozen=True)
class Bar:
    """A line of a bar chart."""

    label: str
    text: Any
    y: int
    length: float
    text_x: float
    text_y: int


@dataclass(frozen=True)
class Part:
    """A part of a stacked bar and its legend. None of the part is drawn where its width is 0."""

    label: str
    value: int
    x: float
    width: float
    legend_x: float
    text_x: float


def bars(rows: Sequence[Sequence[Any]]) -> tuple[list[Bar], int]:
    """The bars of (label, value[, text, …]), the longest as long as a bar can be, and the drawing's height."""
    most = max([1, *(row[1] for row in rows)])
    return [_bar(row, place * LINE, row[1] / most * LONGEST_BAR) for place, row in enumerate(rows)], len(
        rows
    ) * LINE + 4


def _bar(row: Sequence[Any], top: int, length: float) -> Bar:
    drawn = round(length, 1)
    text = row[2] if len(row) > 2 else row[1]
    return Bar(_cut(str(row[0])), text, top + 5, drawn, BESIDE_LABEL + drawn, top + 17)


def stacked(parts: Sequence[tuple[str, int]]) -> list[Part]:
    """The parts of one bar from (label, value), their legends spread by their length; none when there is nothing."""
    whole = sum(value for _, value in parts)
    letters = [len(f"{label} {value}") + GAP for label, value in parts]
    drawn, x, said = [], 0.0, 0.0
    for (label, value), length in zip(parts, letters, strict=True) if whole else ():
        width, legend = value / whole * WIDTH, said / sum(letters) * WIDTH
        bar = max(width - 2, 1) if value else 0
        drawn.append(Part(label, value, *(round(number, 1) for number in (x, bar, legend, legend + BESIDE_MARK))))
        x, said = x + width, said + length
    return drawn


def _cut(label: str) -> str:
    most = NARROW_LABEL if label.isascii() else WIDE_LABEL
    return label if len(label) <= most else label[: most - 1] + "…"
