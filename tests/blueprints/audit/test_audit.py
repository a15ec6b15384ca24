"""The audit list."""

import re
from datetime import datetime

import pytest

from app.domain.audit import trail
from app.domain.audit.events import AuditEvent
from app.domain.core import clock
from app.extensions import db
from tests.factories import a_case, a_customer, a_project
from tests.people import login


@pytest.fixture
def office(client, cast):
    return login(client, cast.office)


def entry(cast, action="customers.edit", thing=None, by=None, when="2026-11-21 10:00", **more):
    at = clock.at(*parse(when))
    thing = thing or cast.east
    what = AuditEvent(action, "", thing.__tablename__, frozenset(more.get("changes", ())), {})
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


def test_an_office_reads_what_its_branch_did_and_the_whole_firm_is_for_who_has_it(client, cast):
    entry(cast, "customers.edit", by=cast.agent)
    entry(cast, "customers.reveal", by=cast.outsider)
    assert shown(login(client, cast.office).get("/audit")) == ["修改客户"]
    assert "卫外" not in client.get("/audit").text
    assert len(shown(login(client, cast.admin).get("/audit"))) == 2


def test_no_link_leads_where_the_reader_never_goes(client, cast):
    case = a_case(branch_id=cast.east.id)
    entry(cast, "cases.hand_over", case)
    link = f'href="/cases/{case.id}"'
    assert link in login(client, cast.office).get("/audit").text
    assert link not in login(client, cast.admin).get("/audit").text
