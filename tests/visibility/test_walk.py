"""Nobody is shown what they may not see: every address of the app, asked by every person of a firm of two branches.

A new page is in it by itself. A new kind of record needs a line in oracle.py that says who may see it, and a row in
firm.py that bears a mark.
"""

import pytest

from tests.visibility.walk import Walk, every

pytestmark = pytest.mark.sqlite


def test_no_page_shows_what_its_reader_may_not_see(walks: dict[str, Walk]) -> None:
    assert every(walks, "leaks") == ""


def test_records_open_to_exactly_those_who_may_see_them(walks: dict[str, Walk]) -> None:
    assert every(walks, "wrong_doors") == ""


def test_lists_and_numbers_count_exactly_what_their_reader_may_see(walks: dict[str, Walk]) -> None:
    assert every(walks, "wrong_counts") == ""


def test_the_whole_firm_is_shown_to_somebody(walks: dict[str, Walk]) -> None:
    """A mark that nobody ever sees guards nothing."""
    firm = next(iter(walks.values())).firm
    shown = set().union(*(answer.words for walk in walks.values() for answer in walk.answers))
    unseen = {word for word in firm.all_words - shown if word.startswith("Ω")}
    assert [firm.whose(word) for word in sorted(unseen)] == []


def test_no_page_fails(walks: dict[str, Walk]) -> None:
    assert every(walks, "failures") == ""
