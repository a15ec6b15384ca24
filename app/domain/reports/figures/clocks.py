"""The promises of a month: one row a clock due in the period, counted and kept as 0 and 1."""

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import and_, or_, select

from app.domain.accounts.models import Department
from app.domain.cases.enums import StepKind
from app.domain.cases.models import Case, CaseStep, Clock
from app.domain.plans.enums import CaseKind, ClockKind
from app.domain.reports.expressions import Rows, flag
from app.domain.reports.figures.cases import belongs, standing, with_dimensions
from app.domain.reports.scope import Scope

COUNTED: Final = (
    ClockKind.VERIFY, ClockKind.JUDGE, ClockKind.HANDOVER, ClockKind.SIGN,
    ClockKind.CONTACT, ClockKind.ON_SITE, ClockKind.SOLUTION, ClockKind.TEAM_CONTACT,
)  # fmt: skip


def facts_of(kind: CaseKind) -> Callable[[Scope], Rows]:
    """The clocks of complaints or of repairs that the figures read."""

    def facts(scope: Scope) -> Rows:
        counted = or_(Clock.met_at <= scope.as_of, Clock.due_at < scope.as_of)
        in_time = and_(Clock.met_at <= Clock.due_at, Clock.met_at <= scope.as_of, Clock.met_unreached.is_(False))
        flags = [
            one
            for word in COUNTED
            for one in (
                flag(f"{word.value}_counted", Clock.kind == word),
                flag(f"{word.value}_in_time", and_(Clock.kind == word, in_time)),
            )
        ]
        return with_dimensions(
            select(Clock.id, Clock.case_id, *flags)
            .join(Case, Case.id == Clock.case_id)
            .where(due_in(scope), belongs(kind, scope), Clock.kind.in_(COUNTED), counted)
        )

    return facts


def broken_of(kind: CaseKind, scope: Scope) -> Rows:
    """Ids of the broken clocks of every kind: past due by the report, met later or not at all."""
    broken = and_(Clock.due_at < scope.as_of, or_(Clock.met_at.is_(None), Clock.met_at > Clock.due_at))
    return (
        select(Clock.id)
        .join(Case, Case.id == Clock.case_id)
        .outerjoin(Department, Department.id == Case.department_id)
        .where(due_in(scope), belongs(kind, scope), broken)
    )


def due_in(scope: Scope) -> Any:
    """SQL: a clock of round 1, due in the period, that was still needed when it was due."""
    dropped = (
        select(CaseStep.id)
        .where(
            CaseStep.case_id == Clock.case_id,
            CaseStep.kind == StepKind.CANCELLED,
            CaseStep.happened_at <= Clock.due_at,
            standing(scope),
        )
        .correlate(Clock)
        .exists()
    )
    return and_(
        Clock.due_at >= scope.period.starts_at,
        Clock.due_at < scope.period.ends_at,
        Clock.round == 1,
        Clock.superseded_at.is_(None),
        or_(Clock.released_at.is_(None), Clock.released_at >= Clock.due_at),
        ~dropped,
    )
