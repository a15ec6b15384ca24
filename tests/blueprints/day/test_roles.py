"""What each role has in view beyond its own list: the month, the team, what is unsigned, the installation."""

import re
from datetime import date, time, timedelta

import pytest

from app.domain.callbacks.enums import CallbackState, Outcome
from app.domain.callbacks.generation import generate
from app.domain.cases import assessment, contact, intake
from app.domain.cases.deadlines import sync
from app.domain.cases.handoffs import sending, signing
from app.domain.core import clock
from app.domain.day import installation
from app.domain.plans.enums import CaseKind
from app.domain.reports.report import make
from app.domain.reports.scope import scope_of
from app.domain.reports.texts import written
from tests.factories import a_callback, a_case, a_project
from tests.people import login
from tests.shipped import Function


@pytest.fixture(autouse=True)
def now(freeze):
    freeze("2026-11-20 10:00")


@pytest.fixture
def project(cast):
    return a_project(branch_id=cast.east.id, people={Function.PM: cast.pm})


def a_report(project, cast, kind=CaseKind.REPAIR, *, hours=0.0):
    report = intake.CaseIntake(kind=kind, customer=project.customer, project=project, content="厨房水槽滴水")
    return intake.register(report, by=cast.agent, at=clock.now() - timedelta(hours=hours))


def handed_over(case, cast, *, hours=0.0, sign=False):
    at = clock.now() - timedelta(hours=hours)
    handoff = sending.send(case, cast.pm, asked="请上门", by=cast.agent, at=at)
    if sign:
        signing.sign(handoff, seen=handoff.sha256, by=cast.pm, at=at, typed_name=cast.pm.name)
        sync.sync_deadlines(case, clock.now())
    return handoff


def said_by(project, day: int, rating: int):
    at = clock.at(date(2026, 11, day), time(10))
    a_callback(
        project, last=date(2026, 11, day), state=CallbackState.DONE, effective=True, reached_at=at, rating=rating
    )


def test_the_office_reads_the_month_so_far_as_the_report_says_it(client, cast, project):
    for day, rating in ((3, 5), (4, 5), (5, 2)):
        said_by(project, day, rating)
    a_callback(project, last=date(2026, 11, 30))
    a_report(project, cast, CaseKind.COMPLAINT, hours=30)
    text = login(client, cast.office).get("/month-so-far").text
    for name in ("callbacks", "complaints", "repairs"):
        for line in make(name, scope_of("2026-11", clock.now(), reader=cast.office)).lines:
            href = f"/reports/{name}/rows?period=2026-11&amp;figure={line.figure.key}"
            shown = f'<a href="{href}">{written(line.now)}</a>'
            assert (shown in text) == bool(line.figure.target), line.figure.key
    assert "66.7%" in text
    assert "未达标" in text
    assert "还差 1" in text
    assert "已过 20 天，还有 10 天" in text


def test_the_days_page_waits_for_the_month_and_leads_to_it(client, cast):
    text = login(client, cast.office).get("/").text
    assert 'hx-get="/month-so-far"' in text
    assert '<a class="section-more" href="/month-so-far">' in text
    assert "hx-get" not in login(client, cast.agent).get("/").text


def test_the_month_so_far_costs_ten_queries_at_most(client, cast, project, queries):
    said_by(project, 3, 5)
    a_case(project=project, owner=cast.agent)
    login(client, cast.office)
    with queries(at_most=10):
        assert client.get("/month-so-far").status_code == 200


def test_who_goes_out_sees_what_is_to_be_signed_called_visited_and_in_hand(client, cast, project):
    complaint = a_report(project, cast, CaseKind.COMPLAINT)
    contact.verify(complaint, Outcome.REACHED, by=cast.agent, at=clock.now())
    assessment.judge(complaint, is_valid=True, needs_department=True, by=cast.agent, at=clock.now())
    handed_over(complaint, cast, sign=True)
    handed_over(a_report(project, cast), cast)
    handed_over(a_report(project, cast), cast, sign=True)
    text = login(client, cast.pm).get("/").text
    assert re.findall(r"<h2>(.*?) <span", text) == ["待签收", "待联系", "待上门"]
    assert text.count('class="work-card"') == 3


def test_a_lead_decides_on_who_cannot_be_reached_and_gives_out_what_is_nobodys(client, cast, project):
    unreachable = a_callback(project, state=CallbackState.UNREACHABLE)
    nobodys = a_callback(project)
    text = login(client, cast.lead).get("/").text
    assert f'href="/callbacks/{unreachable.id}/decision"' in text
    assert f'href="/callbacks/{nobodys.id}"' in text
    assert "等您决定" in text
    assert "还没有人领的回访" in text


def test_the_most_loaded_of_the_team_stands_first(client, cast, project):
    a_case(project=project, owner=cast.agent, next_due_at=clock.now() - timedelta(hours=1))
    text = login(client, cast.lead).get("/").text
    team = text[text.index("<h2>团队") :]
    assert team.index(cast.agent.name) < team.index(cast.lead.name)


def test_engineering_sees_what_is_unsigned_and_which_visits_are_overdue(client, cast, project):
    handed_over(a_report(project, cast, hours=6), cast, hours=5)
    late = a_report(project, cast, hours=60)
    handed_over(late, cast, hours=59, sign=True)
    text = login(client, cast.engineering).get("/").text
    assert "等签收" in text
    assert "看这份移交" in text
    assert f'href="/cases/{late.id}">{late.number}' in text
    assert '<td data-label="承诺">上门</td>' in text


def test_the_administrator_is_told_when_the_timer_stands_still(client, cast):
    login(client, cast.admin)
    assert "定时任务没有在运行" in client.get("/").text
    generate.generate(clock.now() - timedelta(minutes=30))
    assert "定时任务没有在运行" in client.get("/").text
    generate.generate(clock.now())
    text = client.get("/").text
    assert "定时任务没有在运行" not in text
    assert "上次运行 2026-11-20 10:00" in text


def test_the_administrator_is_told_when_the_disk_is_nearly_full(client, cast, monkeypatch):
    login(client, cast.admin)
    assert "磁盘快满了" not in client.get("/").text
    monkeypatch.setattr(installation, "LITTLE_ROOM", 1 << 60)
    assert "磁盘快满了" in client.get("/").text
