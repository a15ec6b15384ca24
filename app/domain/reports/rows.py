"""The rows behind a figure: exactly those it counts."""

from typing import Any

from sqlalchemy import ColumnElement, Select, select, true

from app.domain.cases.words import Payer
from app.domain.plans.words import Rating
from app.domain.reports.expressions import once
from app.domain.reports.figures.definitions import Figure, Form
from app.domain.reports.scope import Scope


def ids(
    figure: Figure, scope: Scope, *, by: str | None = None, of: str | None = None, part: str | None = None
) -> Select[int]:
    """Ids of the rows that make the figure; of a rate, what it divides by.

    `by` and `of`: only one group of a table (`of` None: the rows without one). `part`: one of parts_of(figure).
    """
    rows = once(figure.source.facts(scope)).c
    column = figure.rows_column if part is None else parts_of(figure)[part][1]
    return select(rows.id).where(rows[column] == 1, _in_group(rows, by, of))


def parts_of(figure: Figure) -> dict[str, tuple[str, str]]:
    """What ratings and money are made of: a code, its name (a message id) and the column that marks its rows."""
    match figure.form:
        case Form.RATINGS:
            return {word.value: (word.label, f"rated_{word.value}") for word in Rating}
        case Form.MONEY:
            return {payer.value: (payer.label, f"{payer.value}_lines") for payer in Payer}
    return {}


def counted_ids(figure: Figure, scope: Scope) -> Select[int]:
    """Ids of the rows in a rate's numerator."""
    rows = once(figure.source.facts(scope)).c
    return select(rows.id).where(rows[figure.part] == 1)


def _in_group(rows: Any, by: str | None, of: str | None) -> ColumnElement[bool]:
    if by is None:
        return true()
    column: ColumnElement[Any] = rows[by]
    return column.is_(None) if of is None else column == of
