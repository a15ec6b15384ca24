"""Which row is in force on a day, in Python and in SQL."""

from collections.abc import Sequence
from datetime import date, timedelta
from operator import attrgetter
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Date, literal, select

from app.domain.core import effective
from app.extensions import db

FIRST = date(2026, 3, 1)
DAYS = st.integers(0, 9).map(lambda days: FIRST + timedelta(days=days))


class Rule(NamedTuple):
    kind: str
    since: date
    number: int


RULES = st.lists(st.builds(Rule, st.sampled_from("ab"), DAYS, st.integers(0, 99)), max_size=8)


def by_hand(rules: Sequence[Rule], kind: str, day: date) -> Rule | None:
    """The last given of the newest that began by the day."""
    begun = [rule for rule in rules if rule.kind == kind and rule.since <= day]
    newest = max((rule.since for rule in begun), default=None)
    return next((rule for rule in reversed(begun) if rule.since == newest), None)


@given(RULES, DAYS)
def test_the_newest_that_has_begun_is_in_force(rules: list[Rule], day: date) -> None:
    found = effective.in_force(rules, day, attrgetter("kind"))
    assert found == {kind: rule for kind in "ab" if (rule := by_hand(rules, kind, day))}


@given(RULES)
def test_on_any_day_at_most_one_of_a_kind_holds(rules: list[Rule]) -> None:
    held = effective.spans(rules, attrgetter("kind"))
    for day in (FIRST + timedelta(days=days) for days in range(-1, 11)):
        for kind in "ab":
            now = [span.row for span in held if span.row.kind == kind and span.holds_on(day)]
            assert now == [rule for rule in [by_hand(rules, kind, day)] if rule]


@pytest.mark.parametrize(
    "rules", [[], [Rule("a", date(2026, 3, day), day + place) for place, day in enumerate((5, 2, 5))]]
)
def test_sql_finds_the_same(app: Any, rules: list[Rule]) -> None:
    held = effective.spans(rules, attrgetter("kind"))
    for day in (FIRST + timedelta(days=days) for days in range(8)):
        number = effective.value_on(literal(day, Date), held, attrgetter("number"), 0)
        rule = by_hand(rules, "a", day)
        assert db.session.scalar(select(number)) == (rule.number if rule else 0)


@pytest.mark.parametrize("until", [None, date(2026, 3, 5)])
def test_what_has_ended_lasts_until_the_day_before(app: Any, until: date | None) -> None:
    since, told = date(2026, 3, 2), []
    for day in (FIRST + timedelta(days=days) for days in range(6)):
        told.append(effective.lasts(since, until, day))
        asked = effective.lasting(literal(since, Date), literal(until, Date), day)
        assert bool(db.session.scalar(select(asked))) is told[-1]
    assert told == [False, True, True, True, until is None, until is None]
