"""`flask report callbacks|complaints|repairs`: JSON, Excel or PDF over a period, for any branch or department."""

import json
from pathlib import Path

import click
from flask import current_app

from app.blueprints.reports.presenters.pdf import ROWS_SHOWN, pdf_of
from app.commands.refusals import explained
from app.domain.core import clock
from app.domain.reports.definitions import FIGURES, PERIODS
from app.domain.reports.render import as_json, excel
from app.domain.reports.report import Report, make
from app.domain.reports.scope import scope_of
from app.domain.settings import values as settings


@click.command("report")
@click.argument("name", type=click.Choice(list(FIGURES)))
@click.option("--period", required=True, help="2026-11, 2026-W47, 2026-11-21, 2026 or 2026-11-01..2026-11-15.")
@click.option("--branch", help="A branch's name; without it, the whole firm.")
@click.option("--department", help="A department's name; without it, all of them.")
@click.option("--format", "form", required=True, type=click.Choice(["json", "xlsx", "pdf"]))
@click.option("--out", required=True, type=click.Path(dir_okay=False, writable=True, path_type=Path))
@explained
def report(name: str, period: str, branch: str | None, department: str | None, form: str, out: Path) -> None:
    """Write a report to a file."""
    scope = scope_of(period, clock.now(), offered=PERIODS[name], branch=branch, department=department)
    content = _content(make(name, scope, compare=form != "json", limit=ROWS_SHOWN if form == "pdf" else None), form)
    try:
        out.write_bytes(content)
    except OSError as why:
        raise click.FileError(str(out), why.strerror) from None


def _content(made: Report, form: str) -> bytes:
    if form == "json":
        return (json.dumps(as_json.document(made), ensure_ascii=False, indent=2) + "\n").encode()
    if form == "xlsx":
        return excel.workbook(made, str(settings.value("firm.name")))
    with current_app.test_request_context():
        return pdf_of(made)
