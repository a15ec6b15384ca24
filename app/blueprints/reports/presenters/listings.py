"""The lists of a report in words: broken promises, open cases, repeats."""

from datetime import datetime
from typing import Any, Final

from app.domain.reports.render.excel import LIST_HEADS, LIST_TITLES
from app.domain.reports.report import Report
from app.domain.reports.texts import duration
from app.web import formats
from app.web.i18n import gettext

COLUMNS: Final = {
    "breaches": (("name", 18), ("clock", 15), ("due_at", None), ("met_at", None), ("late_minutes", 15), ("holder", 12)),
    "open": (("name", 18), ("customer", 12), ("received_at", None), ("state", 15), ("holder", 12), ("age", 15)),
    "repeats": (("name", 20), ("customer", 15), ("received_at", None), ("state", 15), ("repeat_of", 20)),
}
"""What is shown of each list, with its width on paper in per cent."""


def lists_of(report: Report) -> list[dict[str, Any]]:
    """Each list with its heads, its rows as texts, and how many there are besides."""
    return [_list(report, name) for name in report.lists if name != "repeats" or report.name == "repairs"]


def _list(report: Report, name: str) -> dict[str, Any]:
    listing, columns = report.lists[name], COLUMNS[name]
    return {
        "name": name,
        "title": gettext(LIST_TITLES[name]),
        "count": listing.count,
        "columns": [{"label": _head(key), "width": width} for key, width in columns],
        "rows": [
            {"href": f"/cases/{row['id']}", "cells": [_text(key, row[key]) for key, _ in columns]}
            for row in listing.rows
        ],
        "left_out": listing.count - len(listing.rows),
    }


def _head(key: str) -> str:
    return gettext("迟了") if key == "late_minutes" else gettext(LIST_HEADS[key])


def _text(key: str, value: Any) -> str:
    if value is None:
        return gettext("还没有") if key == "met_at" else "—"
    if isinstance(value, datetime):
        return formats.moment(value)
    if key == "late_minutes":
        return duration(value, gettext)
    return gettext(value) if key in ("clock", "state", "age") else str(value)
