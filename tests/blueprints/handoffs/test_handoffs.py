"""Handoffs by their pages: read, signed once for exactly what was seen, sent back, assigned."""

import base64
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from app.domain.cases import closing
from app.domain.cases.enums import CaseState
from app.domain.cases.handoffs import sending, signing
from app.domain.cases.handoffs.enums import HandoffState, SignedHow
from app.domain.cases.handoffs.models import Refusal, Signature
from app.domain.core import clock
from app.domain.core.errors import Conflict
from app.extensions import db
from tests.people import login


def drawn(size=(200, 80)):
    out = BytesIO()
    Image.new("RGBA", size).save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


NO_DRAWINGS = (
    "",
    "data:image/png;base64,AAAA",
    "data:image/svg+xml;base64,PHN2Zy8+",
    "data:image/png;base64,!!",
    drawn((4100, 10)),
)
NOBODY_ELSE = {"pm2": 404, "outsider": 404, "agent": 422, "engineering": 422, "qa": 403}


def sign(client, handoff, token="s", **data):
    said = {"seen": handoff.sha256, "once": token * 24, "typed_name": "潘经理"} | data
    return client.post(f"/handoffs/{handoff.id}/signature", data=said)


@pytest.fixture
def pm(client, cast):
    return login(client, cast.pm)


def test_the_page_shows_what_is_asked_and_whom_to_call(pm, handoff):
    text = pm.get(f"/handoffs/{handoff.id}").text
    for part in ("请今天上门", "卫生间漏水", "tel:13800001234", "阳光花园", "签收", "退回", handoff.sha256):
        assert part in text


def test_the_drawing_has_one_place_in_the_form(pm, handoff):
    assert pm.get(f"/handoffs/{handoff.id}").text.count('name="drawing"') == 1


def test_signing_with_a_typed_name_keeps_the_digest_of_what_was_seen(pm, handoff, cast):
    assert sign(pm, handoff).status_code == 302
    signature = db.session.scalars(select(Signature)).one()
    assert (signature.sha256, signature.how, signature.by_id) == (handoff.sha256, SignedHow.TYPED, cast.pm.id)
    assert handoff.case.state is CaseState.SIGNED
    text = pm.get(f"/handoffs/{handoff.id}").text
    assert "潘经理 于" in text
    assert "确认签收" not in text


def test_signing_with_a_drawing(pm, handoff):
    assert sign(pm, handoff, drawing=drawn(), typed_name="").status_code == 302
    assert db.session.scalars(select(Signature.how)).one() is SignedHow.DRAWN
    assert "data:image/png" in pm.get(f"/handoffs/{handoff.id}").text


@pytest.mark.parametrize("drawing", NO_DRAWINGS)
def test_without_a_name_or_a_true_drawing_nothing_is_signed(pm, handoff, drawing):
    answer = sign(pm, handoff, drawing=drawing, typed_name="")
    assert answer.status_code == 422
    assert db.session.scalars(select(Signature)).all() == []


def test_a_digest_of_something_else_is_a_conflict(pm, handoff):
    answer = sign(pm, handoff, seen="0" * 64)
    assert answer.status_code == 409
    assert "不一致" in answer.text


def test_what_is_signed_can_not_be_signed_again(pm, handoff):
    sign(pm, handoff)
    answer = sign(pm, handoff, token="t")
    assert answer.status_code == 409
    assert "已签收" in answer.text
    assert len(db.session.scalars(select(Signature)).all()) == 1


def test_a_double_click_signs_once(pm, handoff):
    assert [sign(pm, handoff).status_code for _ in range(2)] == [302, 302]
    assert len(db.session.scalars(select(Signature)).all()) == 1


def test_what_was_signed_can_not_change(handoff, cast):
    signing.sign(handoff, seen=handoff.sha256, typed_name="潘", by=cast.pm, at=clock.now())
    db.session.flush()
    for name in ("snapshot", "sha256"):
        with pytest.raises(ValueError, match="never changes"):
            setattr(handoff, name, "x")


@pytest.mark.parametrize(("who", "code"), NOBODY_ELSE.items())
def test_nobody_else_signs(client, cast, handoff, who, code):
    login(client, getattr(cast, who))
    assert sign(client, handoff).status_code == code
    assert db.session.scalars(select(Signature)).all() == []


def test_sending_it_back_needs_a_reason_and_returns_it_to_the_owner(pm, handoff, cast):
    said = {"once": "r" * 24}
    assert pm.post(f"/handoffs/{handoff.id}/refusal", data=said | {"reason": " "}).status_code == 422
    assert pm.post(f"/handoffs/{handoff.id}/refusal", data=said | {"reason": "不是我的工地"}).status_code == 302
    assert db.session.scalars(select(Refusal.reason)).one() == "不是我的工地"
    assert handoff.case.state is CaseState.RETURNED
    assert "不是我的工地" in pm.get(f"/handoffs/{handoff.id}").text
    assert sign(pm, handoff).status_code == 409


