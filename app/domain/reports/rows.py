"""The rows behind a figure: exactly those it counts."""

from typing import Any

from sqlalchemy import ColumnElement, Select, select, true

from app.domain.reports.expressions import once
from app.domain.reports.figures.definitions import Figure, Form
from app.domain.reports.scope import Scope


def ids(
    figure: Figure, scope: Scope, *, by: str | None = None, of: str | None = None, level: int | None = None
) -> Select[int]:
    """Ids of the rows that make the figure; of a rate, what it divides by.

    `by` and `of`: only one group of a table (`of` None: the rows without one). `level`: one of the five ratings.
    """
    rows = once(figure.source.facts(scope)).c
    wanted = rows[f"rated_{level}" if level and figure.form is Form.RATINGS else figure.rows_column] == 1
    return select(rows.id).where(wanted, _in_group(rows, by, of))


def counted_ids(figure: Figure, scope: Scope) -> Select[int]:
    """Ids of the rows in a rate's numerator."""
    rows = once(figure.source.facts(scope)).c
    return select(rows.id).where(rows[figure.part] == 1)


def _in_group(rows: Any, by: str | None, of: str | None) -> ColumnElement[bool]:
    if by is None:
        return true()
    column: ColumnElement[Any] = rows[by]
    return column.is_(None) if of is None else column == of
