"""The audit list."""

import re
from datetime import datetime

import pytest
from sqlalchemy import select

from app.domain.audit import trail
from app.domain.audit.events import AuditEvent
from app.domain.audit.models import AuditEntry
from app.domain.cases.handoffs import sending
from app.domain.core import clock
from app.domain.plans.enums import CaseKind
from app.extensions import db
from tests.factories import a_case, a_customer, a_project
from tests.people import login


@pytest.fixture
def office(client, cast):
    return login(client, cast.office)


def entry(cast, action="customers.edit", thing=None, by=None, when="2026-11-21 10:00", **more):
    at = clock.at(*parse(when))
    thing = thing or cast.east
    what = AuditEvent(action, "", thing.__tablename__, frozenset(more.get("changes", ())), {}, {})
    trail.record(what, thing, by=by or cast.agent, at=at, **more)
    db.session.flush()


def parse(when):
    moment = datetime.fromisoformat(when)
    return moment.date(), moment.time()


def shown(page):
    return re.findall(r'<td class="main">([^<]+)</td>', page.text)


def test_what_was_done_is_said_in_words(office, cast):
    entry(
        cast,
        changes={"name": ["王芳", "<b>王方</b>"], "active": [True, False], "roles": [[], ["agent"]]},
        reason="本人要求",
    )
    page = office.get("/audit")
    assert shown(page) == ["修改客户"]
    assert "&lt;b&gt;王方" in page.text
    assert "本人要求" in page.text
    assert "安宁" in page.text


def test_what_a_field_held_is_said_in_words(office, cast):
    changes = {
        "state": ["registered", "handed_over"],
        "is_valid": [None, True],
        "assigned_at": [None, "2026-11-21T02:00Z"],
    }
    entry(cast, "cases.hand_over", a_case(), changes=changes)
    page = office.get("/audit")
    assert shown(page) == ["移交"]
    assert re.findall(r'<span class="muted">([^<]+)</span> (.+?)</div>', page.text) == [
        ("状态", "已登记 → 已移交"), ("成立", "— → 是"), ("接手时间", "— → 2026-11-21 10:00"),
    ]  # fmt: skip


def test_a_number_in_an_entry_is_masked(office, cast):
    entry(cast, "customers.add_phone", a_customer(), changes={"phone_added": [None, "13812345678"]})
    page = office.get("/audit").text
    assert "13812345678" not in page
    assert "138****5678" in page


def test_an_action_without_words_is_shown_as_it_is(office, cast):
    entry(cast, "old.action")
    assert shown(office.get("/audit")) == ["old.action"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 3),
        ("action=customers.edit", 2),
        ("from=2026-11-21", 2),
        ("to=2026-11-20", 1),
        ("from=2026-11-21&to=2026-11-21", 2),
        ("subject=people", 1),
        ("subject=branches", 2),
        ("subject=people:0", 0),
        ("subject=people:99999999999999", 0),
        ("by=99999999999999", 3),
        ("from=whenever&action=nothing", 0),
    ],
)
def test_the_list_is_filtered(office, cast, query, count):
    entry(cast, when="2026-11-20 23:59")
    entry(cast, when="2026-11-21 00:00")
    entry(cast, "accounts.edit", cast.agent, cast.admin, when="2026-11-21 09:00")
    assert len(shown(office.get(f"/audit?{query}"))) == count


def test_people_departments_and_things_stand_by_their_names(office, cast):
    case = a_case(project=a_project(contract_number="HT-7"), number="TS-7")
    changes = {
        "assignee_id": [cast.agent.id, cast.pm.id],
        "department_id": [None, cast.works.id],
        "project_id": [None, case.project_id],
        "repeat_of_id": [None, 99999],
    }
    entry(cast, "cases.hand_over", case, changes=changes)
    page = office.get("/audit").text
    assert f'<a href="/cases/{case.id}">工单 TS-7</a>' in page
    for said in ("安宁 → 潘经理", "— → 工程部", "— → HT-7", "— → 99999"):
        assert said in page


def test_who_did_it(office, cast):
    entry(cast)
    entry(cast, by=cast.lead)
    assert len(shown(office.get(f"/audit?by={cast.lead.id}"))) == 1


@pytest.mark.parametrize("rows", [10, 500])
def test_the_list_costs_the_same_however_long(office, cast, rows, queries):
    things = [(a_customer(), {"branch_id": [None, cast.east.id]}), (a_case(), {"assignee_id": [None, cast.pm.id]})]
    things += [(cast.pm, {"department_id": [None, cast.works.id]}), (a_project(), {"plan_id": [None, 1]})]
    for number in range(rows):
        thing, changes = things[number % len(things)]
        entry(cast, thing=thing, changes=changes)
    with queries(at_most=6):
        assert len(shown(office.get("/audit"))) == min(rows, 50)


def test_it_is_not_for_everyone(client, cast):
    assert login(client, cast.agent).get("/audit").status_code == 403


def test_an_office_reads_what_was_done_to_its_branchs_records_whoever_did_it(client, cast):
    here, elsewhere, everywhere = (a_customer(branch_id=one) for one in (cast.east.id, cast.west.id, None))
    entry(cast, "customers.edit", here, by=cast.outsider, reason="本区域")
    entry(cast, "customers.edit", elsewhere, by=cast.agent, reason="别的区域")
    entry(cast, "customers.edit", everywhere, by=cast.outsider, reason="全公司")
    page = login(client, cast.office).get("/audit").text
    assert ("本区域" in page, "全公司" in page, "别的区域" in page) == (True, True, False)
    cast.office.is_hq = True
    db.session.flush()
    assert "别的区域" in client.get("/audit").text


def test_an_administrator_reads_what_they_administer_everywhere_and_nothing_of_customers(client, cast):
    entry(cast, "accounts.edit", cast.outsider, by=cast.admin)
    entry(cast, "customers.edit", a_customer(branch_id=cast.east.id))
    entry(cast, "cases.hand_over", a_case(branch_id=cast.east.id))
    assert shown(login(client, cast.admin).get("/audit")) == ["修改人员"]


def test_an_entry_keeps_the_branch_of_the_moment(cast):
    customer = a_customer(branch_id=cast.east.id)
    entry(cast, "customers.edit", customer)
    customer.branch_id = cast.west.id
    entry(cast, "customers.edit", customer)
    handoff = sending.send(
        a_case(CaseKind.REPAIR, branch_id=cast.east.id, owner=cast.agent), cast.pm, asked="上门", by=cast.agent,
        at=clock.now(),
    )  # fmt: skip
    entry(cast, "handoffs.sign", handoff)
    branches = list(db.session.scalars(select(AuditEntry.branch_id).order_by(AuditEntry.id)))
    assert (branches[:2], branches[-1]) == ([cast.east.id, cast.west.id], cast.east.id)


def test_no_link_leads_where_the_reader_never_goes(client, cast):
    case = a_case(branch_id=cast.east.id)
    entry(cast, "cases.hand_over", case)
    assert f'href="/cases/{case.id}"' in login(client, cast.office).get("/audit").text
    entry(cast, "accounts.edit", cast.agent)
    assert f'href="/admin/people/{cast.agent.id}"' not in client.get("/audit").text
