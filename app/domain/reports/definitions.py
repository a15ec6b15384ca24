"""Every figure once: from which rows it is counted, and what is aimed at."""

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from app.domain.plans.enums import CaseKind
from app.domain.reports.period import PeriodKind
from app.domain.reports.sources.sources import CALLBACKS, COSTS, FAILURES, PROGRESS, Source, cases, deadlines
from app.domain.reports.wording import DEFINITIONS, IN_TIME, LABELS

MONTHLY: Final = (PeriodKind.MONTH,)
"""Projects in progress and their quota of calls are defined by the calendar month."""


class Form(Enum):
    """How a figure reads."""

    COUNT = auto()
    RATE = auto()
    MEAN = auto()
    MEDIAN = auto()
    RATINGS = auto()
    MONEY = auto()


@dataclass(frozen=True)
class Figure:
    """`part` and `whole` are 0/1 columns of `source`: a count sums `part`, a rate divides `part` by `whole`.

    `target` names the setting of the aim; `at_most`: staying at or below it is the aim. `periods`: the kinds of
    period that it is defined for.
    """

    key: str
    source: Source
    part: str
    whole: str = ""
    form: Form = Form.COUNT
    target: str = ""
    at_most: bool = False
    periods: tuple[PeriodKind, ...] = tuple(PeriodKind)

    @property
    def label(self) -> str:
        """Its name on screen: a message id."""
        return LABELS[self.key]

    @property
    def definition(self) -> str:
        """What it counts, in one sentence: a message id."""
        return DEFINITIONS.get(self.key, IN_TIME)

    @property
    def rows_column(self) -> str:
        """The column that marks the rows the figure is made of."""
        return self.whole or self.part


def rate(key: str, source: Source, part: str, whole: str, target: str = "", *, at_most: bool = False) -> Figure:
    """So many of so many of the source's rows."""
    return Figure(key, source, part, whole, Form.RATE, target, at_most)


def in_time(key: str, source: Source, clock: str) -> Figure:
    """A clock's share of promises kept."""
    return rate(key, source, f"{clock}_in_time", f"{clock}_counted")


def _of_callbacks() -> tuple[Figure, ...]:
    return (
        Figure("callbacks_due", CALLBACKS, "due"),
        Figure("callbacks_done", CALLBACKS, "done"),
        rate("completion_rate", CALLBACKS, "done", "due", "targets.completion"),
        rate("timely_rate", CALLBACKS, "timely", "due"),
        Figure("effective_callbacks", CALLBACKS, "effective"),
        replace(Figure("projects_in_progress", PROGRESS, "in_progress"), periods=MONTHLY),
        replace(rate("quota_met_rate", PROGRESS, "quota_met", "with_quota", "targets.quota"), periods=MONTHLY),
        rate("satisfied_rate", CALLBACKS, "satisfied", "rated", "targets.satisfied"),
        Figure("ratings", CALLBACKS, "rated", form=Form.RATINGS),
        rate("truthful_rate", CALLBACKS, "truthful", "effective"),
        rate("dissatisfied_solved_rate", CALLBACKS, "solved", "dissatisfied"),
    )


def _of_both(kind: CaseKind) -> tuple[Figure, ...]:
    rows, promises = cases(kind), deadlines(kind)
    return (
        in_time("handover_in_time_rate", promises, "handover"),
        in_time("signed_in_time_rate", promises, "sign"),
        in_time("on_site_in_time_rate", promises, "on_site"),
        in_time("solution_in_time_rate", promises, "solution"),
        rate("closed_rate", rows, "closed", "live"),
        Figure("mean_minutes_to_close", rows, "closed", form=Form.MEAN),
        Figure("median_minutes_to_close", rows, "closed", form=Form.MEDIAN),
        rate("first_response_24h_rate", rows, "answered_24h", "answerable", "targets.first_response_24h"),
    )


def _of_complaints() -> tuple[Figure, ...]:
    rows, promises = cases(CaseKind.COMPLAINT), deadlines(CaseKind.COMPLAINT)
    return (
        Figure("complaints_received", rows, "received"),
        Figure("complaints_judged", rows, "judged"),
        rate("validity_rate", rows, "valid", "judged"),
        in_time("verified_in_time_rate", promises, "verify"),
        in_time("judged_in_time_rate", promises, "judge"),
        rate("dealt_with_24h_rate", rows, "dealt_24h", "dealable", "targets.dealt_with_24h"),
        *_of_both(CaseKind.COMPLAINT),
    )


def _of_repairs() -> tuple[Figure, ...]:
    rows, promises = cases(CaseKind.REPAIR), deadlines(CaseKind.REPAIR)
    return (
        Figure("repairs_received", rows, "received"),
        Figure("repairs_in_warranty", rows, "in_warranty"),
        in_time("contacted_in_time_rate", promises, "contact"),
        in_time("team_contacted_in_time_rate", promises, "team_contact"),
        rate("resolved_48h_rate", rows, "resolved_48h", "resolvable", "targets.resolved_48h"),
        *_of_both(CaseKind.REPAIR),
        rate("repeat_rate", rows, "repeat", "live", "targets.repeat", at_most=True),
        rate("failure_rate", FAILURES, "failed", "warranted", "targets.failure", at_most=True),
        Figure("cost_by_payer", COSTS, "with_cost", form=Form.MONEY),
    )


FIGURES: Final[dict[str, tuple[Figure, ...]]] = {
    "callbacks": _of_callbacks(),
    "complaints": _of_complaints(),
    "repairs": _of_repairs(),
}

EVERY_KIND: Final = (PeriodKind.MONTH, PeriodKind.WEEK, PeriodKind.DAY, PeriodKind.YEAR, PeriodKind.RANGE)
PERIODS: Final = {"callbacks": EVERY_KIND, "complaints": EVERY_KIND, "repairs": EVERY_KIND}
"""The kinds of period that each report offers; the first is the one that is meant where none is named."""


def figures_of(name: str, kind: PeriodKind) -> tuple[Figure, ...]:
    """The report's figures that are defined for such a period."""
    return tuple(figure for figure in FIGURES[name] if kind in figure.periods)
