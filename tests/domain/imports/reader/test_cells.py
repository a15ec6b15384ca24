"""What a cell says, in every way that people write it."""

# ruff: noqa: DTZ001  spreadsheets know no zones

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core import clock
from app.domain.core.errors import Refused
from app.domain.imports.reader import cells

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
AT_1405 = datetime(2026, 3, 5, 6, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-03-05",
        "2026-3-5",
        "2026/3/5",
        "2026.3.5",
        "2026年3月5日",
        "2026年3月5号",
        "２０２６－０３－０５",
        "20260305",
        20260305.0,
        46086.0,
        "46086",
        "2026年3月5日 星期四",
        "2026/3/5（周四）",
        date(2026, 3, 5),
        datetime(2026, 3, 5),
        " 2026-03-05 ",
        "2026 年 3 月 5 日",
    ],
)
def test_a_date_without_a_time_is_midnight_at_receipt_and_the_days_last_minute_later(cell):
    assert cells.day(cell, NOW) == date(2026, 3, 5)
    assert cells.received(cell, NOW) == datetime(2026, 3, 4, 16, tzinfo=UTC)
    assert cells.later(cell, NOW) == datetime(2026, 3, 5, 15, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-03-05 14:05",
        "2026/3/5 14:05:30",
        "2026年3月5日14:05",
        "2026年3月5日 14时5分",
        "2026年3月5日 14点05分",
        "2026-03-05T14:05",
        "2026-03-05T14:05:59+08:00",
        "2026-03-05T06:05:00Z",
        "２０２６/３/５　１４：０５",
        "2026-3-5 下午2:05",
        "2026/3/5 2:05 PM",
        "20260305 14:05",
        "46086.586806",
        46086.586805555555,
        datetime(2026, 3, 5, 14, 5),
        datetime(2026, 3, 5, 14, 4, 59, 999_000),
        "2026.3.5 14：05",
    ],
)
def test_a_time_is_kept_to_the_minute(cell):
    assert cells.received(cell, NOW) == cells.later(cell, NOW) == AT_1405


def test_midnight_written_out_is_midnight():
    assert cells.later("2026-03-05 00:00", NOW) == datetime(2026, 3, 4, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-03",
        "3月5日",
        "26-3-5",
        "2026-13-05",
        "2026-02-30",
        "2026-03/05",
        "2026-3-5 25:00",
        "2026-3-5 10:60",
        "明天",
        "2026-3-5 晚上12点",
        "2026-3-5 上午12:05",
        "2026-03-0514:05",
        "2026-03-05 14:05~15:00",
        "5",
        5.0,
        "13800138000",
        13800138000.0,
        True,
        time(3),
        "0",
        "1800-01-01",
        "202603051405",
        "=NOW()",
        "2026-03-05\x00x",
    ],
)
def test_what_could_mean_two_things_is_no_date(cell):
    with pytest.raises(Refused):
        cells.received(cell, NOW)


def test_a_time_in_the_future_is_refused_but_today_without_a_time_stands():
    with pytest.raises(Refused):
        cells.later("2026-11-21 12:01", NOW)
    with pytest.raises(Refused):
        cells.later("2026-11-22", NOW)
    assert cells.later("2026-11-21", NOW) == datetime(2026, 11, 21, 15, 59, tzinfo=UTC)


WRITTEN = (
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y.%m.%d %H:%M",
    "%Y年%m月%d日%H:%M",
    "%Y年%m月%d日 %H时%M分",
    "%Y%m%d %H:%M",
)


@given(
    st.datetimes(min_value=datetime(1992, 1, 1), max_value=datetime(2026, 11, 20)).map(
        lambda when: when.replace(second=0, microsecond=0)
    ),
    st.sampled_from(WRITTEN),
)
def test_every_minute_survives_every_way_of_writing_it(when, form):
    instant = clock.at(when.date(), when.time())
    assert cells.received(when.strftime(form), NOW) == instant
    serial = (when - datetime(1899, 12, 30)) / timedelta(days=1)
    if when.time() != time(0):
        assert cells.later(serial, NOW) == cells.later(when, NOW) == instant


@given(st.dates(min_value=date(1955, 1, 1), max_value=date(2100, 1, 1)))
def test_every_day_survives_every_way_of_writing_it(day):
    serial = float((day - date(1899, 12, 30)).days)
    ways = [
        f"{day:%Y-%m-%d}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        day,
        serial,
    ]
    assert {cells.day(way, NOW) for way in ways} == {day}


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (13800138000.0, "13800138000"),
        (13800138000, "13800138000"),
        ("138 0013 8000", "13800138000"),
        ("138-0013-8000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("+86 13800138000", "13800138000"),
        ("0571-88001234", "057188001234"),
        ("1.3800138E+10", "13800138000"),
    ],
)
def test_phones_as_spreadsheets_hold_them(cell, number):
    assert cells.phone(cell, NOW).number == number


def test_money():
    sums = {"12345.6": "12345.60", "¥12,345.60": "12345.60", "12.5万": "125000.00", "１２元": "12.00"}
    assert {text: str(cells.money(text, NOW)) for text in sums} == sums
    assert cells.money(0.1 + 0.2, NOW) == Decimal("0.30")
    for wrong in ("-1", -1, "1,2", "1e5", "很多", True, float("inf"), float("nan"), 1e12):
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
