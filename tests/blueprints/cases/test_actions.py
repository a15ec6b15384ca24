"""Each action by its page: carried out, refused beside its field, not for everyone, once, and never unseen."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from app.blueprints.cases.forms import FORMS
from app.domain.callbacks.enums import Outcome
from app.domain.cases import assessment, contact
from app.domain.cases.actions import Action
from app.domain.cases.enums import CaseState, EventKind
from app.domain.cases.handoffs.models import Handoff
from app.domain.cases.models import Case, CaseEvent
from app.domain.core import clock
from app.domain.files.models import StoredFile
from app.domain.plans.enums import CaseKind, Urgency
from app.domain.projects.models import Team
from app.extensions import db
from tests.blueprints.cases.conftest import a_photo
from tests.people import login

SERVICE_ONLY = "verification judgement handoff check-call answer closure round cancellation chase urgency"


@pytest.fixture
def agent(client, cast):
    return login(client, cast.agent)


def sent(client, case, action, token="", **data):
    """Send the form as the page has it now; `token` makes two of them the same."""
    address = f"/cases/{case.id}"
    version = re.search(r'name="version"[^>]*value="(\d+)"', client.get(address).text)
    data = {"version": version[1] if version else "", "once": (token or action).ljust(24, "x")} | data
    return client.post(f"{address}/{action}", data=data, content_type="multipart/form-data")


def test_a_complaint_walks_through_its_pages(client, cast, register):
    case = register()
    login(client, cast.agent)
    assert sent(client, case, "verification", outcome="reached", note="属实").status_code == 302
    assert sent(client, case, "judgement", verdict="department").status_code == 302
    assert f'value="p{cast.pm.id}"' in client.get(f"/cases/{case.id}").text
    assert sent(client, case, "handoff", to=f"p{cast.pm.id}", asked="请今天上门").status_code == 302
    handoff = db.session.scalars(select(Handoff)).one()
    login(client, cast.pm)
    signature = {"once": "s" * 24, "seen": handoff.sha256, "typed_name": "潘"}
    assert client.post(f"/handoffs/{handoff.id}/signature", data=signature).status_code == 302
    assert sent(client, case, "contact", outcome="reached").status_code == 302
    photos = [(a_photo(), "一.png"), (a_photo(colour="blue"), "二.png")]
    assert sent(client, case, "visit", finding="开裂", responsibility="workmanship", photos=photos).status_code == 302
    assert sent(client, case, "plan", solution="重做", agreed_on="2099-01-01").status_code == 302
    assert sent(client, case, "work").status_code == 302
    assert sent(client, case, "progress", outcome="reached", note="明天完").status_code == 302
    assert sent(client, case, "costs", labour="100", material="20.5", payer="firm").status_code == 302
    assert sent(client, case, "resolution", done="重做了").status_code == 302
    db.session.refresh(case)
    assert case.state is CaseState.RESOLVED
    text = client.get(f"/cases/{case.id}").text
    assert "¥120.50" in text
    assert text.count('<img src="/files/') == 2
    login(client, cast.lead)
    closing = {"cause_id": "1", "result_id": "1", "lesson": "闭水拍照"}
    assert sent(client, case, "closure", **closing).status_code == 422
    assert sent(client, case, "closure", token="again", note="联系不上", **closing).status_code == 302
    assert "已办结" in client.get(f"/cases/{case.id}").text


def test_a_repair_walks_through_its_pages(client, cast, register):
    case = register(CaseKind.REPAIR)
    team = Team(name="一队")
    db.session.add(team)
    login(client, cast.agent)
    assert sent(client, case, "handoff", to=f"d{cast.works.id}", asked="请派人").status_code == 302
    handoff = db.session.scalars(select(Handoff)).one()
    said = {"seen": handoff.sha256, "who": "殷工", "once": "p" * 24}
    assert client.post(f"/handoffs/{handoff.id}/telephone-signature", data=said).status_code == 302
    assert sent(client, case, "contact", outcome="reached").status_code == 302
    assert sent(client, case, "visit", finding="开裂", responsibility="workmanship").status_code == 302
    assert sent(client, case, "plan", solution="重做", agreed_on="2099-01-01").status_code == 302
    assert sent(client, case, "dispatch", team_id=team.id).status_code == 302
    assert sent(client, case, "team-contact").status_code == 302
    assert sent(client, case, "check-call", outcome="reached", contacted="1").status_code == 302
    assert sent(client, case, "work").status_code == 302
    assert sent(client, case, "resolution", done="好了").status_code == 422
    assert sent(client, case, "resolution", token="b", done="好了", is_confirmed="y", is_advised="y").status_code == 302
    assert sent(client, case, "round", reason="又漏").status_code == 302
    db.session.refresh(case)
    assert (case.round, case.state) == (2, CaseState.REGISTERED)


def test_a_judgement_before_the_call_is_refused_in_words(agent, register):
    answer = sent(agent, register(), "judgement", verdict="department")
    assert answer.status_code == 422
    assert "先回电核实" in answer.text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"asked": ""}, "这一项要填"),
        ({"to": "p99999"}, "没有这个选项"),
        ({"happened_at": "2099-01-01 10:00"}, "不能晚于现在"),
        ({"happened_at": "2020-01-01 10:00"}, "不能早于上一步"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(agent, valid, cast, data, said):
    answer = sent(agent, valid, "handoff", **{"to": f"p{cast.pm.id}", "asked": "原样保留"} | data)
    assert answer.status_code == 422
    assert said in answer.text
    assert "asked" in data or "原样保留" in answer.text
    assert db.session.scalars(select(Handoff)).all() == []


def test_a_double_click_does_it_once(agent, valid, cast):
    said = {"version": str(valid.version), "once": "d" * 24, "to": f"p{cast.pm.id}", "asked": "请上门"}
    answers = [agent.post(f"/cases/{valid.id}/handoff", data=said) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert len(db.session.scalars(select(Handoff)).all()) == 1


def test_the_second_of_two_people_sees_both_versions_and_nothing_is_lost(client, cast, valid, app):
    seen = str(valid.version)
    login(client, cast.agent)
    other = login(app.test_client(), cast.lead)
    plan = {"version": seen, "once": "e" * 24, "reason": "客户说不修了"}
    contact.chase(valid, by=cast.lead, at=clock.now())
    assert (
        other.post(f"/cases/{valid.id}/urgency", data=plan | {"urgency": "urgent", "reason": "漏电"}).status_code == 302
    )
    answer = client.post(f"/cases/{valid.id}/cancellation", data=plan)
    assert answer.status_code == 409
    assert "林主管" in answer.text
    assert "客户说不修了" in answer.text
    db.session.refresh(valid)
    assert valid.is_open


def test_a_call_that_another_noted_meanwhile_is_noticed_whatever_came_of_it(client, cast, register, app):
    case = register()
    db.session.commit()
    call = {"version": str(case.version), "outcome": "no_answer"}
    other = login(app.test_client(), cast.lead)
    login(client, cast.agent)
    url = f"/cases/{case.id}/verification"
    assert other.post(url, data=call | {"once": "g" * 24}).status_code == 302
    answer = client.post(url, data=call | {"once": "h" * 24, "note": "响了很久"})
    assert answer.status_code == 409
    assert "响了很久" in answer.text
    assert len(case.attempts) == 1


@pytest.mark.parametrize("action", SERVICE_ONLY.split())
def test_the_site_does_not_do_customer_service_s_actions(client, cast, valid, action):
    assert login(client, cast.pm).post(f"/cases/{valid.id}/{action}").status_code == 403


@pytest.mark.parametrize("action", ["visit", "plan", "resolution", "chase", "owner", "photos"])
def test_another_branch_finds_nothing(client, cast, valid, action):
    who = cast.outsider if action != "owner" else cast.pm
    assert login(client, who).post(f"/cases/{valid.id}/{action}").status_code == (404 if who is cast.outsider else 403)


def test_a_category_left_open_at_the_call_is_chosen_on_the_case(agent, valid):
    page = agent.get(f"/cases/{valid.id}?do=classify").text
    chosen = re.findall(r'value="(\d+)"[^>]*>泥瓦 · 空鼓', page)[0]
    assert sent(agent, valid, "category", category_id=chosen).status_code == 302
    assert "泥瓦 · 空鼓" in agent.get(f"/cases/{valid.id}").text


def test_chasing_is_one_button(agent, valid):
    assert sent(agent, valid, "chase").status_code == 302
    assert "催办1次" in agent.get(f"/cases/{valid.id}").text


def test_one_call_noted_from_two_pages_is_one_chase(agent, valid):
    pages = [agent.get(f"/cases/{valid.id}").text for _ in range(2)]
    once = [re.findall(r'chase.*?name="once"[^>]*value="([^"]+)"', page, re.DOTALL)[0] for page in pages]
    first, second = (
        agent.post(f"/cases/{valid.id}/chase", data={"once": token, "version": str(valid.version), "seen": "0"})
        for token in once
    )
    assert (first.status_code, second.status_code) == (302, 409)
    assert "安宁已在" in second.text
    assert f'href="/cases/{valid.id}"' in second.text
    assert "催办1次" in agent.get(f"/cases/{valid.id}").text


def test_a_chase_on_the_present_page_counts_again_whatever_else_was_changed(agent, valid, cast):
    assert sent(agent, valid, "chase").status_code == 302
    shown = agent.get(f"/cases/{valid.id}").text
    assert 'name="seen" type="hidden" value="1"' in shown
    version = str(valid.version)
    assessment.raise_urgency(valid, Urgency.URGENT, reason="漏电", by=cast.lead, at=clock.now())
    db.session.commit()
    assert sent(agent, valid, "chase", token="later", version=version, seen="1").status_code == 302
    assert "催办2次" in agent.get(f"/cases/{valid.id}").text


def test_reassigning(client, cast, valid):
    login(client, cast.lead)
    assert sent(client, valid, "owner", to_id=cast.lead.id, reason="安宁休假").status_code == 302
    db.session.refresh(valid)
    assert valid.owner_id == cast.lead.id


@pytest.mark.parametrize("action", ["cancel", "reassign", "raise", "add_photos", "nonsense", "close"])
def test_other_actions_open_their_form_in_place(client, cast, valid, action):
    assert login(client, cast.lead).get(f"/cases/{valid.id}?do={action}").status_code == 200


@pytest.mark.parametrize(("data", "said"), [(b"no picture", "不是能打开的照片"), (b"", "请选择照片")])
def test_a_wrong_file_is_refused_beside_its_field(agent, valid, data, said):
    photos = [(BytesIO(data), "坏.jpg")] if data else []
    answer = sent(agent, valid, "photos", photos=photos)
    assert answer.status_code == 422
    assert said in answer.text
    assert db.session.scalars(select(StoredFile)).all() == []


def test_photos_are_shown_to_who_sees_the_case_and_to_nobody_else(client, cast, valid):
    login(client, cast.agent)
    assert sent(client, valid, "photos", photos=[(a_photo(), "一.png")]).status_code == 302
    picture = db.session.scalars(select(StoredFile)).one()
    answer = client.get(f"/files/{picture.id}")
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert "private" in answer.headers["Cache-Control"]
    answer.close()
    assert login(client, cast.outsider).get(f"/files/{picture.id}").status_code == 404
    assert login(client, cast.pm2).get(f"/files/{picture.id}").status_code == 404
    assert login(client, cast.agent).get("/files/99999").status_code == 404


def test_too_large_a_request_is_413(agent, valid, app):
    before, app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_CONTENT_LENGTH"], 1000
    try:
        answer = sent(agent, valid, "photos", photos=[(a_photo((300, 300), kind="BMP"), "大.bmp")])
    finally:
        app.config["MAX_CONTENT_LENGTH"] = before
    assert answer.status_code == 413


def test_an_enquiry_is_answered_and_closed(agent, register):
    case = register(CaseKind.ENQUIRY)
    assert sent(agent, case, "answer", done="发了说明书").status_code == 302
    assert sent(agent, case, "closure").status_code == 302
    kinds = db.session.scalars(select(CaseEvent.kind).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id)).all()
    assert kinds == [EventKind.RECEIVED, EventKind.RESOLVED, EventKind.CLOSED]
    assert db.session.get(Case, case.id).state is CaseState.CLOSED


def test_a_change_by_someone_else_is_announced_to_the_open_page(agent, valid, cast):
    seen = f"/cases/{valid.id}/newer?version={valid.version}"
    assert agent.get(seen).status_code == 204
    assessment.raise_urgency(valid, Urgency.URGENT, reason="漏电", by=cast.lead, at=clock.now())
    db.session.commit()
    assert "刚被林主管改过" in agent.get(seen).text


def test_the_announcement_names_what_was_recorded_last_even_if_it_happened_before(client, register, cast, freeze):
    freeze("2026-03-05 10:00")
    agent, case = login(client, cast.agent), register()
    seen = f"/cases/{case.id}/newer?version={case.version}"
    freeze("2026-03-05 10:45")
    assessment.raise_urgency(case, Urgency.URGENT, reason="漏电", by=cast.lead, at=clock.now())
    earlier = clock.now() - timedelta(minutes=30)
    contact.verify(case, Outcome.REACHED, by=cast.hq, at=clock.now() + timedelta(seconds=5), happened_at=earlier)
    db.session.commit()
    assert "刚被华总改过（核实回电）" in agent.get(seen).text


ELSEWHERE = {Action.FIND_INVALID, Action.SIGN, Action.REFUSE, Action.TAKE_RATING}
"""Taken by the form of the other verdict, by the handoff's page, by the satisfaction callback."""


def test_every_action_has_its_page_with_the_permission_of_its_row(app):
    assert set(FORMS) == set(Action) - ELSEWHERE
    for action in FORMS:
        assert app.view_functions[f"cases.{action.value}"].required_permission == action.permission
