"""What a reader writes it reads again as the same value, and it reads anything or refuses it in words."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core import clock
from app.domain.core.errors import Refused
from app.domain.core.parsing import dates, money, numbers, phones
from app.web import formats

NOW = datetime(2026, 11, 21, 2, tzinfo=UTC)
TODAY = clock.day_of(NOW)
LETTERS = "0123456789 -/.:,，：年月日号点时分半整上午下中晚早凌晨傍今昨明天周五六星期TZ+¥元万个转ampm（）-"

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31))
# Between 1986 and 1991 the firm's wall showed some hours twice.
MOMENTS = st.integers(int(datetime(1992, 1, 1, tzinfo=UTC).timestamp()) // 60, 68_000_000).map(
    lambda minute: datetime.fromtimestamp(minute * 60, UTC)
)
SUMS = st.decimals(0, money.LARGEST, places=2)
WAYS_OF_A_DAY = (
    "{0:%Y-%m-%d}", "{0.year}/{0.month}/{0.day}", "{0.year}.{0.month}.{0.day}", "{0.year}年{0.month}月{0.day}日",
)  # fmt: skip
WAYS_OF_A_MOMENT = (
    "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y.%m.%d %H:%M", "%Y年%m月%d日%H:%M", "%Y年%m月%d日 %H时%M分",
    "%H:%M %Y-%m-%d", "%Y%m%d %H:%M", "%Y-%m-%d %I:%M %p", "%Y-%m-%dT%H:%M:%S+08:00",
)  # fmt: skip


class Reader(NamedTuple):
    read: Callable[[str], Any]
    write: Callable[[Any], str]


READERS = {
    "day": Reader(lambda text: dates.day(text, TODAY), dates.write_day),
    "moment": Reader(lambda text: dates.moment(text, NOW), dates.write_moment),
    "phone": Reader(phones.normalise, phones.write),
    "money": Reader(money.amount, money.write),
    "money as a page shows it": Reader(money.amount, formats.money),
    "number": Reader(numbers.number, str),
    "months": Reader(numbers.months, str),
}


@given(DAYS, st.sampled_from(WAYS_OF_A_DAY))
def test_a_day_survives_every_way_of_writing_it(day: date, way: str) -> None:
    assert dates.day(dates.write_day(day)) == dates.day(way.format(day)) == day


@given(MOMENTS, st.sampled_from(WAYS_OF_A_MOMENT))
def test_a_minute_survives_every_way_of_writing_it(at: datetime, way: str) -> None:
    assert dates.moment(dates.write_moment(at), NOW) == dates.moment(clock.local(at).strftime(way), NOW) == at


@given(SUMS)
def test_a_sum_survives_every_way_of_writing_it(amount: Decimal) -> None:
    ways = (money.write(amount), formats.money(amount), f"{amount}元", f"{amount / 10_000}万", f"{amount:,}")
    assert {money.amount(way) for way in ways} == {amount}


@pytest.mark.parametrize("kind", READERS)
@given(text=st.text(max_size=30) | st.text(LETTERS, max_size=20))
def test_what_was_read_once_is_read_again_as_it_is_written(kind: str, text: str) -> None:
    read, write = READERS[kind]
    try:
        value = read(text)
    except Refused:
        return
    assert read(write(value)) == value


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("piece", ["1", " ", "1,", "2026-", "点", "1 234 "])
def test_a_text_without_end_is_refused_at_once(kind: str, piece: str) -> None:
    with pytest.raises(Refused):
        READERS[kind].read(piece * 50_000 + "x")


def test_a_number_may_be_below_zero_and_grouped() -> None:
    texts = {"-3": "-3", "12.50": "12.50", "１，２３４": "1234", "+7": "7"}
    assert {text: str(numbers.number(text)) for text in texts} == texts
    for wrong in ("1,2", "1e5", "NaN", "--1", "", "三"):
        with pytest.raises(Refused):
            numbers.number(wrong)
