"""Files as firms send them, made in the test; and every table's rows, to see that nothing changed."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from sqlalchemy import func, select

from app.domain.core import clock
from app.domain.core.orm import Base
from app.domain.imports import engine
from app.domain.imports.engine import Plan
from app.extensions import db

PEOPLE = ["账号", "姓名", "角色", "区域", "部门", "部门负责人", "手机", "总部", "在职"]


def book(
    heads: Sequence[str],
    *rows: Sequence[Any],
    title: str = "",
    blank_column: bool = False,
    dates_as: str = "yyyy-mm-dd hh:mm",
) -> bytes:
    """An xlsx. Dates are Excel dates; a text that begins with = is a formula, as people type them."""
    target, left, top = io.BytesIO(), int(blank_column), 0
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        sheet, dated = workbook.add_worksheet(), workbook.add_format({"num_format": dates_as})
        if title:
            sheet.merge_range(0, left, 0, left + len(heads), title)
            top = 2
        for number, cells in enumerate([list(heads), *rows]):
            for place, cell in enumerate(cells):
                if isinstance(cell, datetime | date):
                    sheet.write_datetime(top + number, left + place, cell, dated)
                elif cell is not None:
                    sheet.write(top + number, left + place, cell)
    return target.getvalue()


def sheet(**columns: Any) -> bytes:
    """An xlsx with one row: 列名=cell."""
    return book(list(columns), list(columns.values()))


def rows(*cells: dict[str, Any]) -> bytes:
    """An xlsx with a row for each dict; what a row doesn't name is empty."""
    heads = list(dict.fromkeys(name for row in cells for name in row))
    return book(heads, *([row.get(name) for name in heads] for row in cells))


def judged(kind: str, content: bytes, *, create: bool = True) -> Plan:
    """What the file would do."""
    return engine.judge(kind, content, by=None, at=clock.now(), create=create, source="ledger.xlsx")


def taken(kind: str, content: bytes, *, create: bool = True) -> Plan:
    """The file applied; a rejected row fails the test with its reason."""
    plan = judged(kind, content, create=create)
    assert [f"{one.row} {one.column} {one}" for one in plan.problems] == []
    engine.apply(plan)
    db.session.commit()
    return plan


def problems(plan: Plan) -> list[tuple[int | None, str | None]]:
    """Row and column of what is wrong."""
    return [(one.row, one.column) for one in plan.problems]


def everything() -> dict[str, Any]:
    """Every row of every table, to compare."""
    db.session.expire_all()
    return {
        table.name: sorted(map(repr, db.session.execute(select(table)).all())) for table in Base.metadata.sorted_tables
    }


def how_many(table: type[Base]) -> int:
    """How many rows a table has."""
    return db.session.scalar(select(func.count()).select_from(table)) or 0
