"""What a file would do, as the page shows it: kept as text, so that a long file is judged once and not at each look."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from app.domain.imports.engine import Plan
from app.domain.imports.problems import Problem

SHOWN = 200
"""Of warnings, of corrected records, of names to be made: so many are listed. All problems are kept."""


@dataclass(frozen=True)
class Correction:
    """A known record that the file changes: {column: (before, after)}."""

    row: int
    name: str
    columns: dict[str, tuple[str, str]]


@dataclass(frozen=True)
class Preview:
    """The outcome of a dry run. `digest` tells it from what the file would do at another time."""

    digest: str
    counts: dict[str, int]
    problems: list[Problem]
    warnings: list[Problem]
    warned: int
    made: list[tuple[str, str]]
    making: int
    updated: list[Correction]

    @classmethod
    def of(cls, plan: Plan) -> Self:
        """What the plan would do."""
        wrong = {problem.row for problem in plan.problems}
        fine = [change for change in plan.changes if change.row.number not in wrong]
        changed = [change for change in fine if not change.is_new and not change.is_unchanged]
        return cls(
            digest=plan.digest(),
            counts=plan.counts(),
            problems=plan.problems,
            warnings=plan.work.warnings[:SHOWN],
            warned=len(plan.work.warnings),
            made=plan.work.made[:SHOWN],
            making=len(plan.work.made),
            updated=[Correction(one.row.number, one.name, one.shown) for one in changed[:SHOWN]],
        )

    def to_text(self) -> str:
        """As JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, default=str)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Back from JSON."""
        kept: dict[str, Any] = json.loads(text)
        return cls(
            **kept
            | {
                "problems": _problems(kept["problems"]),
                "warnings": _problems(kept["warnings"]),
                "made": [(what, name) for what, name in kept["made"]],
                "updated": [Correction(**one) for one in kept["updated"]],
            }
        )


def _problems(kept: Sequence[dict[str, Any]]) -> list[Problem]:
    return [Problem(**one) for one in kept]
