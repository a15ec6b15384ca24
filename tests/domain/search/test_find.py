"""Finding customers by what a caller says, within what the person may see."""

import pytest

from app.domain.accounts.roles import Role
from app.domain.core import clock
from app.domain.core.parsing.phones import normalise
from app.domain.customers import records
from app.domain.customers.models import CustomerPhone
from app.domain.projects import contacts
from app.domain.projects import records as projects
from app.domain.search.find import find
from app.extensions import db
from tests.factories import a_branch, a_case, a_customer, a_person, a_project
from tests.shipped import Function


@pytest.fixture
def east(app):
    return a_branch("城东")


@pytest.fixture
def agent(east):
    return a_person(Role.AGENT, branch=east)


@pytest.fixture
def zeng(agent):
    facts = {
        "name": "曾小贤",
        "estate": "阳光花园",
        "building": "3幢",
        "unit": "2单元",
        "room": "1203",
        "number": "KH-7",
    }
    return records.register(phones=[normalise("13800001234")], by=agent, at=clock.now(), **facts)


@pytest.fixture
def other(agent):
    facts = {"name": "胡一菲", "estate": "月光花园", "building": "13", "room": "302"}
    return records.register(phones=[normalise("13900005678")], by=agent, at=clock.now(), **facts)


@pytest.mark.parametrize("text", [
    "1234", "１２３４", "13800001234", "+86 138-0000-1234", "曾小贤", "小贤", "曾", "zxx", "ZXX", "zx", "zengxiao",
    "zeng", "阳光花园", "阳光花园 1203", "阳光花园1203", "阳光花园3幢1203", "阳光花园 3幢 2单元 1203室", "阳光 1203室",
    "1203", "曾小贤 阳光", "KH-7", "kh-7",
])  # fmt: skip
def test_a_customer_is_found_by(agent, zeng, other, text):
    assert find(agent, text).customers == [zeng]


@pytest.mark.parametrize(
    "text", ["", "  ", "曾大贤", "zxxx", "4321", "阳光花园 302", "%", "_", "'", "\x00", "😀", "幢", "a" * 5000, "贤曾"]
)
def test_nothing_is_found_by(agent, zeng, other, text):
    assert find(agent, text).total == 0


def test_what_is_common_to_two_finds_both_the_newest_first(agent, zeng, other):
    assert find(agent, "光花园").customers == [other, zeng]
    assert find(agent, "光花园", limit=1).customers == [other]


def test_the_shorter_of_equal_initials_comes_first(agent, zeng):
    longer = records.register(phones=[normalise("13700001111")], by=agent, at=clock.now(), name="曾小贤德")
    assert find(agent, "zxx").customers == [zeng, longer]


def test_a_contact_finds_the_customer_and_a_project_address_too(agent, zeng):
    facts = {"contract_number": "HT-2026-001", "estate": "江南名邸", "room": "502"}
    project = projects.register(zeng, by=agent, at=clock.now(), **facts)
    contacts.add(project, "曾妈妈", "母亲", normalise("13600009999"), by=agent, at=clock.now())
    db.session.flush()
    for text in ("9999", "13600009999", "江南名邸 502", "名邸"):
        found = find(agent, text)
        assert found.customers == [zeng]
        assert found.projects_of == {zeng.id: [project]}
    assert find(agent, "13600009999").number == "13600009999"
    assert find(agent, "ht-2026").projects == [project]
    assert find(agent, "HT-2026-001").projects == [project]
    assert find(agent, "HT-2026-0012").total == 0


def test_an_address_that_was_corrected_finds_no_more(agent, zeng):
    project = projects.register(zeng, by=agent, at=clock.now(), contract_number="HT-1", estate="江南名邸")
    projects.edit(project, by=agent, at=clock.now(), estate="江北名邸")
    assert find(agent, "江南").total == 0
    assert find(agent, "江北").customers == [zeng]


def test_a_number_taken_out_of_use_still_finds(agent, zeng):
    records.add_phone(zeng, normalise("13700007777"), by=agent, at=clock.now(), is_primary=True)
    row = db.session.query(CustomerPhone).filter_by(number="13800001234").one()
    records.remove_phone(zeng, row, by=agent, at=clock.now(), reason="停机")
    assert find(agent, "1234").customers == [zeng]


def test_a_case_is_found_by_its_number(agent, zeng):
    project = projects.register(zeng, by=agent, at=clock.now(), contract_number="HT-1")
    case = a_case(project=project, owner=agent, number="TS-20261121-003")
    assert find(agent, "ts-20261121-003").cases == [case]
    assert find(agent, "20261121-003").cases == [case]


def test_another_branch_is_not_found_but_by_the_flag(zeng):
    project = a_project(zeng, contract_number="HT-9", branch=zeng.branch)
    a_case(project=project, number="TS-20261121-004")
    outsider, hq = a_person(Role.AGENT, branch=a_branch()), a_person(Role.LEAD, is_hq=True)
    for text in ("1234", "曾小贤", "zxx", "阳光", "HT-9", "TS-20261121-004", "13800001234"):
        assert find(outsider, text).total == 0
        assert find(hq, text).total == 1


def test_a_project_manager_finds_their_own_only(east, zeng, other):
    manager = a_person(Role.PM, branch=east)
    project = a_project(zeng, branch=east, people={Function.PM: manager})
    a_project(other, branch=east)
    for text in ("1234", "zxx", "花园", "贤", project.contract_number):
        assert {one.id for one in find(manager, text).customers} <= {zeng.id}
    assert find(manager, "光花园").customers == [zeng]
    assert find(manager, "5678").total == 0


def test_a_merged_record_is_not_found(agent, zeng, other):
    stays = a_customer("曾小贤", branch=zeng.branch)
    zeng.merged_into_id = stays.id
    assert find(agent, "zxx").customers == []
