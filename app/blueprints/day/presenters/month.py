"""The month so far in words: each figure with its aim and verdict, and an address that lists its rows."""

from typing import Any

from flask import url_for
from flask_babel import pgettext

from app.domain.day import month
from app.domain.reports.definitions import FIGURES
from app.domain.reports.report import Line
from app.domain.reports.texts import fraction_of, target_text, verdict_text, written
from app.web.i18n import gettext


def bands_of(so_far: month.SoFar) -> list[dict[str, Any]]:
    """A band of figures for each report, as the figure component takes them."""
    period, titles = str(so_far.scope.period), _titles()
    return [
        {
            "title": titles[name],
            "href": url_for("reports.view", name=name, period=period),
            "figures": [_figure(name, period, line) for line in lines],
        }
        for name, lines in so_far.lines.items()
    ]


def uncounted_bands() -> list[dict[str, Any]]:
    """The same bands before they are counted: names without numbers."""
    titles = _titles()
    return [
        {
            "title": titles[name],
            "href": url_for("reports.view", name=name),
            "figures": [{"label": gettext(figure.label), "value": "…"} for figure in figures if figure.target],
        }
        for name, figures in FIGURES.items()
    ]


def _titles() -> dict[str, str]:
    return {
        "callbacks": pgettext("list", "回访"),
        "complaints": pgettext("list", "投诉"),
        "repairs": pgettext("list", "报修"),
    }


def _figure(name: str, period: str, line: Line) -> dict[str, Any]:
    missing = month.missing(line)
    verdict = {True: "good", False: "soon" if missing else "bad", None: None}[line.met]
    return {
        "label": gettext(line.figure.label),
        "value": written(line.now, gettext),
        "unit": fraction_of(line.now),
        "target": target_text(line.figure, line.target),
        "verdict": verdict,
        "verdict_text": gettext("还差 %(n)s", n=missing) if missing else verdict_text(line.met, gettext),
        "href": url_for("reports.rows", name=name, period=period, figure=line.figure.key),
    }
