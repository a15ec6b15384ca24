"""Which column of a file is which: the header row found, its words matched, each row read into values."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.imports.problems import Problem
from app.domain.imports.reader.cells import Reader, written
from app.domain.imports.reader.sheets import Line, is_blank

HEADER_WITHIN: Final = 50
EXAMPLES: Final = 3
NOTE: Final = re.compile(r"[(\[【].*[)\]】]$")
MARKS: Final = re.compile(r"[\s*:_]")


@dataclass(frozen=True)
class Column:
    """A column of a kind of file: its name, how its cells are read, whether every row needs it.

    `example` stands in the template. `sharing`: one of the columns with the same mark must be there.
    """

    name: str
    read: Reader
    required: bool = False
    example: str = ""
    sharing: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a file: its number in Excel, what it says by column name (empty cells left out), what was wrong."""

    number: int
    values: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def get(self, name: str, default: Any = None) -> Any:
        """What the row says in the column, or the default for an empty cell."""
        return self.values.get(name, default)


@dataclass(frozen=True)
class Matched:
    """A column of the file that was understood, with some of what stands in it."""

    name: str
    header: str
    examples: list[str]


@dataclass(frozen=True)
class Table:
    """A file's header understood."""

    header: Line
    places: dict[str, int]
    unknown: list[str]
    lines: list[Line]

    def matched(self) -> list[Matched]:
        """The columns in the file's order, with examples."""
        return [
            Matched(name, written(self.header.cells[place]).strip(), self._examples(place))
            for name, place in sorted(self.places.items(), key=lambda item: item[1])
        ]

    def _examples(self, place: int) -> list[str]:
        cells = (line.cells[place] for line in self.lines if place < len(line.cells))
        shown = dict.fromkeys(written(cell).strip()[:40] for cell in cells if not is_blank(cell))
        return list(shown)[:EXAMPLES]

    def rows(self, columns: Sequence[Column], at: datetime) -> list[Row]:
        """Every row with its cells read; a row without anything in the known columns is passed over."""
        known = [(column, self.places[column.name]) for column in columns if column.name in self.places]
        rows = (_row(line, known, at) for line in self.lines)
        return [row for row in rows if row.values or any(problem.column_has_text for problem in row.problems)]


def find_table(candidates: Sequence[Sequence[Line]], columns: Sequence[Column]) -> Table:
    """The header among the first rows, and what stands below it.

    Refused when no row names two of the columns, a required one is missing, or one stands there twice.
    """
    found = [(line, lines[place + 1 :]) for lines in candidates for place, line in enumerate(lines[:HEADER_WITHIN])]
    if not found:
        raise Refused(N_("文件里没有内容。"))
    names = {_folded(column.name): column.name for column in columns}
    header, below = max(found, key=lambda pair: len(set(_known(pair[0], names)) - {None}))
    places, unknown = _placed(header, names)
    if len(places) < 2:
        raise Refused(N_("没有找到表头。表头要有这些列：%(columns)s。"), columns=_required_words(columns))
    _refuse_missing(columns, places)
    return Table(header, places, unknown, list(below))


def _known(header: Line, names: dict[str, str]) -> list[str | None]:
    return [_name_of(cell, names) for cell in header.cells]


def _name_of(cell: Any, names: dict[str, str]) -> str | None:
    if not isinstance(cell, str):
        return None
    return names.get(_folded(cell)) or names.get(_folded(NOTE.sub("", unicodedata.normalize("NFKC", cell).strip())))


def _folded(name: str) -> str:
    return MARKS.sub("", unicodedata.normalize("NFKC", name))


def _placed(header: Line, names: dict[str, str]) -> tuple[dict[str, int], list[str]]:
    places: dict[str, int] = {}
    unknown = []
    for place, (cell, name) in enumerate(zip(header.cells, _known(header, names), strict=True)):
        if name in places:
            raise Refused(N_("“%(column)s”这一列出现了两次，请留下一列。"), column=name)
        if name is not None:
            places[name] = place
        elif not is_blank(cell):
            unknown.append(" ".join(written(cell).split())[:60])
    return places, unknown


def _refuse_missing(columns: Sequence[Column], places: dict[str, int]) -> None:
    missing = [column.name for column in columns if column.required and column.name not in places]
    groups = dict.fromkeys(column.sharing for column in columns if column.sharing)
    for group in groups:
        members = [column.name for column in columns if column.sharing == group]
        if places.keys().isdisjoint(members):
            missing.append(" / ".join(members))
    if missing:
        raise Refused(N_("缺少必需的列：%(columns)s。"), columns="、".join(missing))


def _required_words(columns: Sequence[Column]) -> str:
    return "、".join(column.name for column in columns if column.required or column.sharing)


def _row(line: Line, known: Sequence[tuple[Column, int]], at: datetime) -> Row:
    row = Row(line.number, {})
    for column, place in known:
        cell = line.cells[place] if place < len(line.cells) else None
        value = None
        if not is_blank(cell):
            try:
                value = column.read(cell, at)
            except Refused as refused:
                row.problems.append(Problem(line.number, column.name, refused.message, refused.params, True))
                continue
        if value not in (None, "", []):
            row.values[column.name] = value
        elif column.required:
            row.problems.append(Problem(line.number, column.name, N_("这一格要填。")))
    return row
