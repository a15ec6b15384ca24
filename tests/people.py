"""A named cast, and signing in as one of them without the sign-in page."""

import secrets
from functools import cache
from typing import Any, NamedTuple

import pytest
from flask import Flask
from playwright.sync_api import Page

from app.domain.accounts import passwords, sessions
from app.domain.accounts.models import Branch, Department, Person
from app.domain.accounts.roles import Role
from app.domain.core import clock
from app.extensions import db
from app.web.login import KEPT_AS
from tests.factories import a_branch, a_department, a_person

PASSWORD = "stone-and-river-7"


class Cast(NamedTuple):
    """One of each role in the branch 城东, an agent of 城西 (`outsider`), and a lead with the flag (`hq`)."""

    east: Branch
    west: Branch
    service: Department
    works: Department
    agent: Person
    lead: Person
    qa: Person
    pm: Person
    pm2: Person
    staff: Person
    engineering: Person
    office: Person
    admin: Person
    outsider: Person
    hq: Person


def make_cast() -> Cast:
    """The cast, flushed. Each signs in with the name of their field and PASSWORD."""
    east, west = a_branch("城东"), a_branch("城西")
    service, works = a_department("客服部", east), a_department("工程部", east)

    def member(name: str, username: str, role: Role, department: Department | None = None, **facts: Any) -> Person:
        person = a_person(role, name=name, username=username, **{"branch": east, "department": department} | facts)
        person.account.password_hash = _hash()
        return person

    cast = Cast(
        east,
        west,
        service,
        works,
        agent=member("安宁", "agent", Role.AGENT, service),
        lead=member("林主管", "lead", Role.LEAD, service),
        qa=member("齐检", "qa", Role.QA, service),
        pm=member("潘经理", "pm", Role.PM, works),
        pm2=member("彭经理", "pm2", Role.PM, works),
        staff=member("史设计", "staff", Role.STAFF, works),
        engineering=member("殷工", "engineering", Role.ENGINEERING, works),
        office=member("欧总", "office", Role.OFFICE),
        admin=member("管理员", "admin", Role.ADMIN),
        outsider=member("卫外", "outsider", Role.AGENT, branch=west),
        hq=member("华总", "hq", Role.LEAD, branch=None, is_hq=True),
    )
    service.head, works.head = cast.lead, cast.engineering
    db.session.flush()
    return cast


@pytest.fixture
def cast(app: Flask) -> Cast:
    """The named cast, in the test's transaction."""
    return make_cast()


def login(client: Any, person: Person) -> Any:
    """Sign the person in at this client, as if by the sign-in page; answers with the client."""
    token = session_of(person)
    with client.session_transaction() as cookie:
        cookie.clear()
        cookie[KEPT_AS] = token
    return client


def login_page(page: Page, app: Flask, person: Person) -> Page:
    """Sign the person in at a real browser; commits."""
    token = session_of(person)
    db.session.commit()
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    value = signer.dumps({KEPT_AS: token})
    page.context.add_cookies([{"name": app.config["SESSION_COOKIE_NAME"], "value": value, "url": page_url(page)}])
    return page


def page_url(page: Page) -> str:
    """The address of the server behind the page."""
    response = page.request.get("/livez")
    return response.url.removesuffix("/livez")


@cache
def _hash() -> str:
    return passwords.PROFILES["cheap"].hash(PASSWORD)


def session_of(person: Person) -> str:
    """The token of a new session of the person."""
    assert person.account is not None, f"{person.name} has no account"
    token = sessions.begin(person.account, address="127.0.0.1", browser=f"test {secrets.token_hex(2)}", at=clock.now())
    db.session.flush()
    return token
