"""One's own account."""

import pytest

from app.domain.accounts.models import LoginFailure, LoginSession
from app.extensions import db
from tests.people import PASSWORD, login

GOOD = {"old": PASSWORD, "new": "river-and-stone-8", "again": "river-and-stone-8"}


@pytest.fixture
def agent(client, cast):
    return login(client, cast.agent)


def test_a_new_password_ends_the_other_browsers(agent, cast, app):
    elsewhere = login(app.test_client(), cast.agent)
    assert agent.post("/account/password", data=GOOD).status_code == 302
    assert agent.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302
    fresh = app.test_client()
    assert fresh.post("/login", data={"username": "agent", "password": PASSWORD}).status_code == 422
    assert fresh.post("/login", data={"username": "agent", "password": GOOD["new"]}).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"old": "wrong"}, "现在的密码不对"),
        ({"again": "else"}, "两次填的不一样"),
        ({"new": "12345678", "again": "12345678"}, "太常见"),
        ({"new": "short", "again": "short"}, "至少 8 位"),
        ({"new": "x" * 200, "again": "x" * 200}, "最多 128 个字"),
    ],
)
def test_what_is_wrong_is_said(agent, cast, wrong, said):
    before = cast.agent.account.password_hash
    answer = agent.post("/account/password", data=GOOD | wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert cast.agent.account.password_hash == before


def test_guessing_one_s_password_at_an_open_desk_has_to_wait(agent):
    for _ in range(5):
        agent.post("/account/password", data=GOOD | {"old": "wrong"})
    assert db.session.query(LoginFailure).count() == 5
    assert agent.post("/account/password", data=GOOD).status_code == 429


def test_language_and_keys(agent, cast):
    agent.post("/account/preferences", data={"language": "en"})
    page = agent.get("/account").text
    assert 'lang="en"' in page
    assert 'data-keys="off"' in page
    agent.post("/account/preferences", data={"language": "", "single_keys": "y"})
    assert 'data-keys="off"' not in agent.get("/account").text
    assert agent.post("/account/preferences", data={"language": "xx"}).status_code == 400


def test_one_of_one_s_own_browsers_is_ended(agent, cast, app):
    elsewhere = login(app.test_client(), cast.agent)
    row = db.session.query(LoginSession).order_by(LoginSession.id.desc()).first()
    assert agent.post(f"/account/sessions/{row.id}/end").status_code == 302
    assert elsewhere.get("/account").status_code == 302
    assert agent.get("/account").status_code == 200


def test_somebody_else_s_session_is_not_found(agent, cast, app):
    theirs = login(app.test_client(), cast.outsider)
    row = db.session.query(LoginSession).order_by(LoginSession.id.desc()).first()
    assert agent.post(f"/account/sessions/{row.id}/end").status_code == 404
    assert theirs.get("/account").status_code == 200


def test_all_other_browsers_are_ended(agent, cast, app):
    others = [login(app.test_client(), cast.agent) for _ in range(2)]
    agent.post("/account/sessions/end-others")
    assert [other.get("/account").status_code for other in others] == [302, 302]
    assert agent.get("/account").status_code == 200


def test_it_costs_at_most_ten(agent, queries):
    with queries(at_most=10):
        agent.get("/account")
