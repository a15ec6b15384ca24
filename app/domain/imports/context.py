"""One file on its way in: what the kinds share while they judge its rows and write them."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Select

from app.domain.accounts.models import Person
from app.domain.audit import trail
from app.domain.audit.events import AuditEvent
from app.domain.core import clock
from app.domain.core.enums import N_, LabelledEnum
from app.domain.core.orm import Base
from app.domain.core.parsing.phones import Phone
from app.domain.imports.phases import WRITING
from app.domain.imports.problems import CellRefused, Problem
from app.domain.imports.reader.columns import Column, Row
from app.domain.jobs.progress import Progress
from app.extensions import db

AT_ONCE = 500
"""Values in one IN list: far below either database's limit on parameters."""


@dataclass
class ImportContext:
    """The import of one file: who, when, what may be made, and what was made or warned of on the way.

    `made` holds rows that are not in the session until the file is applied.
    """

    at: datetime
    by: Person | None
    create: bool = False
    source: str = ""
    warnings: list[Problem] = field(default_factory=list)
    made: list[tuple[str, str]] = field(default_factory=list)
    new: list[Base] = field(default_factory=list)
    progress: Progress = field(default_factory=Progress)
    event: AuditEvent = field(init=False)

    @property
    def today(self) -> date:
        """The firm's day of the import."""
        return clock.day_of(self.at)

    def warn(self, row: Row, column: str, message: str, **params: Any) -> None:
        """Something that the user should look at, but that stops nothing."""
        self.warnings.append(Problem(row.number, column, message, params))

    def make(self, what: str, name: str, thing: Base) -> None:
        """`thing` is to be added when the file is applied."""
        self.made.append((what, name))
        self.new.append(thing)

    def writing(self, changes: Sequence["RowChange"]) -> Iterator["RowChange"]:
        """The changes to be written one after another; those behind go to the database a few hundred at a time."""
        for place, change in enumerate(self.progress.passing(WRITING, changes)):
            if place % AT_ONCE == 0:
                db.session.flush()
            yield change
        db.session.flush()


@dataclass
class RowChange:
    """What a row does to its record: `record` None adds one. Nothing is written before the whole file is judged.

    `values` are attributes to set; `more` is what the kind itself has to write; `shown` is (before, after) by column;
    `parts` is what the audit adds to the name of a column that the firm named.
    """

    row: Row
    name: str
    record: Any = None
    values: dict[str, Any] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, tuple[str, str]] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.is_new = self.record is None

    @property
    def is_unchanged(self) -> bool:
        """Whether the record already is what the row says."""
        return not (self.is_new or self.values or self.more)

    def put(self, column: str, attribute: str, value: Any) -> None:
        """Set the attribute, if the record has another value."""
        before = None if self.is_new else getattr(self.record, attribute)
        if self.is_new or not same(before, value):
            self.values[attribute] = value
            self.shown[column] = (spoken(before), spoken(value))

    def take(self, columns: dict[str, str]) -> None:
        """`put` each column that the row fills: {column: attribute}."""
        for column, attribute in columns.items():
            if column in self.row:
                self.put(column, attribute, self.row[column])

    def note(self, column: str, key: str, value: Any, before: Any, after: Any, *, part: str = "") -> None:
        """Something of the kind's own to write, with how it reads before and after."""
        self.more[key] = value
        self.shown[column] = (spoken(before), spoken(after))
        if part:
            self.parts[column] = f"{column}.{part}"

    def write(self) -> None:
        """Set the attributes on the record."""
        for attribute, value in self.values.items():
            setattr(self.record, attribute, value)

    def audited(self) -> dict[str, list[str]]:
        """{column: [before, after]} of a corrected record; a new one speaks for itself."""
        if self.is_new:
            return {}
        return {self.parts.get(column, column): [before, after] for column, (before, after) in self.shown.items()}


class Importer(ABC):
    """A kind of file: its columns, how a row is judged, how the judged rows are written.

    `columns` are those of every firm.
    """

    code: ClassVar[str]
    label: ClassVar[str]
    columns: ClassVar[tuple[Column, ...]]
    event: ClassVar[AuditEvent]

    def __init__(self, work: ImportContext) -> None:
        self.work = work
        work.event = self.event
        self.seen: dict[Any, int] = {}

    @classmethod
    def all_columns(cls) -> tuple[Column, ...]:
        """Those of this firm's files, in the order of the template."""
        return cls.columns

    @abstractmethod
    def load(self, rows: Sequence[Row]) -> None:
        """Fetch all that the rows will be compared with, in few queries."""

    @abstractmethod
    def judge(self, row: Row) -> RowChange:
        """What the row would do. CellRefused when it can't be."""

    def finish(self, changes: Sequence[RowChange]) -> list[Problem]:
        """What only shows when all rows were judged."""
        return []

    @abstractmethod
    def write(self, changes: Sequence[RowChange]) -> None:
        """Add and correct the records. Called with those that change something, after `work.new` was added."""

    def once(self, row: Row, column: str, key: Any, shown: str = "") -> None:
        """Refused when a row above is about the same record."""
        first = self.seen.setdefault(key, row.number)
        if first != row.number:
            message = N_("“%(code)s”在第 %(row)s 行已经有了，同一个文件里只能写一次。")
            raise CellRefused(column, message, code=shown or str(key), row=first)


def same(before: Any, after: Any) -> bool:
    """Whether a record already has the value."""
    return before is after or before == after


def spoken(value: Any) -> str:
    """A value as the file would have it."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case LabelledEnum():
            return value.label
        case Phone():
            return value.number + (f"转{value.extension}" if value.extension else "")
        case datetime():
            return clock.local(value).strftime("%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case Base():
            return str(getattr(value, "name", ""))
        case _:
            return str(value)


def fetched(query: Select[Any], column: Any, values: Iterable[Any]) -> Iterator[Any]:
    """The query's rows for which the column has one of the values, a few hundred values at a time."""
    wanted = sorted(set(values))
    for start in range(0, len(wanted), AT_ONCE):
        yield from db.session.scalars(query.where(column.in_(wanted[start : start + AT_ONCE]))).unique()


def audit(work: ImportContext, changes: Sequence[RowChange]) -> None:
    """One entry for each record, written in one statement."""
    said = [(change.record, change.audited()) for change in changes]
    trail.record_all(work.event, said, by=work.by, at=work.at, reason=work.source[:500])
