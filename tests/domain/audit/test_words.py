"""Every action and every kind of thing is said in words."""

import re

from app.domain.audit.words import ACTIONS, SUBJECTS
from app.extensions import db
from tests.support.once import ROOT

RECORDED = re.compile(r"(?:trail\.)?record(?:_all)?\(\s*\"(\w+\.\w+)\"")


def test_every_action_that_is_recorded_has_words():
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "app").rglob("*.py")]
    recorded = {action for text in sources for action in RECORDED.findall(text)}
    assert len(recorded) > 10
    assert sorted(recorded - set(ACTIONS)) == []


def test_every_kind_of_thing_is_a_table():
    assert set(SUBJECTS) <= set(db.metadata.tables)
