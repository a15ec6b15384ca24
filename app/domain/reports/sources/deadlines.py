"""The promises of a period: one row a clock due in the period, counted and kept as 0 and 1."""

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import and_, or_, select

from app.domain.accounts.models import Department
from app.domain.cases.enums import EventKind
from app.domain.cases.models import Case, CaseEvent, Deadline
from app.domain.plans.enums import CaseKind, DeadlineKind
from app.domain.reports.scope import Scope
from app.domain.reports.sources.cases import belongs, current, with_dimensions
from app.domain.reports.sources.expressions import Rows, flag

COUNTED: Final = (
    DeadlineKind.VERIFY, DeadlineKind.JUDGE, DeadlineKind.HANDOVER, DeadlineKind.SIGN,
    DeadlineKind.CONTACT, DeadlineKind.ON_SITE, DeadlineKind.SOLUTION, DeadlineKind.TEAM_CONTACT,
)  # fmt: skip


def facts_of(kind: CaseKind) -> Callable[[Scope], Rows]:
    """The deadlines of complaints or of repairs that the figures read."""

    def facts(scope: Scope) -> Rows:
        counted = or_(Deadline.met_at <= scope.as_of, Deadline.due_at < scope.as_of)
        in_time = and_(
            Deadline.met_at <= Deadline.due_at, Deadline.met_at <= scope.as_of, Deadline.met_unreached.is_(False)
        )
        flags = [
            one
            for word in COUNTED
            for one in (
                flag(f"{word.value}_counted", Deadline.kind == word),
                flag(f"{word.value}_in_time", and_(Deadline.kind == word, in_time)),
            )
        ]
        return with_dimensions(
            select(Deadline.id, Deadline.case_id, *flags)
            .join(Case, Case.id == Deadline.case_id)
            .where(due_in(scope), belongs(kind, scope), Deadline.kind.in_(COUNTED), counted)
        )

    return facts


def broken_of(kind: CaseKind, scope: Scope) -> Rows:
    """Ids of the broken deadlines of every kind: past due by the report, met later or not at all."""
    broken = and_(Deadline.due_at < scope.as_of, or_(Deadline.met_at.is_(None), Deadline.met_at > Deadline.due_at))
    return (
        select(Deadline.id)
        .join(Case, Case.id == Deadline.case_id)
        .outerjoin(Department, Department.id == Case.department_id)
        .where(due_in(scope), belongs(kind, scope), broken)
    )


def due_in(scope: Scope) -> Any:
    """SQL: a clock of round 1, due in the period, that was still needed when it was due."""
    dropped = (
        select(CaseEvent.id)
        .where(
            CaseEvent.case_id == Deadline.case_id,
            CaseEvent.kind == EventKind.CANCELLED,
            CaseEvent.happened_at <= Deadline.due_at,
            current(scope),
        )
        .correlate(Deadline)
        .exists()
    )
    return and_(
        Deadline.due_at >= scope.period.starts_at,
        Deadline.due_at < scope.period.ends_at,
        Deadline.round == 1,
        Deadline.superseded_at.is_(None),
        or_(Deadline.released_at.is_(None), Deadline.released_at >= Deadline.due_at),
        ~dropped,
    )
