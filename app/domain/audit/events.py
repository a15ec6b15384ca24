"""What can be written into the audit: each capability declares its events in its audit_events.py, with exact fields."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Final

from app.domain.core.enums import LabelledEnum
from app.domain.core.orm import Base


@dataclass(frozen=True)
class Field:
    """A field of an entry that is no column of what was changed: what it is called, and what its values are.

    `part` is what of it, where several share a name: of a stage its planned or actual day.
    """

    label: str
    enum: type[LabelledEnum] | None = None
    is_phone: bool = False
    part: str = ""


@dataclass(frozen=True)
class AuditEvent:
    """Something that is kept in the audit. `columns`, `fields` and `parts` are all that its entries may name.

    `parts` are fields of rows that the firm names: of a stage 量尺 the part `actual_on` is the field `量尺.actual_on`.
    """

    action: str
    label: str
    subject: str
    columns: frozenset[str]
    fields: Mapping[str, Field]
    parts: Mapping[str, Field]

    def field(self, name: str) -> Field | None:
        """The field of the name that is no column, if it is declared."""
        owner, _, part = name.rpartition(".")
        if name in self.fields or not owner or part not in self.parts:
            return self.fields.get(name)
        return replace(self.parts[part], label=owner)

    def undeclared(self, names: Mapping[str, object]) -> set[str]:
        """Which of the names no entry of the event may bear."""
        return {name for name in names if name not in self.columns and self.field(name) is None}


@dataclass(frozen=True)
class Subject:
    """A table that entries are about: the first half of its actions' names, and what its rows are called.

    `branch` is where a row's branch stands, as seen from the row; empty for what belongs to the whole firm.
    """

    model: type[Base]
    capability: str
    label: str
    branch: str = "branch_id"

    @property
    def table(self) -> str:
        """The table's name, which entries keep."""
        return str(self.model.__tablename__)

    @property
    def columns(self) -> frozenset[str]:
        """Every column that people read."""
        return frozenset(name for name, column in self.model.__table__.columns.items() if "label" in column.info)

    def branch_of(self, thing: Base) -> int | None:
        """The branch of a row; None when it is the whole firm's."""
        found: int | None = attrgetter(self.branch)(thing) if self.branch else None
        return found

    def event(
        self,
        verb: str,
        label: str,
        *columns: str,
        fields: Mapping[str, Field] | None = None,
        parts: Mapping[str, Field] | None = None,
    ) -> AuditEvent:
        """Declare an event. A KeyError for a column that the table hasn't or that has no label; a ValueError when the
        action is declared already.
        """
        for name in columns:
            _ = self.model.__table__.columns[name].info["label"]
        action = f"{self.capability}.{verb}"
        if action in DECLARED:
            raise ValueError(f"{action} is declared already")
        SUBJECTS[self.table] = self
        made = DECLARED[action] = AuditEvent(action, label, self.table, frozenset(columns), fields or {}, parts or {})
        return made


DECLARED: Final[dict[str, AuditEvent]] = {}
SUBJECTS: Final[dict[str, Subject]] = {}
