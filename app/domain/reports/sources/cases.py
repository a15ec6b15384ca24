"""What a period's cases count as: one row a case received in the period, its figures as 0 and 1."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import and_, case, func, or_, select, true, type_coerce
from sqlalchemy.orm import aliased

from app.domain.accounts.models import Department
from app.domain.cases.enums import CaseState, EventKind
from app.domain.cases.models import Case, CaseEvent
from app.domain.core.orm import Instant
from app.domain.core.sql import seconds_between
from app.domain.plans.enums import CaseKind
from app.domain.plans.models import Category
from app.domain.reports.scope import Scope
from app.domain.reports.sources import warranty
from app.domain.reports.sources.expressions import Rows, flag, materialized, text_of

ONE_DAY: Final = timedelta(hours=24)
TWO_DAYS: Final = timedelta(hours=48)
ANSWERS: Final = (EventKind.VERIFIED, EventKind.CONTACTED, EventKind.VISITED)

Parent = aliased(Category)


def facts_of(kind: CaseKind) -> Callable[[Scope], Rows]:
    """The facts of complaints or of repairs."""

    def facts(scope: Scope) -> Rows:
        when = materialized(_times(kind, scope))
        return with_dimensions(
            select(Case.id, *_flags(scope, when.c), *_duration(when.c), *_warranty(kind, scope, when.c)).join(
                when, when.c.case_id == Case.id
            )
        )

    return facts


def belongs(kind: CaseKind, scope: Scope) -> Any:
    """SQL: of the kind and in the scope, and not merged away. Join Department first."""
    in_department = Department.name == scope.department if scope.department else true()
    return and_(Case.kind == kind, Case.merged_into_id.is_(None), scope.covers(Case.branch_id), in_department)


def with_dimensions(query: Rows) -> Rows:
    """The query on cases, with what its rows can be grouped by; category and department by name."""
    return (
        query.add_columns(
            func.coalesce(Parent.name, Category.name).label("category"),
            text_of(Case.responsibility).label("responsibility"),
            Department.name.label("department"),
            text_of(Case.project_manager_id).label("project_manager"),
            text_of(Case.branch_id).label("branch"),
        )
        .outerjoin(Category, Category.id == Case.category_id)
        .outerjoin(Parent, Parent.id == Category.parent_id)
        .outerjoin(Department, Department.id == Case.department_id)
    )


def current(scope: Scope) -> Any:
    """SQL on CaseEvent: not corrected since, and happened by the report."""
    return and_(CaseEvent.superseded_at.is_(None), CaseEvent.happened_at <= scope.as_of)


def _times(kind: CaseKind, scope: Scope) -> Rows:
    """When what happened, for each case received in the period; round 1, but for closings and cancellation."""

    def at(name: str, *kinds: EventKind, first_round: bool = True, last: bool = False) -> Any:
        wanted = CaseEvent.kind.in_(kinds)
        moment = case((and_(wanted, CaseEvent.round == 1) if first_round else wanted, CaseEvent.happened_at))
        return type_coerce(func.max(moment) if last else func.min(moment), Instant).label(name)

    return (
        select(
            Case.id.label("case_id"),
            at("answered_at", *ANSWERS),
            at("judged_at", EventKind.JUDGED),
            at("passed_on_at", EventKind.HANDED_OVER, EventKind.RESOLVED),
            at("resolved_at", EventKind.RESOLVED),
            at("cancelled_at", EventKind.CANCELLED, first_round=False),
            at("reopened_at", EventKind.REOPENED, first_round=False, last=True),
            at("closed_at", EventKind.CLOSED, first_round=False, last=True),
        )
        .outerjoin(Department, Department.id == Case.department_id)
        .outerjoin(CaseEvent, and_(CaseEvent.case_id == Case.id, current(scope)))
        .where(belongs(kind, scope), scope.within(Case.received_at))
        .group_by(Case.id)
    )


def _flags(scope: Scope, when: Any) -> list[Any]:
    live = when.cancelled_at.is_(None)
    closed = and_(live, _is_closed(when))
    judged = and_(live, when.judged_at.is_not(None))
    answered = and_(live, when.answered_at.is_not(None))
    answered_soon = and_(answered, _after(Case.received_at, when.answered_at) <= ONE_DAY.total_seconds())
    resolved = and_(answered, when.resolved_at.is_not(None))
    resolved_soon = and_(resolved, _after(when.answered_at, when.resolved_at) <= TWO_DAYS.total_seconds())
    dealt = and_(
        live,
        or_(
            _after(Case.received_at, when.passed_on_at) <= ONE_DAY.total_seconds(),
            and_(Case.is_valid.is_(False), _after(Case.received_at, when.judged_at) <= ONE_DAY.total_seconds()),
        ),
    )
    is_old = Case.received_at < scope.as_of - ONE_DAY
    return [
        flag("received", Case.id.is_not(None)),
        flag("live", live),
        flag("open", and_(live, ~_is_closed(when))),
        flag("closed", closed),
        flag("judged", judged),
        flag("valid", and_(judged, Case.is_valid.is_(True))),
        flag("answerable", and_(live, or_(answered, is_old))),
        flag("answered_24h", answered_soon),
        flag("dealable", and_(live, or_(dealt, is_old))),
        flag("dealt_24h", dealt),
        flag("resolvable", and_(answered, or_(resolved, when.answered_at < scope.as_of - TWO_DAYS))),
        flag("resolved_48h", resolved_soon),
        flag("repeat", and_(live, Case.is_repeat.is_(True))),
    ]


def _is_closed(when: Any) -> Any:
    """SQL: closed, and not taken up again since."""
    again = or_(
        when.reopened_at > when.closed_at,
        and_(when.reopened_at == when.closed_at, Case.state != CaseState.CLOSED),
    )
    return and_(when.closed_at.is_not(None), or_(when.reopened_at.is_(None), ~again))


def _duration(when: Any) -> list[Any]:
    """Seconds from receipt to the last closing; NULL unless closed."""
    closed = and_(when.cancelled_at.is_(None), _is_closed(when))
    return [case((closed, _after(Case.received_at, when.closed_at))).label("seconds")]


def _warranty(kind: CaseKind, scope: Scope, when: Any) -> list[Any]:
    if kind is not CaseKind.REPAIR:
        return []
    return [flag("in_warranty", and_(when.cancelled_at.is_(None), warranty.covers_receipt(scope.period)))]


def _after(earlier: Any, later: Any) -> Any:
    return seconds_between(earlier, later)
