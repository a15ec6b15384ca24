"""What the audit's numbers of rows stand for: people by name, cases by number, read at once for a whole page."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import String, cast, literal, select, union_all

from app.domain.audit.fields import referred_table
from app.domain.audit.models import AuditEntry
from app.domain.core.orm import Base
from app.extensions import db

NAMED_BY: Final = {
    "branches": "name",
    "cases": "number",
    "categories": "name",
    "causes": "name",
    "customers": "name",
    "departments": "name",
    "people": "name",
    "projects": "contract_number",
    "questionnaires": "name",
    "results": "name",
    "service_plans": "name",
    "teams": "name",
}
"""The column by which people know a row of the table. Other tables' rows have only their number."""

Names = Mapping[tuple[str, int], str]


def names_in(entries: Iterable[AuditEntry]) -> Names:
    """The names of what the entries are about and of what their changes refer to, by table and number: one query."""
    wanted: dict[str, set[int]] = {}
    for table, row_id in (pair for entry in entries for pair in _referred(entry)):
        if table in NAMED_BY:
            wanted.setdefault(table, set()).add(row_id)
    if not wanted:
        return {}
    parts = []
    for table, ids in wanted.items():
        columns = Base.metadata.tables[table].c
        name = cast(columns[NAMED_BY[table]], String(200))
        parts.append(select(literal(table).label("table"), columns.id, name.label("name")).where(columns.id.in_(ids)))
    return {(row.table, row.id): row.name for row in db.session.execute(union_all(*parts))}


def _referred(entry: AuditEntry) -> Iterable[tuple[str, int]]:
    if entry.subject_id is not None:
        yield entry.subject, entry.subject_id
    for name, values in entry.changes.items():
        if table := referred_table(entry.subject, name):
            yield from ((table, value) for value in values if isinstance(value, int))


def name_of(names: Names, subject: str, field: str, value: Any) -> str | None:
    """The name behind a field's number; None when the field holds none, or the row has no name."""
    table = referred_table(subject, field)
    return names.get((table, value)) if table else None