def test_customer_service_records_a_signature_by_telephone(client, cast, handoff):
    login(client, cast.agent)
    said = {"seen": handoff.sha256, "once": "p" * 24, "who": ""}
    assert client.post(f"/handoffs/{handoff.id}/telephone-signature", data=said).status_code == 422
    said["happened_at"] = "2020-01-01 10:00"
    assert client.post(f"/handoffs/{handoff.id}/telephone-signature", data=said | {"who": "潘"}).status_code == 422
    said["happened_at"] = ""
    assert client.post(f"/handoffs/{handoff.id}/telephone-signature", data=said | {"who": "潘"}).status_code == 302
    assert handoff.case.assignee is cast.pm
    assert db.session.scalars(select(Signature.how)).one() is SignedHow.PHONE


def test_the_head_assigns_and_who_was_assigned_signs(client, cast, to_department):
    login(client, cast.engineering)
    assert "分派" in client.get(f"/handoffs/{to_department.id}").text
    said = {"once": "a" * 24, "to": cast.agent.id}
    assert client.post(f"/handoffs/{to_department.id}/assignment", data=said).status_code == 422
    assert client.post(f"/handoffs/{to_department.id}/assignment", data=said | {"to": cast.pm2.id}).status_code == 302
    assert sign(client, to_department).status_code == 422
    login(client, cast.pm2)
    assert sign(client, to_department).status_code == 302


def test_the_head_may_sign_themselves(client, cast, to_department):
    assert sign(login(client, cast.engineering), to_department).status_code == 302


def test_a_new_handoff_takes_the_place_of_one_nobody_answered(handoff, cast):
    second = sending.send(handoff.case, cast.works, asked="请派人", by=cast.agent, at=clock.now())
    assert (handoff.state, second.ordinal) == (HandoffState.SUPERSEDED, 2)
    with pytest.raises(Conflict):
        signing.sign(handoff, seen=handoff.sha256, typed_name="潘", by=cast.pm, at=clock.now())


def test_a_cancelled_case_has_nothing_to_sign(pm, handoff, cast):
    closing.cancel(handoff.case, reason="撤回", by=cast.agent, at=clock.now())
    db.session.commit()
    assert "已撤回" in pm.get(f"/handoffs/{handoff.id}").text
    assert sign(pm, handoff).status_code == 409


@pytest.mark.parametrize("query", ["", "?show=unsigned", "?show=all", "?late=1", "?show=nonsense"])
@pytest.mark.parametrize("who", ["pm", "agent", "lead", "engineering", "office"])
def test_the_lists_open(client, cast, handoff, who, query):
    assert login(client, getattr(cast, who)).get(f"/handoffs{query}").status_code == 200


def test_mine_to_sign_come_first(client, cast, handoff):
    assert "王建国" in login(client, cast.pm).get("/handoffs").text
    assert "王建国" not in login(client, cast.pm2).get("/handoffs").text
    handoff.sign_by = clock.now() - timedelta(minutes=1)
    db.session.commit()
    assert "王建国" in login(client, cast.agent).get("/handoffs?late=1").text


def test_a_list_takes_six_queries_and_a_page_ten(client, cast, handoff, queries):
    address = f"/handoffs/{handoff.id}"
    for who in ("pm", "agent", "engineering"):
        login(client, getattr(cast, who))
        db.session.commit()
        db.session.expire_all()
        with queries(at_most=6):
            assert client.get("/handoffs?show=all").status_code == 200
        db.session.expire_all()
        with queries(at_most=10):
            assert client.get(address).status_code == 200


def test_who_has_no_task_sees_the_number_masked(client, cast, handoff):
    for who in ("agent", "pm"):
        assert "13800001234" in login(client, getattr(cast, who)).get(f"/handoffs/{handoff.id}").text
    for who in ("lead", "office", "qa"):
        text = login(client, getattr(cast, who)).get(f"/handoffs/{handoff.id}").text
        assert "13800001234" not in text
        assert "138****1234" in text


def test_who_sent_it_back_reads_it_still_but_neither_the_case_nor_the_number(client, handoff, cast):
    case = handoff.case
    again = sending.send(case, cast.pm2, asked="请看看", by=cast.agent, at=clock.now())
    db.session.commit()
    page, link = f"/handoffs/{again.id}", f'href="/cases/{case.id}"'
    before = login(client, cast.pm2).get(page).text
    assert link in before
    assert "tel:13800001234" in before
    client.post(f"{page}/refusal", data={"seen": again.sha256, "once": "r" * 24, "reason": "不是我的"})
    after = client.get(page).text
    assert case.number in after
    assert link not in after
    assert "138****1234" in after
    assert "13800001234" not in after
