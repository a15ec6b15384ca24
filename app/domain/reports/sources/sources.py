"""Where figures take their rows from: a SELECT for a scope, and what its rows can be grouped by."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from app.domain.plans.enums import CaseKind
from app.domain.reports.scope import Scope
from app.domain.reports.sources import callbacks, costs, progress, warranty
from app.domain.reports.sources import cases as case_rows
from app.domain.reports.sources import deadlines as clock_rows
from app.domain.reports.sources.expressions import Rows

OF_A_CASE: Final = ("category", "responsibility", "department", "project_manager", "branch")
OF_A_PROJECT: Final = ("project_manager", "branch")


@dataclass(frozen=True)
class Source:
    """`thing` is the table whose ids the rows carry; `groups` the columns they can be grouped by."""

    name: str
    thing: str
    facts: Callable[[Scope], Rows]
    groups: tuple[str, ...]
    has_durations: bool = False


CALLBACKS: Final = Source("callbacks", "callback", callbacks.facts, ("stage", "agent", "project_manager", "branch"))
PROGRESS: Final = Source("progress", "project", progress.facts, OF_A_PROJECT)
FAILURES: Final = Source("failures", "project", warranty.facts, OF_A_PROJECT)
COSTS: Final = Source("costs", "case", costs.facts, OF_A_CASE)


@cache
def cases(kind: CaseKind) -> Source:
    """The cases of a kind received in the period."""
    return Source(f"{kind}s", "case", case_rows.facts_of(kind), OF_A_CASE, has_durations=True)


@cache
def deadlines(kind: CaseKind) -> Source:
    """The deadlines of a kind's cases due in the period."""
    return Source(f"{kind}_deadlines", "clock", clock_rows.facts_of(kind), OF_A_CASE)
