"""Files to hand out: an empty one to fill in, and the rejected rows with their reasons. All cells are plain text."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import xlsxwriter

from app.domain.imports.engine import kind_named
from app.domain.imports.problems import Problem
from app.domain.imports.reader.cells import written
from app.domain.imports.reader.columns import Table

WIDTH = 16
REASON_WIDTH = 50
Say = Callable[[Any], str]


def template(code: str) -> bytes:
    """The kind's columns, required ones with *, and one row as an example. Refused for an unknown kind."""
    columns = kind_named(code).all_columns()
    heads = [column.name + ("*" if column.required else "") for column in columns]
    return _book([heads, [column.example for column in columns]], [WIDTH] * len(heads))


def rejected(table: Table, problems: Sequence[Problem], reason_head: str, say: Say) -> bytes:
    """The rows that can't be taken, as they stand in the file, each with its reasons in front.

    `say` puts a problem into the reader's language.
    """
    reasons: dict[int | None, list[str]] = {}
    for problem in problems:
        reasons.setdefault(problem.row, []).append(f"{problem.column or ''}：{say(problem)}")
    heads = [reason_head, *(written(cell) for cell in table.header.cells)]
    lines = [
        ["；".join(reasons[line.number]), *(written(cell) for cell in line.cells)]
        for line in table.lines
        if line.number in reasons
    ]
    return _book([heads, *lines], [REASON_WIDTH] + [WIDTH] * (len(heads) - 1))


def _book(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@", "text_wrap": True})
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        for number, cells in enumerate(rows):
            for place, cell in enumerate(cells):
                sheet.write_string(number, place, cell[:32_000], bold if number == 0 else text)
        sheet.freeze_panes(1, 0)
    return target.getvalue()
