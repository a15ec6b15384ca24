"""Periods: how they are written, which days they hold, what stands before them; in every zone."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core import clock
from app.domain.core.clock import Month
from app.domain.core.errors import Refused
from app.domain.reports.period import EXAMPLES, FIRST_DAY, LAST_DAY, Period, PeriodKind

DAY, WEEK, MONTH, YEAR, RANGE = PeriodKind
NAMED = [kind for kind in PeriodKind if kind is not RANGE]
ONE = timedelta(days=1)

days = st.dates(FIRST_DAY + timedelta(days=7), date(2500, 1, 1))
named = st.builds(Period.of, st.sampled_from(NAMED), days)
ranges = st.builds(lambda first, n: Period.between(first, first + timedelta(days=n)), days, st.integers(0, 800))
whole_months = st.builds(
    lambda day, n: Period.between(day.replace(day=1), Month.of(clock.add_months(day, n)).last), days, st.integers(0, 20)
)
periods = st.one_of(named, ranges, whole_months)


@pytest.fixture
def zone():
    yield clock.use_zone
    clock.use_zone("Asia/Shanghai")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-11-21", "2026-11-21", "2026-11-21"),
        ("2026-W47", "2026-11-16", "2026-11-22"),
        ("2026-11", "2026-11-01", "2026-11-30"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-11-01..2026-11-15", "2026-11-01", "2026-11-15"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("2026-W01", "2025-12-29", "2026-01-04"),
        ("2026-W53", "2026-12-28", "2027-01-03"),
        ("2027-W01", "2027-01-04", "2027-01-10"),
        ("2020-W53", "2020-12-28", "2021-01-03"),
        ("1970-W01", "1969-12-29", "1970-01-04"),
    ],
)
def test_it_holds_the_days_that_its_name_says(text, first, last):
    period = Period.parse(text)
    assert (str(period.first), str(period.last), str(period)) == (first, last, text)


@given(periods)
def test_what_is_written_is_read_as_the_same(period):
    assert Period.parse(str(period)) == period


@given(named)
def test_every_day_of_it_leads_to_it(period):
    assert {Period.of(period.kind, period.first + n * ONE) for n in range(period.days)} == {period}


@given(periods, days)
def test_a_day_lies_in_it_from_the_first_to_the_last(period, day):
    assert (day in period) is (day in {period.first + n * ONE for n in range(period.days)})
    assert period.first in period
    assert period.last in period
    assert period.first - ONE not in period
    assert period.last + ONE not in period


@given(periods)
def test_the_one_before_ends_where_it_begins(period):
    before = period.moved(-1)
    assert before.kind is period.kind
    assert before.last + ONE == period.first
    assert before.ends_at == period.starts_at


@given(st.one_of(named, whole_months), st.integers(-30, 30))
def test_steps_add_up_and_lead_back(period, steps):
    one_by_one = period
    for _ in range(abs(steps)):
        one_by_one = one_by_one.moved(1 if steps > 0 else -1)
    assert period.moved(steps) == one_by_one
    assert one_by_one.moved(-steps) == period


@pytest.mark.parametrize(
    ("text", "before", "year_ago"),
    [
        ("2026-11-21", "2026-11-20", "2025-11-21"),
        ("2024-02-29", "2024-02-28", "2023-02-28"),
        ("2026-01", "2025-12", "2025-01"),
        ("2024-02", "2024-01", "2023-02"),
        ("2025-02", "2025-01", "2024-02"),
        ("2026", "2025", "2025"),
        ("2026-W47", "2026-W46", "2025-W47"),
        ("2026-W01", "2025-W52", "2025-W01"),
        ("2026-W53", "2026-W52", "2025-W52"),
        ("2027-W01", "2026-W53", "2026-W01"),
        ("2026-11-01..2026-11-15", "2026-10-17..2026-10-31", "2025-11-01..2025-11-15"),
        ("2026-07-01..2026-09-30", "2026-04-01..2026-06-30", "2025-07-01..2025-09-30"),
        ("2025-02-01..2025-02-28", "2025-01-01..2025-01-31", "2024-02-01..2024-02-29"),
        ("2024-02-29..2024-03-04", "2024-02-24..2024-02-28", "2023-02-28..2023-03-04"),
        ("2025-01-01..2025-12-31", "2024-01-01..2024-12-31", "2024-01-01..2024-12-31"),
    ],
)
def test_what_it_is_compared_with(text, before, year_ago):
    period = Period.parse(text)
    assert (str(period.moved(-1)), str(period.a_year_earlier())) == (before, year_ago)


@given(periods)
def test_a_year_earlier_is_as_long_but_for_a_leap_day(period):
    earlier = period.a_year_earlier()
    assert earlier.kind is period.kind
    assert abs(earlier.days - period.days) <= 1
    assert timedelta(days=357) <= period.first - earlier.first <= timedelta(days=371)


@pytest.mark.parametrize("zone_name", ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "America/Havana"])
@pytest.mark.parametrize("text", ["2026-03-29", "2026-10-25", "2026-W13", "2026-03", "2026-10", "2026", "2026-11-01"])
def test_its_instants_are_those_of_its_days_where_clocks_are_put_forward_and_back(zone, zone_name, text):
    zone(zone_name)
    period = Period.parse(text)
    second = timedelta(seconds=1)
    assert clock.day_of(period.starts_at) == period.first
    assert clock.day_of(period.starts_at - second) == period.first - ONE
    assert clock.day_of(period.ends_at - second) == period.last
    assert clock.day_of(period.ends_at) == period.last + ONE


def test_a_day_on_which_clocks_change_is_as_long_as_it_was(zone):
    zone("Europe/Berlin")
    hours = [(p.ends_at - p.starts_at) / timedelta(hours=1) for p in map(Period.parse, ("2026-03-29", "2026-10-25"))]
    assert hours == [23, 25]


def test_a_month_is_that_of_the_calendar():
    month, period = Month.parse("2026-11"), Period.parse("2026-11")
    assert (period.first, period.last) == (month.first, month.last)
    assert (period.starts_at, period.ends_at) == (month.starts_at, month.ends_at)
    assert str(period) == str(month)


def test_the_settings_of_its_last_day_hold():
    assert Period.parse("2026-W53").settings_day == date(2027, 1, 3)


@pytest.mark.parametrize(
    "text",
    [
        "", "november", "2026-13", "2026-00", "2026-2", "2026-11-31", "2026-02-29", "2026-W54", "2025-W53", "2026-W00",
        "2021-W53", "2026-w47", "1969", "1969-12", "1969-12-31", "9999", "9999-12-31", "0000", "2026-11-01..",
        "..2026-11-01", "2026-11..2026-12", "2026-11-01..2026-11-02..2026-11-03", " 2026-11", "2026-11\n",
        "2026-11-01...2026-11-02",
    ],
)  # fmt: skip
def test_what_is_no_period_is_refused_beside_it(text):
    with pytest.raises(Refused, match="不是期间") as refused:
        Period.parse(text)
    assert refused.value.field == "period"


@pytest.mark.parametrize(
    ("text", "why"),
    [("2026-11-15..2026-11-01", "写反了"), ("2000-01-01..2026-11-01", "不能超过十年")],
)
def test_a_range_that_cannot_be_is_refused_beside_it(text, why):
    with pytest.raises(Refused, match=why) as refused:
        Period.parse(text)
    assert refused.value.field == "period"


@pytest.mark.parametrize("kind", list(PeriodKind))
def test_a_kind_that_is_not_offered_is_refused_with_those_that_are(kind):
    others = [other for other in PeriodKind if other is not kind]
    with pytest.raises(Refused, match=EXAMPLES[others[0]]) as refused:
        Period.parse(EXAMPLES[kind], others)
    assert (refused.value.field, refused.value.params["kind"]) == ("period", kind)
    assert Period.parse(EXAMPLES[kind], [kind]).kind is kind


@given(st.text(alphabet="0123456789-W. ", max_size=24))
def test_whatever_is_typed_is_read_or_refused_in_words(text):
    with suppress(Refused):
        assert str(Period.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2026-11-21", "2026-11-21"),
        ("2026-W53", "2026 年第 53 周（12-28 至 01-03）"),
        ("2026-11", "2026-11"),
        ("2026", "2026 年"),
        ("2026-11-01..2026-11-15", "2026-11-01 至 2026-11-15"),
    ],
)
def test_people_read_it_in_words(text, label):
    assert Period.parse(text).label() == label


def test_its_words_can_be_said_in_another_language():
    assert Period.parse("2026").label({"%(year)s 年": "the year %(year)s"}.__getitem__) == "the year 2026"


def test_the_last_year_that_can_be_written_can_be_counted():
    assert Period.parse(str(LAST_DAY)).ends_at.year == LAST_DAY.year
