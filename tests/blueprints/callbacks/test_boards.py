"""The lists of callbacks, what a lead does on them, tasks and notes."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.domain.accounts.roles import Role
from app.domain.callbacks.enums import CallbackState, Outcome, TaskKind
from app.domain.callbacks.models import Attempt, Callback, Task
from app.domain.core import clock
from app.domain.followup.models import DepartmentNote
from app.domain.plans.enums import Occasion
from app.extensions import db
from tests.factories import a_callback, a_case, a_customer, a_person, a_project
from tests.people import Cast, login
from tests.shipped import Function

DAY = date(2026, 3, 5)


@pytest.fixture
def project(cast: Cast, freeze):
    freeze("2026-03-05 10:00")
    return a_project(
        a_customer("李梅", branch_id=cast.east.id), people={Function.PM: cast.pm, Function.AGENT: cast.agent}
    )


@pytest.mark.parametrize("query", ["until=9999-12-31", "whose=99999999999999999999", "branch=99999999999999999999"])
def test_an_address_beyond_all_bounds_is_passed_over(client, cast, project, query):
    assert login(client, cast.lead).get(f"/callbacks?{query}").status_code == 200


def beside(answer, field: str) -> str:
    """What the page says is wrong, beside the field."""
    found = re.search(rf'id="{field}-error">.*?<span>([^<]*)</span>', answer.text, re.DOTALL)
    return found[1] if found else ""


def of(name: str, cast: Cast, last: date = DAY, **facts) -> Callback:
    project = a_project(a_customer(name, branch_id=cast.east.id), people={Function.PM: cast.pm})
    return a_callback(project, last=last, **facts)


def test_the_list_shows_ones_own_overdue_first(client, cast, project):
    of("今天到期", cast, assigned_to=cast.agent)
    of("早就过期", cast, DAY - timedelta(days=3), assigned_to=cast.agent)
    of("没人领", cast)
    page = login(client, cast.agent).get("/callbacks").text
    assert page.index("早就过期") < page.index("今天到期")
    assert "没人领" not in page
    assert "超时 58:00" in page
    assert "剩 14:00" in page


@pytest.mark.parametrize(
    ("filters", "shown"),
    [
        ("whose=pool", ["没人领"]),
        ("whose=all", ["今天到期", "没人领"]),
        ("whose=all&occasion=progress", ["没人领"]),
        ("whose=all&state=done", ["打完了"]),
        ("whose=all&until=2026-03-05", ["今天到期"]),
        ("whose=nobody&state=x&occasion=y&branch=z&until=w", ["今天到期"]),
    ],
)
def test_filters(client, cast, project, filters, shown):
    of("今天到期", cast, assigned_to=cast.agent)
    of("没人领", cast, DAY + timedelta(days=9), occasion=Occasion.PROGRESS)
    of("打完了", cast, state=CallbackState.DONE)
    page = login(client, cast.agent).get(f"/callbacks?{filters}").text
    assert [name for name in ("今天到期", "没人领", "打完了") if name in page] == shown


def test_a_lead_sees_anybodys_list_and_gives_chosen_ones_away(client, cast, project):
    first, second = of("甲", cast, assigned_to=cast.agent), of("乙", cast)
    client = login(client, cast.lead)
    assert "乙" not in client.get(f"/callbacks?whose={cast.agent.id}").text
    answer = client.post("/callbacks/assignment", data={"ids": [first.id, second.id], "to": cast.lead.id})
    assert answer.status_code == 302
    assert {first.assigned_to, second.assigned_to} == {cast.lead}
    impossible = client.post("/callbacks/assignment", data={"ids": ["9" * 30, "٣"], "to": cast.lead.id})
    assert impossible.status_code == 302
    client.post("/callbacks/assignment", data={"ids": [first.id], "to": cast.office.id})
    assert first.assigned_to == cast.lead


def test_only_a_lead_gives_away_and_only_what_is_in_scope(client, cast, project):
    elsewhere = a_callback(a_project(a_customer("外地", branch_id=cast.west.id)))
    agents = login(client, cast.agent)
    assert agents.post("/callbacks/assignment", data={"ids": [1], "to": cast.agent.id}).status_code == 403
    data = {"ids": [elsewhere.id], "to": cast.agent.id}
    assert login(client, cast.lead).post("/callbacks/assignment", data=data).status_code == 404


@pytest.mark.parametrize("path", ["/callbacks", "/callbacks/make-up", "/callbacks/unreachable"])
@pytest.mark.parametrize("rows", [10, 500])
def test_a_list_takes_six_queries_however_long(client, cast, project, queries, rows, path):
    db.session.add_all(
        Callback(
            customer_id=project.customer_id,
            project_id=project.id,
            occasion=Occasion.WARRANTY,
            window_first=DAY - timedelta(days=9),
            window_last=DAY - timedelta(days=8),
            wanted_at=clock.at(DAY) - timedelta(hours=number),
            branch_id=cast.east.id,
            project_manager_id=cast.pm.id,
            assigned_to_id=cast.agent.id,
            state=CallbackState.UNREACHABLE if "unreachable" in path else CallbackState.DUE,
            made_at=clock.now(),
        )
        for number in range(rows)
    )
    db.session.commit()
    client = login(client, cast.hq)
    client.get(path)
    db.session.expire_all()
    with queries(at_most=6):
        assert client.get(path).status_code == 200


def test_a_lead_decides_on_who_cant_be_reached(client, cast, project):
    callback = a_callback(project, state=CallbackState.UNREACHABLE, assigned_to=cast.agent)
    agent = login(client, cast.agent)
    assert "李女士" in agent.get("/callbacks/unreachable").text or "李梅" in agent.get("/callbacks/unreachable").text
    assert agent.post(f"/callbacks/{callback.id}/decision", data={"decision": "give_up"}).status_code == 403
    lead = login(client, cast.lead)
    assert lead.get(f"/callbacks/{callback.id}/decision").status_code == 200
    assert "请写明原因" in lead.post(f"/callbacks/{callback.id}/decision", data={"decision": "give_up"}).text
    data = {"decision": "letter", "reason": "人在国外"}
    assert lead.post(f"/callbacks/{callback.id}/decision", data=data).status_code == 302
    assert (callback.state, callback.state_reason) == (CallbackState.MISSED, "人在国外")
    assert db.session.scalars(select(Task)).one().kind is TaskKind.LETTER


def test_a_make_up_call_is_waived_with_a_reason(client, cast, project):
    over, due = a_callback(project, last=DAY - timedelta(days=1)), a_callback(project, occasion=Occasion.PROGRESS)
    client = login(client, cast.lead)
    assert "补访" in client.get("/callbacks/make-up").text
    assert client.get(f"/callbacks/{over.id}/waiver").status_code == 200
    refused = client.post(f"/callbacks/{over.id}/waiver", data={"reason": ""})
    assert refused.status_code == 422
    assert beside(refused, "reason") == "请写明原因。"
    too_early = client.post(f"/callbacks/{due.id}/waiver", data={"reason": "不用打"})
    assert "还在回访期内" in too_early.text
    assert 'value="不用打"' in too_early.text
    assert {over.state, due.state} == {CallbackState.DUE}
    assert client.post(f"/callbacks/{over.id}/waiver", data={"reason": "客户出国"}).status_code == 302
    assert (over.state, over.state_reason) == (CallbackState.SKIPPED, "客户出国")


def test_all_that_an_absent_colleague_holds_goes_to_others(client, cast, project):
    away, one, two = cast.agent, cast.lead, a_person(Role.AGENT, branch=cast.east)
    callbacks = [of(f"客户{number}", cast, assigned_to=away) for number in range(3)]
    done = of("打完了", cast, assigned_to=away, state=CallbackState.DONE)
    case = a_case(project=project, owner=away)
    task = Task(
        kind=TaskKind.LETTER, customer=project.customer, owner=away, branch_id=cast.east.id, text="信", due_on=DAY,
        made_at=clock.now(),
    )  # fmt: skip
    db.session.add(task)
    db.session.flush()
    client = login(client, cast.lead)
    address = f"/callbacks/absence?absent={away.id}&to={one.id}&to={two.id}"
    page = client.get(address).text
    assert "会这样分" in page
    assert {row.assigned_to for row in callbacks} == {away}
    data = {"absent": away.id, "to": [one.id, two.id], "reason": ""}
    assert client.post("/callbacks/absence", data=data).status_code == 422
    assert client.post("/callbacks/absence", data=data | {"reason": "请假"}).status_code == 302
    assert [row.assigned_to for row in callbacks] == [one, two, one]
    assert (done.assigned_to, case.owner, task.owner) == (away, one, one)


def test_a_task_shows_its_text_and_is_finished_once(client, cast, project):
    callback = a_callback(project)
    task = Task(
        kind=TaskKind.VERIFY_DATA, customer=project.customer, callback=callback, owner=cast.agent,
        branch_id=cast.east.id, text="138 打不通", due_on=DAY, made_at=clock.now(),
    )  # fmt: skip
    db.session.add(task)
    db.session.flush()
    client = login(client, cast.agent)
    assert "资料核实" in client.get("/callbacks/tasks").text
    assert "138 打不通" in client.get(f"/callbacks/tasks/{task.id}").text
    assert client.post(f"/callbacks/tasks/{task.id}/completion", data={"result": ""}).status_code == 422
    assert client.post(f"/callbacks/tasks/{task.id}/completion", data={"result": "改成 139"}).status_code == 302
    assert (task.done_by, task.result) == (cast.agent, "改成 139")
    assert client.post(f"/callbacks/tasks/{task.id}/completion", data={"result": "又改"}).status_code == 409
    assert "没有待办" in client.get("/callbacks/tasks").text
    assert login(client, cast.outsider).get(f"/callbacks/tasks/{task.id}").status_code == 404


def test_a_note_is_seen_by_those_it_concerns(client, cast, project, app):
    note = DepartmentNote(callback=a_callback(project), department=cast.works, text="门没装好", raised_at=clock.now())
    db.session.add(note)
    db.session.flush()
    for person, code in ((cast.pm2, 200), (cast.engineering, 200), (cast.agent, 200), (cast.outsider, 404)):
        assert login(app.test_client(), person).get(f"/callbacks/notes/{note.id}").status_code == code
    assert login(client, cast.office).get("/callbacks/notes").status_code == 403


def test_a_done_call_shows_what_was_said(client, cast, project):
    callback = a_callback(project, state=CallbackState.DONE, effective=True, rating=2, truthful=False, remarks="漏水")
    callback.reached_at, callback.reached_by = clock.now(), cast.agent
    db.session.add(Attempt(callback=callback, at=clock.now(), outcome=Outcome.REACHED, by=cast.agent))
    db.session.flush()
    page = login(client, cast.qa).get(f"/callbacks/{callback.id}").text
    assert [text for text in ("漏水", "不太满意", "不属实", "已按时") if text not in page] == []
    assert "不再追访" not in page
    assert "不再追访" in login(client, cast.lead).get(f"/callbacks/{callback.id}").text
    refused = client.post(f"/callbacks/{callback.id}/chain-closure", data={"reason": " "})
    assert (refused.status_code, beside(refused, "reason")) == (422, "请写明不再追访的原因。")
    assert '<details class="confirm confirm-danger" open>' in refused.text
    too_long = client.post(f"/callbacks/{callback.id}/chain-closure", data={"reason": "长" * 301})
    assert (too_long.status_code, "长" * 301 in too_long.text) == (422, True)
    assert client.post(f"/callbacks/{callback.id}/chain-closure", data={"reason": "客户搬走"}).status_code == 302
    assert callback.chain_closed_why == "客户搬走"
