"""The report as an Excel workbook: headline figures, one sheet for each table and list, and what each figure counts."""

import io
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

import xlsxwriter

from app.domain.cases.enums import Payer
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.reports.definitions import Figure
from app.domain.reports.report import GROUP_LABELS, Report, Table, earlier_than
from app.domain.reports.texts import Say, level_label, target_text, verdict_text
from app.domain.reports.values import Minutes, Money, Rate, Ratings, Value

Cell = tuple[str, Any, str]
"""Its head, its value, and the name of its number format."""

FORMATS: Final = {
    "text": {},
    "count": {"num_format": "#,##0"},
    "percent": {"num_format": "0.0%"},
    "money": {"num_format": "¥#,##0.00"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm"},
    "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"},
    "title": {"bold": True, "font_size": 14},
}
LIST_HEADS: Final = {
    "name": N_("工单编号"),
    "customer": N_("客户"),
    "clock": N_("时限"),
    "due_at": N_("到期"),
    "met_at": N_("完成"),
    "late_minutes": N_("迟了（分钟）"),
    "holder": N_("现由谁办"),
    "department": N_("部门"),
    "state": N_("状态"),
    "received_at": N_("受理"),
    "age_days": N_("已开天数"),
    "age": N_("时长"),
    "repeat_of": N_("上一次报修"),
}
LIST_TITLES: Final = {"breaches": N_("超时明细"), "open": N_("未办结"), "repeats": N_("返修")}


