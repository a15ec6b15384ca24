"""Sums over a figure's rows, for several periods and groupings in one statement."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import CTE, String, cast, func, literal, null, or_, select, union_all

from app.domain.reports.scope import Scope
from app.domain.reports.sources.sources import Source
from app.domain.reports.values import half_up
from app.extensions import db


@dataclass(frozen=True)
class Slice:
    """One way to add up: a scope, as a whole (`by` None) or by one of the source's groups."""

    name: str
    scope: Scope
    by: str | None = None


Sums = dict[str, int]
Groups = dict[str | None, Sums]
"""By the group's key as text; None holds the rows without one, and the whole where nothing is grouped."""


def aggregate(source: Source, columns: Sequence[str], slices: Iterable[Slice]) -> dict[str, Groups]:
    """The sums of the source's columns for each slice, by the slice's name. One query."""
    slices = list(slices)
    shared = _shared(source, slices)
    parts = []
    for one in slices:
        rows = shared[one.scope].c
        group = rows[one.by] if one.by else cast(null(), String)
        query = select(
            literal(one.name, String).label("slice"),
            group.label("group_key"),
            *(func.sum(rows[c]).label(c) for c in columns),
        )
        parts.append(query.group_by(group) if one.by else query)
    found: dict[str, Groups] = defaultdict(dict)
    for name, key, *sums in db.session.execute(union_all(*parts)):
        found[name][key] = {column: int(value or 0) for column, value in zip(columns, sums, strict=True)}
    return found


def medians(source: Source, slices: Iterable[Slice]) -> dict[str, dict[str | None, int]]:
    """The median of `seconds` in whole minutes, half up, for each slice and group that has any. One query."""
    slices = list(slices)
    shared = _shared(source, slices)
    parts = []
    for one in slices:
        rows = shared[one.scope].c
        group = rows[one.by] if one.by else cast(null(), String)
        parts.append(
            select(
                literal(one.name, String).label("slice"), group.label("group_key"), rows.seconds.label("seconds")
            ).where(rows.seconds.is_not(None))
        )
    closed = union_all(*parts).subquery().c
    within = (closed.slice, closed.group_key)
    ranked = (
        select(
            *within,
            closed.seconds,
            func.row_number().over(partition_by=within, order_by=closed.seconds).label("place"),
            func.count().over(partition_by=within).label("size"),
        )
        .subquery()
        .c
    )
    middle = or_(ranked.place == (ranked.size + 1) // 2, ranked.place == ranked.size // 2 + 1)
    query = select(ranked.slice, ranked.group_key, func.sum(ranked.seconds), func.count()).where(middle)
    found: dict[str, dict[str | None, int]] = defaultdict(dict)
    for name, key, seconds, count in db.session.execute(query.group_by(ranked.slice, ranked.group_key)):
        found[name][key] = half_up(int(seconds), 60 * count)
    return found


def _shared(source: Source, slices: list[Slice]) -> dict[Scope, CTE]:
    scopes = dict.fromkeys(one.scope for one in slices)
    return {scope: source.facts(scope).cte(f"rows_{n}") for n, scope in enumerate(scopes, 1)}
