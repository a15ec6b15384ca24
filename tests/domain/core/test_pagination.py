"""Walking a list by key: every row once, in order, there and back."""

from itertools import pairwise

import pytest
from sqlalchemy import select

from app.domain.core.pagination import Sort, page_of
from app.domain.customers.models import Customer
from tests.factories import a_customer

NEWEST = {
    "newest": Sort((Customer.created_at, Customer.id), descending=True),
    "name": Sort((Customer.pinyin, Customer.id)),
}


@pytest.mark.parametrize("sort", NEWEST)
def test_walking_forth_and_back_meets_every_row_once(app, sort):
    everyone = {a_customer(pinyin=f"wang{n // 3}").id for n in range(23)}
    pages, wanted = [], {"sort": sort}
    for _ in range(5):
        page = page_of(select(Customer), NEWEST, wanted, per_page=5)
        pages.append(page)
        if page.after is None:
            break
        wanted = {"sort": sort, "after": page.after}
    assert [len(page.rows) for page in pages] == [5, 5, 5, 5, 3]
    assert {row.id for page in pages for row in page.rows} == everyone
    assert pages[0].before is None

    for earlier, later in pairwise(pages):
        back = page_of(select(Customer), NEWEST, {"sort": sort, "before": later.before}, per_page=5)
        assert back.rows == earlier.rows
        assert back.after == earlier.after
        assert back.before == earlier.before


@pytest.mark.parametrize("mark", ["", "x", "%%%", "W10", "WyJhIiwgMV0", "é", "W3RydWUsIHRydWVd", "W251bGwsIG51bGxd"])
def test_a_mark_that_is_none_starts_at_the_beginning(app, mark):
    a_customer()
    assert len(page_of(select(Customer), NEWEST, {"after": mark}).rows) == 1
    assert len(page_of(select(Customer), NEWEST, {"before": mark}).rows) == 1


def test_counting_stops(app, monkeypatch):
    monkeypatch.setattr("app.domain.core.pagination.COUNTED_TO", 3)
    for _ in range(5):
        a_customer()
    assert page_of(select(Customer), NEWEST, {}).count_text == "3+"
