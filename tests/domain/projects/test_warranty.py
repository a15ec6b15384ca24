"""In warranty or not, with the reason; first and last day both are."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core import clock
from app.domain.plans.enums import WarrantyTerm
from app.domain.plans.models import Category
from app.domain.projects import warranty
from app.domain.projects.models import Project
from app.domain.settings import values
from tests.factories import a_stage
from tests.shipped import Stage

WATER = Category(name="防水", term=WarrantyTerm.WATERPROOF)
UNDER_WATER = Category(name="卫生间", term=WarrantyTerm.GENERAL, parent=WATER)
PAINT = Category(name="油漆", term=WarrantyTerm.GENERAL)


def project(completed=None, **facts):
    stages = [a_stage(Stage.COMPLETION, completed)] if completed else []
    return Project(stages=stages, **facts)


def said(one, category, day, wall=time(12)):
    return warranty.verdict(one, category, clock.at(day, wall)).in_warranty


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(("day", "expected"), [
    (date(2024, 2, 28), False), (date(2024, 2, 29), True), (date(2026, 2, 28), True), (date(2026, 3, 1), False),
])  # fmt: skip
def test_from_the_first_day_to_the_same_day_two_years_later(day, expected):
    assert said(project(date(2024, 2, 29)), PAINT, day) is expected


@pytest.mark.usefixtures("app")
def test_the_day_is_the_firms_to_its_last_minute():
    one = project(date(2024, 5, 1))
    assert said(one, None, date(2026, 5, 1), time(23, 59)) is True
    assert said(one, None, date(2026, 5, 2), time(0)) is False


@pytest.mark.usefixtures("app")
def test_waterproofing_has_its_own_term_through_the_first_level_too():
    one = project(date(2022, 1, 1))
    for category, expected in ((WATER, True), (UNDER_WATER, True), (PAINT, False), (None, False)):
        assert said(one, category, date(2026, 6, 1)) is expected


@pytest.mark.usefixtures("app")
def test_the_card_comes_before_the_completion():
    verdict = warranty.verdict(
        project(date(2024, 1, 1), card_on=date(2024, 3, 1)), PAINT, clock.at(date(2026, 2, 1), time(9))
    )
    assert verdict.in_warranty is True
    assert "保修卡日期" in verdict.reason
    assert verdict.params == {"term": "一般保修", "first": "2024-03-01", "months": 24, "last": "2026-03-01"}
    assert verdict.reason % verdict.params


@pytest.mark.usefixtures("app")
def test_the_contracts_own_months_come_before_the_setting():
    one = project(date(2024, 1, 1), warranty_months=36, waterproof_months=12)
    assert said(one, PAINT, date(2026, 12, 31)) is True
    assert said(one, WATER, date(2025, 1, 2)) is False
    assert said(project(date(2024, 1, 1), warranty_months=0), PAINT, date(2024, 1, 1)) is True


@pytest.mark.usefixtures("app")
def test_a_setting_counts_from_the_warrantys_first_day():
    values.change("warranty.general_months", 12, since=date(2026, 1, 1), by=None, at=clock.now())
    assert warranty.general_last_day(project(date(2025, 12, 31))) == date(2027, 12, 31)
    assert warranty.general_last_day(project(date(2026, 1, 1))) == date(2027, 1, 1)


def test_without_a_date_or_a_project_nobody_can_say():
    for one in (project(), None):
        verdict = warranty.verdict(one, PAINT, clock.now())
        assert verdict.in_warranty is None
        assert verdict.reason


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 600))
def test_the_last_day_is_in_and_the_next_is_out(first, length):
    one = Project(stages=[], card_on=first, warranty_months=length)
    last = warranty.general_last_day(one)
    assert last is not None
    assert last.day <= first.day
    assert said(one, PAINT, last) is True
    assert said(one, PAINT, last + timedelta(days=1)) is False
    assert said(one, PAINT, first - timedelta(days=1)) is False
