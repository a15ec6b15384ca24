"""The firm's wall clock against UTC, where it is put forward and back."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core import clock

ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "America/Havana", "Australia/Lord_Howe")
instants = st.integers(0, 36_000 * 24 * 60).map(
    lambda minutes: datetime(1980, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@pytest.fixture(autouse=True)
def firm_s_zone():
    yield
    clock.use_zone("Asia/Shanghai")


@given(st.sampled_from(ZONES), instants, st.integers(1, 900 * 24 * 60), st.floats(0, 1))
def test_offsets_tell_the_wall_clock_of_every_instant_between(zone, since, minutes, share):
    clock.use_zone(zone)
    until = since + timedelta(minutes=minutes)
    instant = since + (until - since) * share
    spans = clock.utc_offsets(since, until)
    *_, offset = next((span for span in spans if instant < span[0]), spans[-1])
    assert (instant + timedelta(seconds=offset)).replace(tzinfo=None) == clock.local(instant).replace(tzinfo=None)
    assert [end for end, _ in spans] == sorted(end for end, _ in spans)
    assert spans[-1][0] == until


def test_a_zone_without_summer_time_has_one_offset():
    assert clock.utc_offsets(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)) == [
        (datetime(2027, 1, 1, tzinfo=UTC), 8 * 3600)
    ]


def test_a_year_of_berlin_has_three_spans():
    clock.use_zone("Europe/Berlin")
    spans = clock.utc_offsets(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    assert spans == [
        (datetime(2026, 3, 29, 1, tzinfo=UTC), 3600),
        (datetime(2026, 10, 25, 1, tzinfo=UTC), 7200),
        (datetime(2027, 1, 1, tzinfo=UTC), 3600),
    ]
