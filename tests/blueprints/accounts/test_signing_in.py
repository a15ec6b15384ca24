"""Signing in and out: what works, what is refused, and what an enemy tries."""

import re

import pytest

from app.domain.accounts import passwords, people
from app.domain.accounts.models import LoginFailure, LoginSession
from app.domain.accounts.roles import Role
from app.domain.core import clock
from app.extensions import db
from app.web.login import KEPT_AS
from tests.people import PASSWORD, login


@pytest.fixture
def agent(cast):
    return cast.agent


def send(client, username="agent", password=PASSWORD, **more):
    return client.post("/login", data={"username": username, "password": password, **more})


def cookie_of(client):
    return client.get_cookie("session").value


def is_in(client):
    return client.get("/account").status_code == 200


def test_name_and_password_open_the_first_page(client, agent):
    answer = send(client)
    assert (answer.status_code, answer.location) == (302, "/")
    assert is_in(client)
    assert is_in(client)


def test_the_name_s_capitals_and_blanks_do_not_matter(client, agent):
    assert send(client, " Agent ").status_code == 302


@pytest.mark.parametrize(("username", "password"), [("agent", "wrong"), ("nobody", PASSWORD), ("pm", "agent")])
def test_a_wrong_name_and_a_wrong_password_are_told_the_same(client, agent, username, password):
    answer = send(client, username, password)
    assert answer.status_code == 422
    assert "账号或密码不对" in answer.text
    assert not is_in(client)


def test_a_name_that_does_not_exist_is_hashed_for_as_well(agent, monkeypatch):
    hashed = []
    cheap = passwords.PROFILES["cheap"]

    class Counting:
        def verify(self, kept, password):
            hashed.append(kept)
            return cheap.verify(kept, password)

        def check_needs_rehash(self, kept):
            return cheap.check_needs_rehash(kept)

    monkeypatch.setitem(passwords.PROFILES, "cheap", Counting())
    assert not passwords.fits(None, "x")
    assert passwords.fits(agent.account, PASSWORD)
    assert len(hashed) == 2


def test_after_five_failures_even_the_right_password_waits(client, agent, freeze):
    traveller = freeze("2026-11-21 10:00")
    for _ in range(5):
        assert send(client, password="wrong").status_code == 422
    answer = send(client)
    assert answer.status_code == 429
    assert "10:16" in answer.text
    assert 0 < int(answer.headers["Retry-After"]) <= 15 * 60 + 1
    traveller.shift(15 * 60 + 1)
    assert send(client).status_code == 302
    assert db.session.query(LoginFailure).count() == 0


def test_an_address_may_fail_fifty_times_over_all_names(client, agent):
    for number in range(50):
        db.session.add(LoginFailure(username=f"u{number}", address="127.0.0.1", at=clock.now()))
    assert send(client).status_code == 429


@pytest.mark.parametrize("block", ["disabled", "left"])
def test_who_is_disabled_or_left_stays_out(client, agent, block):
    if block == "disabled":
        agent.account.disabled_at = clock.now()
    else:
        agent.active = False
    assert send(client).status_code == 422


def test_an_account_without_password_stays_out(client, cast):
    cast.pm.account.password_hash = None
    assert send(client, "pm", "").status_code == 422
    assert send(client, "pm", "nobody's password").status_code == 422


def test_a_cookie_copied_before_signing_out_is_worth_nothing_after(client, agent, app):
    send(client)
    thief = app.test_client()
    thief.set_cookie("session", cookie_of(client))
    assert is_in(thief)
    client.post("/logout")
    assert not is_in(client)
    assert not is_in(thief)


def test_a_session_put_into_the_browser_beforehand_is_dropped(client, agent, cast, app):
    other = login(app.test_client(), cast.outsider)
    client.set_cookie("session", cookie_of(other))
    client.post("/logout")
    before = cookie_of(login(client, cast.outsider))
    send(client)
    assert cookie_of(client) != before
    with client.session_transaction() as cookie:
        assert set(cookie) <= {KEPT_AS, "csrf_token", "_flashes"}


def test_a_made_up_token_is_nobody(client, agent):
    for token in ("x", 7, None, ["x"], "\x00"):
        with client.session_transaction() as cookie:
            cookie[KEPT_AS] = token
        assert not is_in(client)


