"""Who has which function from when, whom to call, what a file lacks, and what a contract number may be."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.domain.accounts.roles import Role
from app.domain.core import clock
from app.domain.core.errors import Refused
from app.domain.core.parsing.phones import normalise
from app.domain.plans.queries import functions
from app.domain.projects import completeness, contacts, people, records, stages
from tests.factories import a_customer, a_person, a_project, the_function
from tests.shipped import Function, Stage

pytestmark = pytest.mark.usefixtures("app")
TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _today(freeze):
    freeze("2026-11-21 10:00")


def assign(project, person, since=TODAY, function=Function.PM):
    return people.assign(project, the_function(function), person, since=since, by=None, at=clock.now())


def test_a_function_passes_from_one_to_the_next():
    project, old, new = a_project(), a_person(Role.PM), a_person(Role.PM)
    assign(project, old, TODAY - timedelta(days=9))
    assign(project, new)
    assert project.person(Function.PM) is new
    assert [(row.person, row.until) for row in project.people] == [(old, TODAY), (new, None)]
    assign(project, new)
    assert len(project.people) == 2
    assign(project, None)
    assert project.person(Function.PM) is None


@pytest.mark.parametrize("since", [TODAY + timedelta(days=1), TODAY - timedelta(days=10)])
def test_a_wrong_day_is_refused(since):
    project = a_project()
    assign(project, a_person(), TODAY - timedelta(days=9))
    with pytest.raises(Refused) as refusal:
        assign(project, a_person(), since)
    assert refusal.value.field == "since"


def test_calls_go_to_the_contact_named_last():
    project, at = a_project(), clock.now()
    first = contacts.add(project, "王母", "母亲", normalise("13700000001"), by=None, at=at)
    second = contacts.add(project, "王妻", "妻子", normalise("13700000002"), by=None, at=at, since=TODAY)
    assert set(contacts.current(project, TODAY)) == {first, second}
    contacts.end(second, by=None, at=at)
    assert contacts.current(project, TODAY) == [first]
    with pytest.raises(Refused):
        contacts.add(project, "", "", normalise("13700000001"), by=None, at=at)


def test_what_the_file_lacks_is_listed_until_nothing_does():
    project = records.register(a_customer(), by=None, at=clock.now(), contract_number="HT-1")
    assert completeness.missing(project, functions()) == [
        "小区和室号", "签约日期", "合同金额", "计划开工日期", "项目经理", "施工负责人", "设计师", "客服",
    ]  # fmt: skip
    records.edit(project, by=None, at=clock.now(), room="1203", signed_on=TODAY, amount=Decimal(98000))
    stages.plan(project, Stage.KICKOFF, TODAY + timedelta(days=7), by=None, at=clock.now())
    for function in (Function.PM, Function.SITE_LEAD, Function.DESIGNER, Function.AGENT):
        assign(project, a_person(), function=function)
    assert completeness.missing(project, functions()) == []
    assert completeness.is_wanted(project)


def test_a_project_takes_branch_and_address_from_the_customer():
    customer = a_customer(room="1203")
    project = records.register(customer, by=None, at=clock.now(), contract_number=" HT-1 ")
    assert (project.contract_number, project.place) == ("HT-1", customer.place)
    assert project.callbacks_from == TODAY
    elsewhere = records.register(customer, by=None, at=clock.now(), contract_number="HT-2", estate="江南名邸")
    assert elsewhere.place == "江南名邸"


@pytest.mark.parametrize(("facts", "field"), [
    ({"contract_number": ""}, "contract_number"), ({"contract_number": "HT-1"}, "contract_number"),
    ({"contract_number": "x" * 41}, "contract_number"), ({"signed_on": TODAY + timedelta(days=1)}, "signed_on"),
    ({"card_on": date(1899, 1, 1)}, "card_on"), ({"warranty_months": -1}, "warranty_months"),
    ({"waterproof_months": 601}, "waterproof_months"), ({"amount": Decimal(-1)}, "amount"),
    ({"amount": Decimal(10) ** 12}, "amount"),
])  # fmt: skip
def test_wrong_facts_are_refused_by_field(facts, field):
    customer = a_customer()
    records.register(customer, by=None, at=clock.now(), contract_number="HT-1")
    with pytest.raises(Refused) as refusal:
        records.register(customer, by=None, at=clock.now(), **{"contract_number": "HT-2"} | facts)
    assert refusal.value.field == field
