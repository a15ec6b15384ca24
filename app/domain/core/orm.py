"""What every table shares: the base, its constraint names, and the column types of the house."""

from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import DateTime, Dialect, MetaData, String, TypeDecorator
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, MappedColumn, mapped_column
from sqlalchemy.sql.expression import FunctionElement

from app.domain.core.enums import LabelledEnum


class Base(DeclarativeBase):
    """The one declarative base. Constraints are named, so that migrations can drop them on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant. SQLite keeps it without a zone; a naive value is refused, never guessed."""

    impl = DateTime(timezone=True)
    cache_ok = True
    python_type = datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant without a zone: {value!r}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Code(TypeDecorator[LabelledEnum]):
    """A LabelledEnum kept as its code in a plain text column: adding a member needs no migration."""

    impl = String(30)
    cache_ok = True
    python_type = str

    def __init__(self, enum: type[LabelledEnum]) -> None:
        super().__init__()
        self.enum = enum

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else self.enum.of(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> LabelledEnum | None:
        return None if value is None else self.enum.of(value)


def bytewise(length: int) -> String:
    """A text column ordered by its bytes on either database, so that its index serves "begins with"."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


class unindexed(FunctionElement[Any]):
    """SQL: a column that a list is filtered by, but not found by: SQLite then reads the index of the list's order.

    Without figures about its tables it takes any index a filter offers, and sorts all that it finds there.
    """

    inherit_cache = True
    name = "unindexed"

    def __init__(self, column: Any) -> None:
        super().__init__(column)
        self.type = column.type


@compiles(unindexed)
def _as_it_is(element: Any, compiler: Any, **kw: Any) -> str:
    return str(compiler.process(element.clauses, **kw))


@compiles(unindexed, "sqlite")
def _with_a_plus(element: Any, compiler: Any, **kw: Any) -> str:
    return f"+{compiler.process(element.clauses, **kw)}"


def column(label: str, *args: Any, is_phone: bool = False, **kw: Any) -> MappedColumn[Any]:
    """A column that people read: `label` is what it is called on pages, in the audit and when two versions differ.

    `is_phone`: it holds a telephone number, shown whole only to who may see it.
    """
    return mapped_column(*args, info={"label": label, "is_phone": is_phone}, **kw)


key = Annotated[int, mapped_column(primary_key=True)]
instant = Annotated[datetime, mapped_column(Instant)]

__all__ = ["Base", "Code", "Instant", "bytewise", "column", "instant", "key", "unindexed"]
