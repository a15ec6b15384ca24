"""A report as the page and the printed sheet show it: words instead of values, and an address behind each figure."""

from typing import Any, Final
from urllib.parse import urlencode

from flask import url_for

from app.domain.reports import drilldown
from app.domain.reports.definitions import Figure
from app.domain.reports.names import NONE
from app.domain.reports.report import GROUP_LABELS, Line, Report, Table, TableRow, earlier_than
from app.domain.reports.scope import Scope
from app.domain.reports.texts import fraction_of, level_label, parts_of, target_text, verdict_text, written
from app.domain.reports.values import Money, Rate, Ratings, Value
from app.web.i18n import gettext

IN_TABLES: Final = {
    "callbacks": (
        "callbacks_due", "completion_rate", "timely_rate", "effective_callbacks", "satisfied_rate", "truthful_rate",
        "quota_met_rate",
    ),
    "complaints": (
        "complaints_received", "validity_rate", "dealt_with_24h_rate", "signed_in_time_rate", "on_site_in_time_rate",
        "closed_rate", "median_minutes_to_close",
    ),
    "repairs": (
        "repairs_received", "contacted_in_time_rate", "on_site_in_time_rate", "resolved_48h_rate", "closed_rate",
        "repeat_rate", "cost_by_payer",
    ),
}  # fmt: skip
"""What a table shows on page and paper; the workbook and the JSON have all of them."""

CHARTED: Final = 10


def address(scope: Scope) -> dict[str, str]:
    """The scope as it stands in an address."""
    words = {"period": str(scope.period), "branch": scope.branch_name, "department": scope.department}
    return {key: value for key, value in words.items() if value}


def scope_text(scope: Scope) -> str:
    """Which branch and department, in words."""
    whole = gettext("全公司") if scope.reader is None or scope.reader.is_hq else gettext("本区域")
    return " · ".join(part for part in (scope.branch_name or whole, scope.department) if part)


class Shown:
    """The parts of a report in words. Each figure's address lists exactly its rows."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.heads = [gettext(head) for head in report.heads]
        self.rows_url = url_for("reports.rows", name=report.name, **address(report.scope))

    def lines(self) -> list[dict[str, Any]]:
        """The headline table; money and ratings in their parts below it."""
        return [
            {
                "label": gettext(line.figure.label),
                "definition": gettext(line.figure.definition),
                "value": written(line.now, gettext),
                "fraction": fraction_of(line.now),
                "href": self._href(line.figure),
                "before": [written(value, gettext) for value in self._before(line)],
                "target": target_text(line.figure, line.target),
                "verdict": {True: "good", False: "bad", None: None}[line.met],
                "verdict_text": verdict_text(line.met, gettext),
                "parts": self._parts(line),
            }
            for line in self.report.lines
        ]

    def tables(self) -> list[dict[str, Any]]:
        """Each grouping with a chart of its first column."""
        return [self._table(table) for table in self.report.tables if table.rows]

    def ratings(self) -> list[tuple[str, int]]:
        """The five levels with how many gave them; empty where the report has none."""
        for line in self.report.lines:
            if isinstance(line.now, Ratings):
                return [(gettext(level_label(level)), count) for level, count in line.now.by_level.items()]
        return []

    def terms(self) -> list[tuple[str, str]]:
        """What each figure counts; figures counted in the same way stand together."""
        named: dict[str, list[str]] = {}
        for line in self.report.lines:
            named.setdefault(line.figure.definition, []).append(gettext(line.figure.label))
        return [(gettext("、").join(labels), gettext(definition)) for definition, labels in named.items()]

    def _before(self, line: Line) -> list[Value]:
        """The figure in the earlier periods, in the order of the heads."""
        return [line.before[name] for name in earlier_than(self.report.scope.period)]

    def _parts(self, line: Line) -> list[dict[str, str]]:
        """A line below the figure for each rating or payer, with the earlier periods beside it."""
        codes = {label: code for code, (label, _) in drilldown.parts_of(line.figure).items()}
        return [
            {
                "label": gettext(label),
                "value": value,
                "before": [parts_of(before).get(label, NONE) for before in self._before(line)],
                "href": self._href(line.figure, part=codes[label]),
            }
            for label, value in parts_of(line.now).items()
        ]

    def _table(self, table: Table) -> dict[str, Any]:
        by_key = {figure.key: figure for figure in table.figures}
        figures = [by_key[key] for key in IN_TABLES[self.report.name] if key in by_key]
        label = gettext(GROUP_LABELS[table.by])
        return {
            "by": table.by,
            "label": label,
            "heads": [gettext(figure.label) for figure in figures],
            "rows": [self._row(table.by, row, figures) for row in table.rows],
            "chart": [
                (gettext(row.name), row.values[figures[0].key], written(row.values[figures[0].key], gettext))
                for row in table.rows[:CHARTED]
                if row.values[figures[0].key]
            ],
        }

    def _row(self, by: str, row: TableRow, figures: list[Figure]) -> dict[str, Any]:
        return {
            "name": gettext(row.name),
            "cells": [
                {
                    "text": written(row.values[figure.key], gettext),
                    "fraction": fraction_of(row.values[figure.key]),
                    "href": self._href(figure, by=by, of=row.key or "") if _has_rows(row.values[figure.key]) else None,
                }
                for figure in figures
            ],
        }

    def _href(self, figure: Figure, **more: str) -> str:
        return f"{self.rows_url}&{urlencode({'figure': figure.key} | more)}"


def _has_rows(value: Value) -> bool:
    match value:
        case Rate(denominator=count) | int(count):
            return count > 0
        case Money(by_payer=paid):
            return bool(paid)
    return True
