"""Every action, every kind of thing and every field is said in words."""

import pytest

import app.domain.models  # noqa: F401 - all tables
from app.domain.audit import events, fields, trail
from app.domain.callbacks.enums import CallbackState
from app.domain.cases.enums import CaseState
from app.domain.core import clock
from app.domain.core.orm import Base
from app.domain.customers.models import Customer
from tests.factories import a_branch, a_customer, a_project

CHANGED = ("accounts", "callbacks", "cases", "customers", "department_notes", "people", "projects", "tasks")
UNSEEN = {"id", "version", "pinyin", "initials", "tail4", "password_hash"}
"""Columns that no entry tells: keys, what follows from other columns, and secrets."""


@pytest.fixture
def customers():
    """A subject with an event of its own, forgotten after the test."""
    known = dict(events.DECLARED)
    yield events.Subject(Customer, "tested", "客户")
    for action in set(events.DECLARED) - set(known):
        del events.DECLARED[action]


def test_an_entry_names_only_what_its_event_declares(app, customers):
    event = customers.event("edit", "修改", "name", fields={"branch": events.Field("区域")})
    customer = a_customer()
    trail.record(event, customer, by=None, at=clock.now(), changes={"name": ["甲", "乙"], "branch": [None, "城东"]})
    with pytest.raises(ValueError, match="does not declare notes"):
        trail.record(event, customer, by=None, at=clock.now(), changes={"notes": ["", "x"]})
    with pytest.raises(ValueError, match="is about customers, not projects"):
        trail.record(event, a_project(customer), by=None, at=clock.now())
    with pytest.raises(ValueError, match="does not declare notes"):
        trail.record_all(event, [(customer, {"notes": ["", "x"]})], by=None, at=clock.now())


def test_an_event_is_declared_once_and_of_columns_that_people_read(customers):
    customers.event("edit", "修改", "name")
    with pytest.raises(ValueError, match="declared already"):
        customers.event("edit", "修改")
    with pytest.raises(KeyError):
        customers.event("other", "别的", "no_such_column")
    with pytest.raises(KeyError):
        customers.event("other", "别的", "pinyin")


def test_who_and_what_a_record_refers_to_now_is_among_its_changes(app):
    project, other = a_project(), a_customer("李梅")
    before = project.customer.id
    project.customer, project.branch = other, a_branch("城东")
    assert trail.changes_of(project) == {
        "customer_id": [before, other.id], "branch_id": [None, project.branch.id],
    }  # fmt: skip


@pytest.mark.parametrize("subject", CHANGED)
def test_every_column_has_a_label(subject):
    columns = [column.name for column in Base.metadata.tables[subject].columns if column.name not in UNSEEN]
    assert [name for name in columns if fields.label_of(subject, name)[0] == name] == []


def test_a_code_is_said_by_the_words_of_its_column():
    assert fields.enum_of("cases", "state") is CaseState
    assert fields.enum_of("callbacks", "state") is CallbackState
    assert fields.enum_of("cases", "finding") is None


def test_a_field_is_called_as_on_the_page_of_its_record():
    assert fields.label_of("customers", "number") == ("客户编号", "")
    assert fields.label_of("projects", "kickoff.actual_on") == ("开工交底", "实际")
    assert fields.label_of("settings", "firm.name") == ("公司名称", "")
    assert fields.label_of("customers", "手机") == ("手机", "")
