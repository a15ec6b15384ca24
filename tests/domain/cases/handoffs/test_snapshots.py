"""One spelling, one digest."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.cases.handoffs import snapshots

VALUES = st.dictionaries(st.text(), st.one_of(st.text(), st.none(), st.booleans(), st.integers(), st.lists(st.text())))


@given(VALUES)
def test_the_text_says_the_content_whatever_the_order_of_its_keys(content):
    text = snapshots.canonical(content)
    assert snapshots.read(text) == content
    assert snapshots.canonical(dict(reversed(content.items()))) == text


def test_letters_stay_as_they_are_and_the_digest_is_that_of_their_bytes():
    text = snapshots.canonical({"customer": "㛃", "asked": "上门"})
    assert text == '{"asked":"上门","customer":"㛃"}'
    assert len(snapshots.digest(text)) == 64
    assert snapshots.digest(text) != snapshots.digest(text + " ")
