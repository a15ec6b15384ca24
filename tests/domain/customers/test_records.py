"""Registering and correcting customers, and their numbers."""

from datetime import date

import pytest
from sqlalchemy import select

from app.domain.accounts.roles import Role
from app.domain.audit.models import AuditEntry
from app.domain.core import clock
from app.domain.core.errors import Refused
from app.domain.core.parsing.phones import Phone
from app.domain.customers import records
from app.domain.customers.enums import Channel
from app.domain.customers.models import SearchGram
from app.extensions import db
from tests.factories import a_branch, a_person

pytestmark = pytest.mark.usefixtures("app")
MOBILE, OTHER = Phone("13800001234"), Phone("13900005678", "802")


def registered(**facts):
    return records.register(
        **{"phones": [MOBILE], "by": facts.pop("by", None), "at": clock.now(), "name": "曾小贤"} | facts
    )


def actions():
    return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def test_a_customer_is_registered_in_the_branch_of_who_does_it():
    agent = a_person(Role.AGENT, branch=a_branch())
    customer = registered(by=agent, estate="阳光花园", room="1203")
    assert (customer.branch, customer.entered_by) == (agent.branch, agent)
    assert (customer.phone, customer.pinyin, customer.initials) == ("13800001234", "zengxiaoxian", "zxx")
    found = set(db.session.scalars(select(SearchGram.gram).where(SearchGram.customer_id == customer.id)))
    assert {"曾", "曾小", "小贤", "阳光", "12", "20", "03"} <= found
    assert actions() == ["customers.register"]


@pytest.mark.parametrize(("facts", "field"), [
    ({"phones": []}, "phone"), ({"name": "  "}, "name"), ({"name": "\x00"}, "name"), ({"name": "王" * 61}, "name"),
    ({"birthday": date(2999, 1, 1)}, "birthday"), ({"birthday": date(1800, 1, 1)}, "birthday"),
])  # fmt: skip
def test_wrong_facts_are_refused_by_field(facts, field):
    with pytest.raises(Refused) as refusal:
        registered(**facts)
    assert refusal.value.field == field


def test_an_equal_phone_is_refused_until_it_is_confirmed():
    first = registered()
    with pytest.raises(Refused, match="已有 1 位客户"):
        registered(name="胡一菲")
    second = registered(name="胡一菲", same_phone_ok=True)
    assert records.duplicates(MOBILE) == [first, second]
    assert records.duplicates(MOBILE, than=first) == [second]


def test_correcting_keeps_before_and_after_and_finds_the_new_name():
    customer = registered()
    assert records.edit(customer, by=None, at=clock.now(), name="曾贤")
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "customers.edit")).one()
    assert entry.changes["name"] == ["曾小贤", "曾贤"]
    grams = set(db.session.scalars(select(SearchGram.gram).where(SearchGram.customer_id == customer.id)))
    assert grams == {"曾", "曾贤"}


def test_correcting_nothing_writes_nothing():
    customer = registered()
    assert not records.edit(customer, by=None, at=clock.now(), name="曾小贤", notes="")
    assert actions() == ["customers.register"]


def test_a_refused_correction_changes_nothing():
    customer = registered()
    with pytest.raises(Refused):
        records.edit(customer, by=None, at=clock.now(), source="朋友介绍", name="")
    assert (customer.name, customer.source) == ("曾小贤", "")


def test_numbers_are_added_made_primary_and_taken_out_of_use():
    customer = registered()
    records.add_phone(customer, OTHER, by=None, at=clock.now(), is_primary=True)
    assert [row.number for row in customer.phones_now] == ["13900005678", "13800001234"]
    records.add_phone(customer, MOBILE, by=None, at=clock.now(), is_primary=True)
    assert [row.number for row in customer.phones_now] == ["13800001234", "13900005678"]
    records.remove_phone(customer, customer.phones_now[0], by=None, at=clock.now(), reason="换号")
    assert customer.phone == "13900005678"
    with pytest.raises(Refused):
        records.remove_phone(customer, customer.phones_now[0], by=None, at=clock.now(), reason="换号")


def test_not_to_be_called_and_called_again():
    customer = registered()
    records.do_not_contact(customer, Channel.PHONE, by=None, at=clock.now(), reason="不愿接电话")
    records.do_not_contact(customer, Channel.PHONE, by=None, at=clock.now(), reason="又说一次")
    assert [row.lifted_at for row in customer.do_not_contact] == [None]
    records.lift_do_not_contact(customer, Channel.PHONE, by=None, at=clock.now())
    assert customer.do_not_contact[0].lifted_at
    assert actions() == ["customers.register", "customers.do_not_contact", "customers.lift_do_not_contact"]
