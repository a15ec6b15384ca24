"""Which field was changed and what it held, as people read it: from its column, or from the event that declares it."""

from typing import Any

from sqlalchemy import Column

from app.domain.audit.events import DECLARED, Field
from app.domain.core.enums import LabelledEnum
from app.domain.core.orm import Base, Code, Instant


def label_of(subject: str, name: str) -> tuple[str, str]:
    """The message ids of a field's label: what it is, and what of it (else an empty text).

    A field that nobody declares any more is its own label.
    """
    column, declared = _column(subject, name), _declared(subject, name)
    if column is not None and "label" in column.info:
        return column.info["label"], ""
    return (declared.label, declared.part) if declared else (name, "")


def enum_of(subject: str, name: str) -> type[LabelledEnum] | None:
    """The enumeration that the field's codes are of, if it holds codes."""
    kind, declared = _type_of(subject, name), _declared(subject, name)
    if isinstance(kind, Code):
        return kind.enum
    return declared.enum if declared else None


def is_phone(subject: str, name: str) -> bool:
    """Whether the field holds a telephone number, shown whole only to who may see it."""
    column, declared = _column(subject, name), _declared(subject, name)
    return bool((column is not None and column.info.get("is_phone")) or (declared and declared.is_phone))


def is_instant(subject: str, name: str) -> bool:
    """Whether the field holds a moment, kept in ISO form."""
    return isinstance(_type_of(subject, name), Instant)


def referred_table(subject: str, name: str) -> str | None:
    """The table whose rows the field holds the numbers of, if it holds such."""
    column = _column(subject, name)
    keys = column.foreign_keys if column is not None else ()
    return next((key.column.table.name for key in keys), None)


def _declared(subject: str, name: str) -> Field | None:
    found = (event.field(name) for event in DECLARED.values() if event.subject == subject)
    return next((field for field in found if field is not None), None)


def _type_of(subject: str, name: str) -> Any:
    column = _column(subject, name)
    return column.type if column is not None else None


def _column(subject: str, name: str) -> Column[Any] | None:
    table = Base.metadata.tables.get(subject)
    return table.c[name] if table is not None and name in table.c else None
