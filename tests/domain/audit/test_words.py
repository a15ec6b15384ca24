"""Every action, every kind of thing and every field is said in words."""

import ast

import pytest

import app.domain.models  # noqa: F401 - all tables
from app.domain.audit import fields
from app.domain.audit.words import ACTIONS, SUBJECTS
from app.domain.callbacks.enums import CallbackState, Purpose
from app.domain.cases.enums import Action, CaseState
from app.domain.core.orm import Base
from tests.support.once import ROOT

COMPOSED = {
    "f'cases.{move.value}'": [f"cases.{move.value}" for move in Action],
    "f'cases.call_{purpose.value}'": [
        f"cases.call_{purpose.value}" for purpose in Purpose if purpose is not Purpose.CALLBACK
    ],
    "f'{capability}.import'": [
        f"{capability}.import" for capability in ("accounts", "callbacks", "cases", "customers", "projects")
    ],
}
"""Actions that are put together where they are recorded, with all that they can be."""

CHANGED = ("accounts", "callbacks", "cases", "customers", "department_notes", "people", "projects", "tasks")
UNSEEN = {"id", "pinyin", "initials", "tail4", "password_hash"}
"""Columns that no entry tells: keys, what follows from other columns, and secrets."""


def recorded():
    """The first argument of each call of the one writer."""
    for path in (ROOT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("trail.record", "trail.record_all"):
                yield node.args[0]


def test_every_action_that_is_recorded_has_words():
    actions = set()
    for argument in recorded():
        actions |= {argument.value} if isinstance(argument, ast.Constant) else set(COMPOSED[ast.unparse(argument)])
    assert len(actions) > 50
    assert sorted(actions - set(ACTIONS)) == []


def test_every_kind_of_thing_is_a_table():
    assert set(SUBJECTS) <= set(Base.metadata.tables)


@pytest.mark.parametrize("subject", CHANGED)
def test_every_column_has_a_label(subject):
    columns = [column.name for column in Base.metadata.tables[subject].columns if column.name not in UNSEEN]
    assert [name for name in columns if fields.label_of(subject, name)[0] == name] == []


def test_a_code_is_said_by_the_words_of_its_column():
    assert fields.words_of("cases", "state") is CaseState
    assert fields.words_of("callbacks", "state") is CallbackState
    assert fields.words_of("cases", "finding") is None


def test_a_field_is_called_as_on_the_page_of_its_record():
    assert fields.label_of("customers", "number") == ("客户编号", "")
    assert fields.label_of("projects", "kickoff.actual_on") == ("开工交底", "实际")
    assert fields.label_of("settings", "firm.name") == ("公司名称", "")
    assert fields.label_of("customers", "手机") == ("手机", "")
