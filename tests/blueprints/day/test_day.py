"""The first page: what is mine comes first, most urgent at the top, and nobody else's work is among it."""

from datetime import timedelta

import pytest

from app.domain.accounts.roles import Role
from app.domain.callbacks.enums import CallbackState, Outcome
from app.domain.cases import assessment, contact, intake, site_work
from app.domain.cases.deadlines import sync
from app.domain.cases.handoffs import sending, signing
from app.domain.cases.models import NEVER
from app.domain.core import clock
from app.domain.plans.enums import CaseKind
from tests.factories import a_callback, a_case, a_person, a_project
from tests.people import login


@pytest.fixture
def project(cast):
    return a_project(branch_id=cast.east.id)


def a_report(project, cast, *, kind=CaseKind.REPAIR, hours=0.0):
    report = intake.CaseIntake(
        kind=kind, customer=project.customer, project=project, content="厨房水槽滴水", request="尽快"
    )
    return intake.register(report, by=cast.agent, at=clock.now() - timedelta(hours=hours))


def the_groups(client) -> list[str]:
    text = client.get("/").text
    return [label for label in ("已超时", "两小时内", "今天", "之后") if f"<h2>{label}" in text]


def test_work_stands_in_the_group_of_its_time(client, cast, project, freeze):
    freeze("2026-11-20 10:00")
    login(client, cast.agent)
    assert "手上的事都办完了" in client.get("/").text

    a_report(project, cast, kind=CaseKind.COMPLAINT)
    assert the_groups(client) == ["两小时内"]
    a_callback(project, assigned_to=cast.agent)
    assert the_groups(client) == ["两小时内", "今天"]
    a_callback(project, assigned_to=cast.agent, last=clock.today() + timedelta(days=1), window_first=clock.today())
    assert the_groups(client) == ["两小时内", "今天", "之后"]
    a_report(project, cast, hours=5)
    assert the_groups(client) == ["已超时", "两小时内", "今天", "之后"]


def test_only_what_is_mine_and_may_be_done_now_is_there(client, cast, project):
    login(client, cast.agent)
    a_callback(project, assigned_to=cast.lead)
    a_callback(project)
    a_callback(project, assigned_to=cast.agent, state=CallbackState.SKIPPED)
    a_callback(project, assigned_to=cast.agent, last=clock.today() + timedelta(days=9))
    a_case(project=project, owner=cast.lead)
    text = client.get("/").text
    assert "手上的事都办完了" in text
    assert "待领取的回访" in text


def test_a_project_manager_signs_first_and_then_keeps_their_own_promises(client, cast, project, freeze):
    freeze("2026-11-20 10:00")
    case = a_report(project, cast)
    handoff = sending.send(case, cast.pm, asked="请上门", by=cast.agent, at=clock.now())
    login(client, cast.pm)
    assert "去签收" in client.get("/").text

    signing.sign(handoff, seen=handoff.sha256, by=cast.pm, at=clock.now(), typed_name=cast.pm.name)
    sync.sync_deadlines(case, clock.now())
    text = client.get("/").text
    assert "去签收" not in text
    assert "联系客户" in text
    assert "48小时回访" not in text


def test_a_lead_sees_the_team_and_what_waits_for_a_decision(client, cast, project):
    a_callback(project, assigned_to=cast.agent, state=CallbackState.UNREACHABLE)
    a_callback(project, assigned_to=cast.agent)
    text = login(client, cast.lead).get("/").text
    assert cast.agent.name in text
    assert cast.outsider.name not in text
    assert "联系不上，等您决定" in text


@pytest.mark.parametrize("username", ["agent", "lead", "qa", "pm", "staff", "engineering", "office", "admin", "hq"])
@pytest.mark.parametrize("many", [1, 60])
def test_the_page_costs_ten_queries_at_most(client, cast, queries, username, many):
    person = getattr(cast, username)
    project = a_project(branch_id=cast.east.id)
    for _ in range(many):
        a_callback(project, assigned_to=person)
        a_case(project=project, owner=person, received_at=clock.now() - timedelta(hours=3))
    login(client, person)
    with queries(at_most=10):
        assert client.get("/").status_code == 200


def test_every_role_at_once_opens_it(client, cast, project):
    everyone = a_person(*Role, branch=cast.east)
    a_callback(project, assigned_to=everyone)
    assert login(client, everyone).get("/").status_code == 200


def test_a_satisfaction_callback_and_its_promise_stand_there_once(client, cast, project, freeze):
    freeze("2026-11-20 10:00")
    case = a_report(project, cast, kind=CaseKind.COMPLAINT)
    contact.verify(case, Outcome.REACHED, by=cast.agent, at=clock.now())
    assessment.judge(case, is_valid=True, needs_department=False, by=cast.agent, at=clock.now())
    site_work.resolve(case, done="已当面解决", by=cast.agent, at=clock.now(), is_confirmed=True)
    text = login(client, cast.agent).get("/").text
    assert "回访 · 投诉" in text
    assert "满意度回访" not in text
    assert "剩 24:00" in text


def test_the_office_reads_of_broken_promises_that_can_still_be_kept(client, cast, project, freeze):
    freeze("2026-11-20 10:00")
    case = a_report(project, cast, hours=100)
    login(client, cast.office)
    assert "48小时回访" in client.get("/").text
    case.next_due_at = NEVER  # the work has passed all of them over
    assert "48小时回访" not in client.get("/").text
