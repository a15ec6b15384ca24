"""What a cell says, in every way that people write it."""

# ruff: noqa: DTZ001  spreadsheets know no zones

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core import clock
from app.domain.core.errors import Refused
from app.domain.imports.reader import cells

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
AT_1405 = datetime(2026, 3, 5, 6, 5, tzinfo=UTC)


# What a text means stands in tests/domain/core/parsing/texts.py.
@pytest.mark.parametrize(
    "cell",
    ["2026-03-05", "20260305", 20260305.0, 46086.0, 46086, "46086", date(2026, 3, 5), datetime(2026, 3, 5)],
)
def test_a_date_without_a_time_is_midnight_at_receipt_and_the_days_last_minute_later(cell):
    assert cells.day(cell, NOW) == date(2026, 3, 5)
    assert cells.received(cell, NOW) == datetime(2026, 3, 4, 16, tzinfo=UTC)
    assert cells.later(cell, NOW) == datetime(2026, 3, 5, 15, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-03-05 14:05",
        "46086.586806",
        46086.586805555555,
        datetime(2026, 3, 5, 14, 5),
        datetime(2026, 3, 5, 14, 4, 59, 999_000),
    ],
)
def test_a_time_is_kept_to_the_minute(cell):
    assert cells.received(cell, NOW) == cells.later(cell, NOW) == AT_1405


def test_midnight_written_out_is_midnight():
    assert cells.later("2026-03-05 00:00", NOW) == datetime(2026, 3, 4, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    "cell",
    [
        "明天",
        "3月5日",
        "14:05",
        5.0,
        13800138000.0,
        True,
        time(3),
        19_999,
        80_000.5,
        datetime(1800, 1, 1),
        "2026-03-05\x00x",
    ],
)
def test_what_is_no_day_of_a_spreadsheet_is_refused(cell):
    for read in (cells.day, cells.received):
        with pytest.raises(Refused):
            read(cell, NOW)


def test_a_time_in_the_future_is_refused_but_today_without_a_time_stands():
    with pytest.raises(Refused):
        cells.later("2026-11-21 12:01", NOW)
    with pytest.raises(Refused):
        cells.later("2026-11-22", NOW)
    assert cells.later("2026-11-21", NOW) == datetime(2026, 11, 21, 15, 59, tzinfo=UTC)


@given(
    st.datetimes(min_value=datetime(1992, 1, 1), max_value=datetime(2026, 11, 20)).map(
        lambda when: when.replace(second=0, microsecond=0)
    )
)
def test_every_minute_of_a_spreadsheet_is_that_minute(when):
    serial = (when - datetime(1899, 12, 30)) / timedelta(days=1)
    if when.time() != time(0):
        assert cells.later(serial, NOW) == cells.later(when, NOW) == clock.at(when.date(), when.time())


@given(st.dates(min_value=date(1955, 1, 1), max_value=date(2100, 1, 1)))
def test_every_day_of_a_spreadsheet_is_that_day(day):
    assert cells.day(float((day - date(1899, 12, 30)).days), NOW) == cells.day(day, NOW) == day


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (13800138000.0, "13800138000"),
        (13800138000, "13800138000"),
        ("138 0013 8000", "13800138000"),
        ("1.3800138E+10", "13800138000"),
    ],
)
def test_phones_as_spreadsheets_hold_them(cell, number):
    assert cells.phone(cell, NOW).number == number


def test_money_as_spreadsheets_hold_it():
    sums = {0.1 + 0.2: "0.30", 12.345: "12.35", 12345.6: "12345.60", 128_000: "128000.00", "12.5万": "125000.00"}
    assert {cell: str(cells.money(cell, NOW)) for cell in sums} == sums
    for wrong in (-1, -0.5, True, float("inf"), float("nan"), 1e12, 1e300):
        with pytest.raises(Refused):
            cells.money(wrong, NOW)


def test_yes_and_no():
    assert [cells.yes_no(cell, NOW) for cell in ("是", " 否 ", True, 0.0, "√", "Y")] == [
        True,
        False,
        True,
        False,
        True,
        True,
    ]
    with pytest.raises(Refused):
        cells.yes_no("也许", NOW)


def test_text_loses_control_characters_and_point_zero_and_has_a_limit():
    assert cells.text(60)("王\x00建\x07国 ", NOW) == "王建国"
    assert cells.text(60)(1001.0, NOW) == "1001"
    with pytest.raises(Refused):
        cells.text(60)("长" * 10_000, NOW)