def test_flask_login_s_own_marks_are_nobody(client, agent):
    with client.session_transaction() as cookie:
        cookie["_user_id"] = str(agent.account.id)
        cookie["_fresh"] = True
    client.set_cookie("remember_token", f"{agent.account.id}|{'0' * 128}")
    assert not is_in(client)


def test_a_session_ends_when_idle_and_at_last(client, agent, freeze):
    traveller = freeze("2026-11-02 08:00")
    send(client)
    traveller.shift(11 * 3600)
    assert is_in(client)
    traveller.shift(11 * 3600)
    assert is_in(client)
    traveller.shift(12 * 3600 + 1)
    assert not is_in(client)
    send(client)
    for _ in range(16):
        traveller.shift(10 * 3600)
        assert is_in(client)
    traveller.shift(9 * 3600)
    assert not is_in(client)


def test_a_page_is_marked_as_seen_every_five_minutes_only(client, agent, freeze, queries):
    traveller = freeze("2026-11-02 08:00")
    send(client)

    def seen():
        return db.session.query(LoginSession).filter_by(account=agent.account).one().seen_at

    start = seen()
    traveller.shift(299)
    assert is_in(client)
    assert seen() == start
    traveller.shift(1)
    assert is_in(client)
    assert seen() == clock.now()
    traveller.shift(600)
    client.post("/account/preferences", data={"language": "en"})
    assert seen() == clock.now()


def test_who_is_signed_in_costs_one_query(client, cast, queries):
    login(client, cast.agent)
    with queries(at_most=1):
        assert client.get("/livez").status_code == 200


def test_disabling_ends_the_session_at_once(client, agent, cast):
    send(client)
    people.disable(agent, by=cast.admin, at=clock.now())
    assert not is_in(client)


def test_another_role_ends_the_session_at_once(client, agent, cast, app):
    send(client)
    admin = login(app.test_client(), cast.admin)
    page = admin.get(f"/admin/people/{agent.id}").text
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)[1]
    data = {"version": version, "name": agent.name, "username": "agent", "roles": ["agent", "lead"], "active": "y"}
    data |= {"branch": agent.branch_id, "department": agent.department_id}
    assert admin.post(f"/admin/people/{agent.id}", data=data).status_code == 302
    assert agent.roles == {Role.AGENT, Role.LEAD}
    assert not is_in(client)


@pytest.mark.parametrize(
    ("wanted", "led"),
    [
        ("/cases?state=open", "/cases?state=open"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\n/evil.example", "/"),
        ("cases", "/"),
        ("", "/"),
    ],
)
def test_signing_in_leads_on_to_our_own_pages_only(client, agent, wanted, led):
    assert send(client, next=wanted).location == led


def test_a_page_asked_for_comes_after_signing_in(client, agent):
    answer = client.get("/admin/people?q=%E7%8E%8B")
    assert answer.location == "/login?next=/admin/people?q%3D%25E7%258E%258B"
    page = client.get(answer.location)
    assert 'value="/admin/people?q=%E7%8E%8B"' in page.text


def test_a_script_is_told_that_it_must_sign_in(client, agent):
    answer = client.post("/account/preferences", headers={"X-CSRFToken": "x"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/login")


def test_nul_bytes_and_endless_texts_are_answered_in_words(client, agent):
    assert send(client, "age\x00nt").status_code == 400
    assert client.get("/login?next=%00").status_code == 400
    assert send(client, "a" * 100_000).status_code == 422
    assert send(client, password="a" * 100_000).status_code == 422
    assert send(client, next="/" + "a" * 5000).status_code == 302


def test_without_its_token_a_form_does_nothing(client, agent, app):
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        assert send(client).location == "/login"
        assert not is_in(client)
        login(client, agent)
        assert client.post("/account/preferences", data={"language": "en"}).status_code == 400
        assert agent.account.language == ""
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


def test_language_and_theme_without_signing_in(client, agent):
    answer = client.post("/preferences", data={"language": "en", "theme": "dark", "next": "/login"})
    assert answer.status_code == 302
    assert 'lang="en"' in client.get("/login").text
    client.post("/preferences", data={"language": "xx", "theme": "auto"})
    assert 'data-theme="dark"' not in client.get("/login").text
