"""The reports: which there are, one in full, its files, and the rows behind each figure."""

from flask import Blueprint, Response, abort, jsonify, render_template, request, url_for

from app.blueprints.reports import filters
from app.blueprints.reports.presenters import drilldown
from app.blueprints.reports.presenters.listings import lists_of
from app.blueprints.reports.presenters.pdf import ROWS_SHOWN, html_of, pdf_of
from app.blueprints.reports.presenters.report import Shown, address, scope_text
from app.domain.core import clock
from app.domain.core.errors import Refused
from app.domain.reports.definitions import PERIODS
from app.domain.reports.period import Period, PeriodKind
from app.domain.reports.render import as_json, excel
from app.domain.reports.report import TITLES, Report, make, title_of
from app.domain.reports.scope import Scope, scope_of
from app.domain.settings import values as settings
from app.web.access import me, requires
from app.web.downloads import download
from app.web.i18n import gettext
from app.web.lists import listed

bp = Blueprint("reports", __name__)

NAMES = "any(callbacks, complaints, repairs)"
MONTHS_BACK = 12
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def asked_scope(name: str) -> Scope:
    """The scope in the address; this month without one. A branch or department not the reader's is a 404."""
    now, args = clock.now(), request.args
    period = filters.period_in(args, name, clock.day_of(now))
    named = {"branch": args.get("branch"), "department": args.get("department")}
    try:
        return scope_of(period, now, offered=PERIODS[name], reader=me(), **named)
    except Refused as refused:
        if refused.field == "period":
            raise
        abort(404)


def asked_report(name: str) -> Report:
    """The report of the address, its lists as long as they are shown."""
    return make(name, asked_scope(name), limit=ROWS_SHOWN)


@bp.get("/reports")
@requires("reports.see")
def index() -> str:
    """The reports there are, for this month and the twelve before."""
    now = Period.of(PeriodKind.MONTH, clock.today())
    months = [now.moved(-back) for back in range(MONTHS_BACK + 1)]
    return render_template("reports/index.html", months=months, now=now, titles=TITLES)


@bp.get(f"/reports/<{NAMES}:name>")
@requires("reports.see")
def view(name: str) -> str:
    """A report on the screen."""
    report = asked_report(name)
    shown, scope = Shown(report), report.scope
    return render_template(
        "reports/view.html",
        report=report,
        shown=shown,
        heading=gettext(report.title),
        period_text=scope.period.label(gettext),
        scope_text=scope_text(scope),
        lists=lists_of(report),
        twins={kind: url_for(f".{kind}", name=name, **address(scope)) for kind in ("preview", "pdf", "xlsx", "json")},
        **filters.choices(scope, name),
    )


@bp.get(f"/reports/<{NAMES}:name>.json")
@requires("reports.see")
def json(name: str) -> Response:
    """The report as JSON."""
    return jsonify(as_json.document(make(name, asked_scope(name), compare=False)))


@bp.get(f"/reports/<{NAMES}:name>.xlsx")
@requires("reports.see")
def xlsx(name: str) -> Response:
    """The report as a workbook, its lists in full."""
    report = make(name, asked_scope(name))
    return _file(excel.workbook(report, str(settings.value("firm.name")), gettext), XLSX, report, "xlsx")


@bp.get(f"/reports/<{NAMES}:name>.pdf")
@requires("reports.see")
def pdf(name: str) -> Response:
    """The report on paper."""
    report = asked_report(name)
    return _file(pdf_of(report), "application/pdf", report, "pdf")


@bp.get(f"/reports/<{NAMES}:name>/preview")
@requires("reports.see")
def preview(name: str) -> str:
    """The sheet as it will be printed."""
    report = asked_report(name)
    kept = {"name": name, **address(report.scope)}
    return html_of(
        report,
        back_url=url_for(".view", **kept),
        pdf_url=url_for(".pdf", **kept),
        xlsx_url=url_for(".xlsx", **kept),
    )


@bp.get(f"/reports/<{NAMES}:name>/rows")
@requires("reports.see")
def rows(name: str) -> str:
    """Exactly the rows that a figure counts."""
    asked = drilldown.asked(name, asked_scope(name), request.args) or abort(404)
    page = listed(asked.query, asked.sorts)
    return render_template(
        "reports/rows.html",
        page=page,
        asked=asked,
        entries=asked.entries(page.rows),
        heading=gettext(title_of(name, asked.scope.period)),
        period_text=asked.scope.period.label(gettext),
        scope_text=scope_text(asked.scope),
        back_url=url_for(".view", name=name, **address(asked.scope)),
    )


def _file(content: bytes, kind: str, report: Report, ending: str) -> Response:
    words = (str(report.scope.period), gettext(report.title), scope_text(report.scope))
    plain = f"{report.name}-{report.scope.period}.{ending}"
    return download(content, kind, f"{' '.join(words)}.{ending}", plain)
