"""The search box."""

import pytest

from app.domain.core import clock
from app.domain.core.parsing.phones import Phone
from app.domain.customers import records
from app.extensions import db
from tests.factories import a_callback, a_case, a_project
from tests.people import login
from tests.shipped import Function


@pytest.fixture
def agent(cast, client):
    return login(client, cast.agent)


def registered(cast, name="曾小贤", number="13800001234", **facts):
    same = {"same_phone_ok": True, "estate": "阳光花园", "room": "1203"}
    return records.register(phones=[Phone(number)], by=cast.agent, at=clock.now(), name=name, **same | facts)


@pytest.mark.parametrize("text", ["1234", "13800001234", "zxx", "曾小贤", "阳光花园 1203", "+86 138 0000 1234"])
def test_one_hit_leads_straight_there(agent, cast, text):
    customer = registered(cast)
    assert agent.get("/search", query_string={"q": text}).location == f"/customers/{customer.id}"


def test_a_contract_and_a_case_lead_straight_there(agent, cast):
    project = a_project(registered(cast), branch=cast.east, contract_number="HT-2026-001")
    case = a_case(project=project, owner=cast.agent, number="TS-20261121-003")
    assert agent.get("/search?q=ht-2026").location == f"/projects/{project.id}"
    assert agent.get("/search?q=TS-20261121-003").location == f"/cases/{case.id}"


def test_a_shared_number_shows_both_with_open_cases_and_the_promise(agent, cast):
    customer = registered(cast)
    registered(cast, "胡一菲")
    project = a_project(customer, branch=cast.east)
    a_case(project=project, owner=cast.agent, number="BX-1", agreed_on=clock.today(), content="插座没电")
    a_callback(project, assigned_to=cast.agent)
    page = agent.get("/search?q=13800001234").text
    for text in ("曾小贤", "胡一菲", "BX-1", "插座没电", "答应客户", "没有未办结的工单"):
        assert text in page
    assert "tel:13800001234" in page
    assert "138****1234" in page


def test_nothing_found_helps_on(agent):
    page = agent.get("/search?q=13912345678").text
    assert "/customers/new?phone=13912345678" in page
    assert "登记为新客户" in page
    assert "没有找到“曾大贤”" in agent.get("/search?q=曾大贤").text
    assert "想找什么" in agent.get("/search").text
    assert agent.get("/search", query_string={"q": "<script>" + "x" * 5000}).status_code == 200


def test_another_branchs_are_not_found(client, cast):
    registered(cast)
    page = login(client, cast.outsider).get("/search?q=13800001234")
    assert page.status_code == 200
    assert "曾小贤" not in page.text


def test_who_may_not_search_is_refused(client, cast):
    assert login(client, cast.staff).get("/search?q=x").status_code == 403
    assert login(client, cast.admin).get("/search?q=x").status_code == 403


def test_few_queries_with_many_hits(agent, cast, queries):
    for n in range(30):
        a_project(registered(cast, f"曾小{n}"), branch=cast.east, people={Function.PM: cast.pm})
    db.session.commit()
    for text in ("13800001234", "1234", "曾小", "zx", "阳光花园 1203"):
        db.session.expire_all()
        with queries(at_most=10):
            assert agent.get("/search", query_string={"q": text}).status_code == 200
