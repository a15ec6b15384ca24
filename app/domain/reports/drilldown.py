"""The rows behind a figure: exactly those it counts."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, select, true
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.base import ExecutableOption

from app.domain.callbacks.models import Callback
from app.domain.cases.enums import Payer
from app.domain.cases.models import Case, Deadline
from app.domain.plans.enums import Rating
from app.domain.projects.models import Project
from app.domain.reports.definitions import Figure, Form
from app.domain.reports.scope import Scope
from app.domain.reports.sources.expressions import materialized
from app.extensions import db

THINGS: Final[dict[str, tuple[Any, tuple[ExecutableOption, ...]]]] = {
    "callback": (
        Callback,
        (joinedload(Callback.customer), joinedload(Callback.project), joinedload(Callback.reached_by)),
    ),
    "case": (Case, (joinedload(Case.customer), joinedload(Case.assignee))),
    "clock": (
        Deadline,
        (joinedload(Deadline.case).joinedload(Case.customer), joinedload(Deadline.case).joinedload(Case.assignee)),
    ),
    "project": (Project, (joinedload(Project.customer), joinedload(Project.branch))),
}
"""What each figure's rows are, with what a list shows of them."""


def records(
    figure: Figure, scope: Scope, *, by: str | None = None, of: str | None = None, part: str | None = None
) -> Select[Any]:
    """The rows themselves, each once; the arguments are those of `ids`."""
    model, shown = THINGS[figure.source.thing]
    return select(model).where(model.id.in_(ids(figure, scope, by=by, of=of, part=part))).options(*shown)


def key_of(figure: Figure) -> Any:
    """The column that tells the figure's rows apart."""
    return THINGS[figure.source.thing][0].id


def ids(
    figure: Figure, scope: Scope, *, by: str | None = None, of: str | None = None, part: str | None = None
) -> Select[int]:
    """Ids of the rows that make the figure; of a rate, what it divides by.

    `by` and `of`: only one group of a table (`of` None: the rows without one). `part`: one of parts_of(figure).
    """
    rows = materialized(figure.source.facts(scope)).c
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
    rows = materialized(figure.source.facts(scope)).c
    return select(rows.id).where(rows[figure.part] == 1)


def counted_among(ids: Sequence[int], figure: Figure, scope: Scope) -> set[int]:
    """Those of the ids that are in a rate's numerator."""
    query = counted_ids(figure, scope).subquery()
    return set(db.session.scalars(select(query.c.id).where(query.c.id.in_(ids))))


def _in_group(rows: Any, by: str | None, of: str | None) -> ColumnElement[bool]:
    if by is None:
        return true()
    column: ColumnElement[Any] = rows[by]
    return column.is_(None) if of is None else column == of
