"""The printed sheet of a report: the preview's HTML, and the PDF made of it."""

from typing import Any

from flask import render_template

from app.blueprints.reports.presenters.listings import lists_of
from app.blueprints.reports.presenters.report import Shown, scope_text
from app.domain.reports.render.printing import print_pdf
from app.domain.reports.report import Report
from app.web.assets import STATIC
from app.web.i18n import gettext

ROWS_SHOWN = 50
"""So many cases of a list on the page and on paper, which say how many more there are; Excel has all of them."""


def html_of(report: Report, **bar: Any) -> str:
    """The sheet. `bar`: the addresses of the preview's bar; none for the PDF."""
    shown = Shown(report)
    return render_template(
        "print/month.html",
        shown=shown,
        printed=[row for line in shown.lines() for row in (line, *_below(line))],
        lists=lists_of(report),
        heading=gettext(report.title),
        period_text=report.scope.period.label(gettext),
        scope_text=scope_text(report.scope),
        as_of=report.scope.as_of,
        for_pdf=not bar,
        **bar,
    )


def _below(line: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts of a figure as lines of their own, set in under it."""
    return [part | {"label": f"　{part['label']}"} for part in line["parts"]]


def pdf_of(report: Report) -> bytes:
    """The sheet as a PDF. Refused in words when it can't be made."""
    return print_pdf(html_of(report), (STATIC / "css" / "print.css").read_text(encoding="utf-8"))
