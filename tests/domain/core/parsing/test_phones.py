"""Telephone numbers as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.errors import Refused
from app.domain.core.parsing.phones import Phone, normalise, tail4


@pytest.mark.parametrize(("written", "number", "extension"), [
    ("13800001234", "13800001234", ""),
    (" １３８ ００００－１２３４ ", "13800001234", ""),
    ("+86 138-0000-1234", "13800001234", ""),
    ("+8613800001234", "13800001234", ""),
    ("8613800001234", "13800001234", ""),
    ("0086 138 0000 1234", "13800001234", ""),
    (13800001234, "13800001234", ""),
    (13800001234.0, "13800001234", ""),
    ("13800001234.0", "13800001234", ""),
    ("1.3800001234E10", "13800001234", ""),
    ("0755-12345678", "075512345678", ""),
    ("(0755) 8123 4567", "075581234567", ""),
    ("+86 755 81234567", "075581234567", ""),
    ("+86 10 62345678", "01062345678", ""),
    ("0755-81234567-802", "075581234567", "802"),
    ("075581234567转802", "075581234567", "802"),
    ("010-62345678 分机 12", "01062345678", "12"),
    ("010-62345678 ext.12", "01062345678", "12"),
    ("62345678", "62345678", ""),
    ("400-800-1234", "4008001234", ""),
    ("+852 9123 4567", "+85291234567", ""),
    ("00852 9123 4567", "+85291234567", ""),
    ("+1 (650) 253-0000", "+16502530000", ""),
])  # fmt: skip
def test_what_is_a_number(written, number, extension):
    assert normalise(written) == Phone(number, extension)


@pytest.mark.parametrize(
    "written",
    ["", None, "  ", "没有", "1380000123", "138000012345", "12800001234", "123", "1.5", "nan", "1e999", "1E999999999",
     "+86", "+999", "13800001234/13900005678", "\x00", "😀", "<b>1</b>", "٠١٢٣٤٥٦٧٨٩", "1" * 5000],
)  # fmt: skip
def test_what_is_none(written):
    with pytest.raises(Refused) as refusal:
        normalise(written)
    assert refusal.value.field == "phone"


@given(st.text())
def test_anything_typed_is_a_number_or_refused(written):
    try:
        number, extension = normalise(written)
    except Refused:
        return
    assert number.removeprefix("+").isdigit()
    assert len(number) <= 30
    assert len(extension) <= 10
    assert normalise(number).number == number


@given(st.from_regex(r"\A1[3-9][0-9]{9}\Z"), st.lists(st.sampled_from(" -—　()"), min_size=11, max_size=11))
def test_a_mobile_is_the_same_however_it_is_spaced(mobile, between):
    written = "".join(digit + space for digit, space in zip(mobile, between, strict=True))
    assert normalise(written).number == mobile
    assert tail4(normalise(written).number) == mobile[-4:]
