"""The month so far against its targets, as the office reads it each morning."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Final

from app.domain.accounts.models import Person
from app.domain.core import clock
from app.domain.reports import report
from app.domain.reports.period import Period, PeriodKind
from app.domain.reports.report import Line
from app.domain.reports.scope import Scope, scope_of
from app.domain.reports.values import Rate

STILL_GROWING: Final = ("completion_rate", "quota_met_rate")
"""Figures whose whole is that of the full month from its first day on: short of the aim only means not done yet."""


@dataclass(frozen=True)
class SoFar:
    """The running month. `days_gone` counts today; `lines` are the figures with an aim, by report."""

    scope: Scope
    days_gone: int
    days_left: int
    lines: dict[str, list[Line]]


def so_far(person: Person, at: datetime) -> SoFar:
    """The figures of the running month in the person's scope. Eight queries."""
    today = clock.day_of(at)
    scope = scope_of(str(Period.of(PeriodKind.MONTH, today)), at, reader=person)
    left = (scope.period.last - today).days
    return SoFar(scope, today.day, left, report.headline(scope))


def missing(line: Line) -> int | None:
    """How many are still to be done this month, where the aim can only be reached with its last day; else None."""
    if line.met is not False or line.target is None or not isinstance(line.now, Rate):
        return None
    if line.figure.key not in STILL_GROWING:
        return None
    return ceil(line.target * line.now.denominator / 100) - line.now.numerator