def workbook(report: Report, firm: str, say: Say = str) -> bytes:
    """The .xlsx file. Texts are written as texts, whatever they begin with."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        sheets = _Sheets(book, say)
        sheets.headline(report, firm)
        for table in report.tables:
            sheets.table(table)
        for name, listing in report.lists.items():
            sheets.listing(name, listing.rows)
        sheets.definitions(report)
    return out.getvalue()


class _Sheets:
    """Writes one sheet after the other."""

    def __init__(self, book: Any, say: Say) -> None:
        self.book, self.say = book, say
        self.formats = {name: book.add_format(shape) for name, shape in FORMATS.items()}

    def headline(self, report: Report, firm: str) -> None:
        """Scope above, then a line a figure: the period, the earlier ones, aim, verdict."""
        say, scope = self.say, report.scope
        sheet = self._sheet(say(N_("指标")))
        above = [
            (firm, "title"),
            (f"{say(report.title)} {scope.period.label(say)}", "title"),
            (f"{say(N_('区域'))}：{scope.branch_name or say(N_('全部'))}", "text"),
            (f"{say(N_('部门'))}：{scope.department or say(N_('全部'))}", "text"),
            (f"{say(N_('数据截至'))}：{clock.local(scope.as_of):%Y-%m-%d %H:%M}", "text"),
        ]
        for row, (words, shape) in enumerate(above):
            sheet.write_string(row, 0, words, self.formats[shape])
        now, *before = report.heads
        heads = (N_("指标"), now, N_("分子"), N_("分母"), *before, N_("目标"), N_("结论"))
        top = len(above) + 1
        for row, cells in enumerate(self._lines(report), top + 1):
            self._write_row(sheet, row, cells)
        self._heads(sheet, top, [say(head) for head in heads])
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, len(heads) - 1, 13)

    def table(self, table: Table) -> None:
        """A row a group; a rate takes three columns: its per cent and what was divided."""
        sheet = self._sheet(self.say(GROUP_LABELS[table.by]))
        self._grid(sheet, self.say(GROUP_LABELS[table.by]), table)

    def listing(self, name: str, rows: Sequence[dict[str, Any]]) -> None:
        """The cases one by one."""
        sheet = self._sheet(self.say(LIST_TITLES[name]))
        keys = [key for key in LIST_HEADS if rows and key in rows[0]] or ["name"]
        self._heads(sheet, 0, [self.say(LIST_HEADS[key]) for key in keys])
        for number, row in enumerate(rows, 1):
            self._write_row(sheet, number, [self._list_cell(key, row[key]) for key in keys])
        sheet.set_column(0, len(keys), 18)

    def definitions(self, report: Report) -> None:
        """What each figure counts."""
        sheet = self._sheet(self.say(N_("口径")))
        self._heads(sheet, 0, [self.say(N_("指标")), self.say(N_("口径"))])
        for row, line in enumerate(report.lines, 1):
            sheet.write_string(row, 0, self.say(line.figure.label))
            sheet.write_string(row, 1, self.say(line.figure.definition))
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 90)

    def _sheet(self, name: str) -> Any:
        sheet = self.book.add_worksheet(name[:31])
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet

    def _heads(self, sheet: Any, row: int, heads: Sequence[str]) -> None:
        for column, head in enumerate(heads):
            sheet.write_string(row, column, head, self.formats["head"])
        sheet.freeze_panes(row + 1, 1)
        sheet.repeat_rows(row)

    def _grid(self, sheet: Any, corner: str, table: Table) -> None:
        heads = [corner]
        for number, row in enumerate(table.rows, 1):
            cells = [cell for figure in table.figures for cell in _cells(figure, row.values[figure.key], self.say)]
            heads = [corner, *(head for head, _, _ in cells)]
            self._write_row(sheet, number, [(row.name, "text"), *((value, shape) for _, value, shape in cells)])
        self._heads(sheet, 0, heads)
        sheet.set_row(0, 30)
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, len(heads), 12)

    def _lines(self, report: Report) -> Iterator[list[tuple[Any, str]]]:
        periods = earlier_than(report.scope.period)
        for line in report.lines:
            parts = [_cells(line.figure, value, self.say) for value in (line.now, *map(line.before.get, periods))]
            for index, (head, value, shape) in enumerate(parts[0]):
                earlier = [(cells[index][1], cells[index][2]) if cells else (None, "text") for cells in parts[1:]]
                if isinstance(line.now, Rate) and index > 0:
                    continue
                rate = line.now if isinstance(line.now, Rate) else None
                yield [
                    (head, "text"),
                    (value, shape),
                    (rate.numerator if rate else None, "count"),
                    (rate.denominator if rate else None, "count"),
                    *earlier,
                    (target_text(line.figure, line.target), "text"),
                    (verdict_text(line.met, self.say), "text"),
                ]

    def _list_cell(self, key: str, value: Any) -> tuple[Any, str]:
        if isinstance(value, datetime):
            return clock.local(value).replace(tzinfo=None), "moment"
        if isinstance(value, str) and key in ("clock", "state", "age"):
            return self.say(value), "text"
        return value, "count" if isinstance(value, int) else "text"

    def _write_row(self, sheet: Any, row: int, cells: Sequence[tuple[Any, str]]) -> None:
        for column, (value, shape) in enumerate(cells):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                sheet.write_string(row, column, value, self.formats["text"])
            elif isinstance(value, datetime):
                sheet.write_datetime(row, column, value, self.formats[shape])
            else:
                sheet.write_number(row, column, value, self.formats[shape])


def _cells(figure: Figure, value: Value | None, say: Callable[[str], str]) -> list[Cell]:
    """A value as cells of numbers; None where it was not asked for."""
    label = say(figure.label)
    match value:
        case None:
            return []
        case Rate() as rate:
            share = None if rate.percent is None else float(rate.percent / Decimal(100))
            part, whole = say(N_("分子")), say(N_("分母"))
            return [
                (label, share, "percent"),
                (f"{label} {part}", rate.numerator, "count"),
                (f"{label} {whole}", rate.denominator, "count"),
            ]
        case Minutes(minutes=minutes):
            return [(f"{label}{say(N_('（分钟）'))}", minutes, "count")]
        case Money(by_payer=paid):
            return [(f"{label} {say(p.label)}", float(paid.get(p.label, 0)), "money") for p in Payer]
        case Ratings(by_level=levels):
            return [(say(level_label(level)), count, "count") for level, count in levels.items()]
        case int(count):
            return [(label, count, "count")]
