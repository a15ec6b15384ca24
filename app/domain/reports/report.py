"""A report as plain data: headline figures beside those of earlier periods, tables, and lists of cases."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from typing import Any, Final

from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.plans.enums import CaseKind
from app.domain.reports.aggregate import Groups, Slice, aggregate, medians
from app.domain.reports.definitions import FIGURES, Figure, Form, figures_of
from app.domain.reports.evaluate import columns_of, evaluate
from app.domain.reports.listings import Listing, breaches, open_cases, repeats
from app.domain.reports.names import NONE, in_order, names_of
from app.domain.reports.period import Period, PeriodKind
from app.domain.reports.scope import Scope
from app.domain.reports.sources.sources import Source
from app.domain.reports.values import Rate, Value
from app.domain.reports.wording import HEADS
from app.domain.settings import values as settings

TITLES: Final = {"callbacks": N_("回访月度分析"), "complaints": N_("投诉月度分析"), "repairs": N_("报修月度分析")}
"""Of a month."""
OTHER_TITLES: Final = {"callbacks": N_("回访分析"), "complaints": N_("投诉分析"), "repairs": N_("报修分析")}
KINDS: Final = {"complaints": CaseKind.COMPLAINT, "repairs": CaseKind.REPAIR}
GROUPS: Final = {
    "callbacks": ("stage", "agent", "project_manager", "branch"),
    "complaints": ("category", "responsibility", "department", "project_manager", "branch"),
    "repairs": ("category", "responsibility", "department", "project_manager", "branch"),
}
GROUP_LABELS: Final = {
    "stage": N_("阶段"),
    "agent": N_("客服"),
    "project_manager": N_("项目经理"),
    "branch": N_("区域"),
    "category": N_("分类"),
    "responsibility": N_("责任方"),
    "department": N_("部门"),
}
THIS, LAST, YEAR_AGO = "this", "last", "year_ago"


@dataclass(frozen=True)
class Line:
    """A headline figure: of the period, of earlier ones (absent where not asked for), and what was aimed at."""

    figure: Figure
    now: Value
    before: Mapping[str, Value]
    target: Decimal | None = None

    @property
    def met(self) -> bool | None:
        """Whether the target was met; None without a target or with nothing to divide by. Exact, not as rounded."""
        if self.target is None or not isinstance(self.now, Rate) or self.now.denominator == 0:
            return None
        reached, targeted = Decimal(self.now.numerator * 100), self.target * self.now.denominator
        return reached <= targeted if self.figure.at_most else reached >= targeted


@dataclass(frozen=True)
class TableRow:
    """A group: its key (None: rows without one), its name, its figures by key."""

    key: str | None
    name: str
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Table:
    """The same figures by one of the things rows can be grouped by; they add up to the headline."""

    by: str
    figures: tuple[Figure, ...]
    rows: list[TableRow]


@dataclass(frozen=True)
class Report:
    """Everything the page, the workbook, the paper and the JSON show of a period."""

    name: str
    scope: Scope
    lines: list[Line]
    tables: list[Table]
    lists: Mapping[str, Listing] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """A message id."""
        return title_of(self.name, self.scope.period)

    @property
    def heads(self) -> list[str]:
        """What the period and the earlier ones are called: message ids."""
        period = self.scope.period
        return [*HEADS[period.kind][: 1 + len(earlier_than(period))]]


def title_of(name: str, period: Period) -> str:
    """回访月度分析, 回访分析: a message id."""
    return (TITLES if period.kind is PeriodKind.MONTH else OTHER_TITLES)[name]


def earlier_than(period: Period) -> dict[str, Period]:
    """What a report compares with: the period before, and the same of last year where that is another one."""
    before, year_ago = period.moved(-1), period.a_year_earlier()
    return {LAST: before} if year_ago == before else {LAST: before, YEAR_AGO: year_ago}


def make(name: str, scope: Scope, *, compare: bool = True, limit: int | None = None) -> Report:
    """The report `name` of the scope. An unknown name is a KeyError; refused: callbacks of one department.

    `compare`: with the period before and the same of last year. `limit`: so many rows of each list at most.
    """
    figures = figures_of(name, scope.period.kind)
    if scope.department and name not in KINDS:
        raise Refused(N_("回访不按部门统计，请改选区域或全部。"), field="department")
    slices = [Slice(THIS, scope)]
    if compare:
        slices += [Slice(one, scope.over(period)) for one, period in earlier_than(scope.period).items()]
    found = _aggregates(figures, slices, [Slice(by, scope, by) for by in GROUPS[name]])
    lines = _lines(figures, found, slices)
    return Report(name, scope, lines, _tables(figures, GROUPS[name], found), _lists(name, scope, limit))


def headline(scope: Scope) -> dict[str, list[Line]]:
    """The figures with a target, by the report that explains them: the period as a whole, without earlier ones."""
    kind = scope.period.kind
    targeted = {name: [figure for figure in figures_of(name, kind) if figure.target] for name in FIGURES}
    one = Slice(THIS, scope)
    found = _aggregates(chain.from_iterable(targeted.values()), [one], [])
    lines = _lines(list(chain.from_iterable(targeted.values())), found, [one])
    return {name: [line for line in lines if line.figure in figures] for name, figures in targeted.items()}


def _lines(figures: Sequence[Figure], found: "_Aggregates", slices: Sequence[Slice]) -> list[Line]:
    """A line for each figure; the first slice is the period itself, the others are the earlier ones."""
    targets = settings.several(*(f.target for f in figures if f.target), on=slices[0].scope.period.settings_day)
    return [
        Line(
            figure,
            found.value(figure, THIS),
            {one.name: found.value(figure, one.name) for one in slices[1:]},
            Decimal(str(targets[figure.target])) if figure.target else None,
        )
        for figure in figures
    ]


def _lists(name: str, scope: Scope, limit: int | None) -> dict[str, Listing]:
    if name not in KINDS:
        return {}
    kind = KINDS[name]
    return {
        "breaches": breaches(kind, scope, limit),
        "open": open_cases(kind, scope, limit),
        "repeats": repeats(kind, scope, limit),
    }


@dataclass(frozen=True)
class _Aggregates:
    """The sums of every source for every slice."""

    sums: dict[Source, dict[str, Groups]]
    medians: dict[Source, dict[str, dict[str | None, int]]]

    def value(self, figure: Figure, one: str, key: str | None = None) -> Value:
        sums = self.sums[figure.source].get(one, {}).get(key, {})
        median = self.medians.get(figure.source, {}).get(one, {}).get(key)
        return evaluate(figure, sums, median)

    def keys(self, by: str) -> set[str | None]:
        return {key for slices in self.sums.values() for key, sums in slices.get(by, {}).items() if any(sums.values())}


def _aggregates(figures: Iterable[Figure], wholes: list[Slice], groupings: list[Slice]) -> _Aggregates:
    by_source: dict[Source, list[Figure]] = {}
    for figure in figures:
        by_source.setdefault(figure.source, []).append(figure)
    sums, middles = {}, {}
    for source, mine in by_source.items():
        slices = wholes + [one for one in groupings if one.by in source.groups]
        sums[source] = aggregate(source, columns_of(mine), slices)
        if any(figure.form is Form.MEDIAN for figure in mine):
            middles[source] = medians(source, slices)
    return _Aggregates(sums, middles)


def _tables(figures: tuple[Figure, ...], groups: tuple[str, ...], found: _Aggregates) -> list[Table]:
    keys = {by: found.keys(by) for by in groups}
    names = names_of({by: {key for key in found if key is not None} for by, found in keys.items()})
    tables = []
    for by in groups:
        mine = tuple(figure for figure in figures if by in figure.source.groups)
        named = {key: NONE if key is None else names[by].get(key, key) for key in keys[by]}
        sizes = ((key, name, _size(found, mine, by, key)) for key, name in named.items())
        rows = [
            TableRow(key, named[key], {figure.key: found.value(figure, by, key) for figure in mine})
            for key in in_order(by, sizes)
        ]
        tables.append(Table(by, mine, rows))
    return tables


def _size(found: _Aggregates, figures: tuple[Figure, ...], by: str, key: str | None) -> int:
    value: Any = found.value(figures[0], by, key)
    return int(value)
