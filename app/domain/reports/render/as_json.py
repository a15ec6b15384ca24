"""The report as interfaces.md writes it in JSON."""

from datetime import datetime
from typing import Any

from app.domain.core import clock
from app.domain.reports.listings import Row
from app.domain.reports.report import Report
from app.domain.reports.values import as_json


def document(report: Report) -> dict[str, Any]:
    """Plain data, keys and order as promised; times on the firm's wall clock with their offset."""
    scope = report.scope
    return {
        "report": report.name,
        "period": str(scope.period),
        "branch": scope.branch_name,
        "department": scope.department,
        "closed": False,
        "revision": 0,
        "generated_at": clock.local(scope.as_of).isoformat(timespec="seconds"),
        "figures": {line.figure.key: as_json(line.now) for line in report.lines},
        "tables": {
            f"by_{table.by}": [
                {"name": row.name} | {key: as_json(value) for key, value in row.values.items()} for row in table.rows
            ]
            for table in report.tables
        }
        | {name: [_plain(row) for row in listing.rows] for name, listing in report.lists.items()},
    }


def _plain(row: Row) -> dict[str, Any]:
    return {
        name: clock.local(value).isoformat(timespec="minutes") if isinstance(value, datetime) else value
        for name, value in row.items()
        if name != "id"
    }
