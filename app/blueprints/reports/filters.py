"""What a report's page can be narrowed to: its period and the ones beside it, a branch, a department."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from flask import url_for

from app.blueprints.reports.presenters.report import address
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.reports.definitions import PERIODS
from app.domain.reports.period import Period, PeriodKind
from app.domain.reports.scope import Scope, branches_of, departments_of
from app.web.i18n import gettext

BACK: Final = {PeriodKind.DAY: 31, PeriodKind.WEEK: 26, PeriodKind.MONTH: 24, PeriodKind.YEAR: 4}
"""So many before the running one can be chosen; earlier ones by the address, or step by step."""
BESIDE: Final = {
    PeriodKind.DAY: (N_("前一天"), N_("后一天")),
    PeriodKind.WEEK: (N_("上周"), N_("下周")),
    PeriodKind.MONTH: (N_("上月"), N_("下月")),
    PeriodKind.YEAR: (N_("上年"), N_("下年")),
    PeriodKind.RANGE: (N_("上一段"), N_("下一段")),
}


def period_in(args: Mapping[str, str], name: str, today: date) -> str:
    """The period as an address writes it, or as its two days do; the running one without."""
    if args.get("from") and args.get("to"):
        return f"{args['from']}..{args['to']}"
    return args.get("period") or str(Period.of(PERIODS[name][0], today))


def choices(scope: Scope, name: str) -> dict[str, Any]:
    """What the report's page offers: its values for the template."""
    period, today = scope.period, clock.day_of(scope.as_of)
    earlier, later = BESIDE[period.kind]
    every = ("", gettext("全部"))
    branches = [every, *((branch.name, branch.name) for branch in branches_of(scope.reader))]
    return {
        "kinds": [_kind(kind, scope, name) for kind in PeriodKind if kind in PERIODS[name]],
        "periods": [(str(one), one.label(gettext)) for one in _periods(period, today)],
        "branches": branches if scope.reader and scope.reader.is_hq else [],
        "departments": [] if name == "callbacks" else [every, *((d, d) for d in departments_of(scope.reader))],
        "earlier": {"label": gettext(earlier), "url": _url(name, scope.over(period.moved(-1)))},
        "later": {"label": gettext(later), "url": _url(name, scope.over(period.moved(1)))}
        if period.last < today
        else None,
    }


def _kind(kind: PeriodKind, scope: Scope, name: str) -> dict[str, Any]:
    """A period of that kind which ends with this one, or today while this one runs."""
    period = scope.period
    last = min(period.last, clock.day_of(scope.as_of))
    other = Period.between(period.first, last) if kind is PeriodKind.RANGE else Period.of(kind, last)
    is_it = kind is period.kind
    return {
        "label": gettext(kind.label),
        "url": _url(name, scope if is_it else scope.over(other)),
        "current": is_it,
    }


def _periods(period: Period, today: date) -> list[Period]:
    """The running one and those before it, with the one that is shown; none for a range, which has two days instead."""
    if period.kind not in BACK:
        return []
    running = Period.of(period.kind, today)
    return list(dict.fromkeys([*(running.moved(-back) for back in range(BACK[period.kind] + 1)), period]))


def _url(name: str, scope: Scope) -> str:
    return url_for(".view", name=name, **address(scope))
