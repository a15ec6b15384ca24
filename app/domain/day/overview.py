"""The numbers beside a person's own list. They stop at 1000: beyond, the exact one tells nobody what to do."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ScalarSelect, func, select

from app.domain.accounts.models import Person
from app.domain.accounts.scope import in_branch
from app.domain.callbacks.enums import CallbackState, Outcome, Purpose
from app.domain.callbacks.models import TO_CALL, Attempt, Callback
from app.domain.cases.handoffs.models import Handoff
from app.domain.cases.models import Case
from app.domain.core import clock
from app.domain.core.pagination import capped_count
from app.domain.reports.quota_shortfall import short_of_calls
from app.extensions import db


def counts(person: Person, at: datetime, *wanted: str) -> dict[str, int]:
    """The counts named, keys of COUNTED. One query, and the quota's settings where sites short of calls are asked."""
    if not wanted:
        return {}
    row = db.session.execute(select(*(COUNTED[name](person, at) for name in wanted))).one()
    return dict(zip(wanted, row, strict=True))


def _reached_today(person: Person, at: datetime) -> ScalarSelect[int]:
    query = select(func.count(Attempt.callback_id.distinct())).where(
        Attempt.by_id == person.id,
        Attempt.at >= clock.at(clock.day_of(at)),
        Attempt.outcome == Outcome.REACHED,
        Attempt.purpose == Purpose.CALLBACK,
    )
    return query.scalar_subquery()


def _due_today(person: Person, at: datetime) -> ScalarSelect[int]:
    midnight = clock.at(clock.day_of(at) + timedelta(days=1))
    mine = select(Callback).where(TO_CALL, Callback.assigned_to_id == person.id, Callback.wanted_at <= midnight)
    return capped_count(mine.where(in_branch(person, Callback.branch_id)))


def _in_pool(person: Person, at: datetime) -> ScalarSelect[int]:
    begun = Callback.window_first <= clock.day_of(at)
    nobodys = select(Callback).where(TO_CALL, Callback.assigned_to_id.is_(None), begun)
    return capped_count(nobodys.where(in_branch(person, Callback.branch_id)))


def _to_decide(person: Person, at: datetime) -> ScalarSelect[int]:
    unreachable = select(Callback).where(Callback.state == CallbackState.UNREACHABLE)
    return capped_count(unreachable.where(in_branch(person, Callback.branch_id)))


def _cases_over(person: Person, at: datetime) -> ScalarSelect[int]:
    late = select(Case).where(Case.ended_at.is_(None), Case.next_due_at < at)
    return capped_count(late.where(in_branch(person, Case.branch_id)))


def _unsigned_over(person: Person, at: datetime) -> ScalarSelect[int]:
    late = select(Handoff).where(Handoff.answered_at.is_(None), Handoff.sign_by < at)
    return capped_count(late.join(Case, Case.id == Handoff.case_id).where(in_branch(person, Case.branch_id)))


def _short_sites(person: Person, at: datetime) -> ScalarSelect[int]:
    return capped_count(short_of_calls(person, at, own=False))


def _own_short_sites(person: Person, at: datetime) -> ScalarSelect[int]:
    return capped_count(short_of_calls(person, at, own=True))


COUNTED: Final[dict[str, Callable[[Person, datetime], ScalarSelect[Any]]]] = {
    "reached_today": _reached_today,
    "due_today": _due_today,
    "in_pool": _in_pool,
    "to_decide": _to_decide,
    "cases_over": _cases_over,
    "unsigned_over": _unsigned_over,
    "short_sites": _short_sites,
    "own_short_sites": _own_short_sites,
}
"""The customers this person reached since midnight, and their calls to be made by its next; of their branch: calls that
are nobody's yet, customers who can't be reached, cases with a promise past due, handoffs not signed in time; sites
short of this month's calls, in the person's scope or their own."""
