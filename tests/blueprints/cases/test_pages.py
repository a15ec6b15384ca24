"""The list, the registration and the page of a case, as each role sees them."""

from datetime import timedelta

import pytest

from app.domain.audit.models import AuditEntry
from app.domain.cases.models import Case
from app.domain.core import clock
from app.domain.plans.enums import CaseKind
from app.domain.settings import values as settings
from app.extensions import db
from tests.factories import a_case
from tests.people import login

VIEWS = (
    "", "?mine=1", "?overdue=1", "?state=closed", "?state=all", "?kind=repair", "?kind=x", "?branch=x", "?category=999",
    "?sort=-received&after=nonsense",
)  # fmt: skip
WHO_SEES = {
    "agent": 200, "lead": 200, "pm": 200, "pm2": 404, "staff": 404, "outsider": 404, "hq": 200, "qa": 200,
    "office": 200, "admin": 403,
}  # fmt: skip


@pytest.fixture
def agent(client, cast):
    return login(client, cast.agent)


def test_the_list_shows_the_clock_that_comes_first(agent, register):
    case = register()
    text = agent.get("/cases").text
    assert case.number in text
    assert "剩 1:59" in text or "剩 2:00" in text


@pytest.mark.parametrize("query", VIEWS)
def test_every_view_of_the_list_opens(agent, register, query):
    register()
    assert agent.get(f"/cases{query}").status_code == 200


@pytest.mark.parametrize("customer", ["", "x", "-1", "99999999999999999999"])
def test_nobody_is_registered_for_a_customer_that_cannot_be(agent, customer):
    assert agent.get(f"/cases/new?kind=repair&customer={customer}").status_code == 404
    assert agent.post(f"/cases/new?kind=repair&customer={customer}").status_code == 404


def test_overdue_ones_are_found(agent, register, cast):
    late = a_case(
        CaseKind.REPAIR, owner=cast.agent, branch_id=cast.east.id, next_due_at=clock.now() - timedelta(hours=1)
    )
    fine = register()
    db.session.commit()
    text = agent.get("/cases?overdue=1").text
    assert late.number in text
    assert fine.number not in text


@pytest.mark.parametrize("rows", [10, 120])
def test_a_list_takes_six_queries_however_long(client, cast, register, queries, rows):
    register()
    for _ in range(rows):
        a_case(owner=cast.agent, branch_id=cast.east.id)
    db.session.commit()
    login(client, cast.agent)
    db.session.commit()
    with queries(at_most=6):
        assert client.get("/cases").status_code == 200


def test_the_page_of_a_case_takes_ten_queries(client, cast, valid, queries):
    address = f"/cases/{valid.id}"
    for person in ("agent", "lead", "pm"):
        login(client, getattr(cast, person))
        db.session.commit()
        db.session.expire_all()
        with queries(at_most=10):
            assert client.get(address).status_code == 200


def test_the_firm_says_from_when_a_clock_is_due_soon(agent, valid):
    settings.change("cases.soon_share", 100, since=clock.today(), by=None, at=clock.now())
    for address in ("/cases", f"/cases/{valid.id}"):
        page = agent.get(address).text
        assert "clock-soon" in page
        assert "clock-open" not in page


@pytest.mark.parametrize(("who", "code"), WHO_SEES.items())
def test_who_sees_a_case(client, cast, valid, who, code):
    assert login(client, getattr(cast, who)).get(f"/cases/{valid.id}").status_code == code


def test_a_number_is_masked_for_who_has_no_task_and_revealing_it_is_kept(client, cast, valid):
    login(client, cast.lead)
    assert "138****1234" in client.get(f"/cases/{valid.id}").text
    assert "13800001234" in client.post(f"/cases/{valid.id}/phone").text
    assert db.session.query(AuditEntry).filter_by(action="customers.reveal_phone", by_id=cast.lead.id).count() == 1
    login(client, cast.agent)
    assert "13800001234" in client.get(f"/cases/{valid.id}").text


def test_the_customer_is_found_first(agent, project):
    text = agent.get("/cases/new?kind=repair&q=1234").text
    assert "王建国" in text
    assert f"customer={project.customer_id}" in text
    assert "登记客户" in agent.get("/cases/new?kind=repair&q=查无此人").text


def form_page(project, kind="complaint"):
    return f"/cases/new?kind={kind}&customer={project.customer_id}"


@pytest.mark.parametrize("kind", CaseKind)
def test_each_kind_has_its_form(agent, project, kind):
    text = agent.get(form_page(project, kind.value)).text
    assert "保内" in text
    assert ("紧急程度" in text) is (kind in (CaseKind.COMPLAINT, CaseKind.REPAIR))
    assert ("严重程度" in text) is (kind is CaseKind.COMPLAINT)


SAID = {"channel": "phone", "content": "卫生间漏水", "urgency": "normal", "once": "t" * 30}


def test_a_registered_case_opens(agent, project):
    answer = agent.post(form_page(project), data=SAID | {"project_id": project.id, "request": "今天来人"})
    assert answer.status_code == 302
    case = db.session.query(Case).one()
    assert (case.number[:3], case.request, case.in_warranty) == ("TS-", "今天来人", True)
    assert "核实" in agent.get(answer.location).text


def test_a_double_click_registers_once(agent, project):
    first = agent.post(form_page(project), data=SAID)
    second = agent.post(form_page(project), data=SAID)
    assert first.location == second.location
    assert db.session.query(Case).count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"content": ""}, "这一项要填"),
        ({"received_at": "2099-01-01 10:00"}, "不能晚于现在"),
        ({"received_at": "2026-01-01 10:00"}, "写明补录的原因"),
        ({"received_at": "不知道"}, "看不懂时间"),
        ({"channel": "pigeon"}, "没有这个选项"),
        ({"project_id": "99999"}, "没有这个选项"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(agent, project, wrong, said):
    answer = agent.post(form_page(project), data=SAID | {"request": "原样保留的话"} | wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert "原样保留的话" in answer.text
    assert db.session.query(Case).count() == 0


def test_unknown_kinds_and_customers_are_not_found(agent, cast):
    assert agent.get("/cases/new?kind=x").status_code == 404
    assert agent.get("/cases/new?customer=99999").status_code == 404
    assert agent.post("/cases/new?customer=99999").status_code == 404


def test_who_may_not_register_is_refused(client, cast):
    assert login(client, cast.pm).get("/cases/new").status_code == 403
