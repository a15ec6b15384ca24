"""The first start."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from app.domain.accounts import setup
from app.domain.accounts.models import Person
from app.domain.accounts.roles import Role
from app.domain.core import clock
from app.domain.core.errors import Refused
from app.domain.settings import values
from app.extensions import db
from tests.factories import a_person

FIRST = {
    "firm": "安居装饰",
    "name": "王总",
    "username": "boss",
    "password": "stone-and-river-7",
    "again": "stone-and-river-7",
}


def test_the_first_page_leads_to_the_setup_page(client):
    assert client.get("/login").location == "/setup"
    assert client.get("/setup").status_code == 200


def test_the_first_administrator_is_signed_in(client):
    assert client.post("/setup", data=FIRST).location == "/"
    assert client.get("/admin/people").status_code == 200
    assert values.value("firm.name") == "安居装饰"


def test_there_is_one_first_start(client, app):
    client.post("/setup", data=FIRST)
    other = app.test_client()
    assert other.get("/setup").location == "/login"
    assert other.post("/setup", data=FIRST | {"username": "thief"}).location == "/login"
    assert db.session.query(Person).count() == 1


def test_an_administrator_without_account_does_not_end_the_first_start(app):
    person = a_person(Role.ADMIN)
    db.session.delete(person.account)
    db.session.flush()
    assert setup.is_needed()


@pytest.mark.parametrize(
    "wrong", [{"firm": ""}, {"username": "a b"}, {"password": "12345678", "again": "12345678"}, {"again": "x"}]
)
def test_what_is_wrong_is_said_and_stays(client, wrong):
    answer = client.post("/setup", data=FIRST | wrong)
    assert answer.status_code == 422
    assert "王总" in answer.text
    assert setup.is_needed()


def test_of_two_browsers_at_once_one_wins(live_app):
    together = Barrier(2)

    def work(username):
        with live_app.app_context():
            together.wait()
            try:
                setup.begin("安居装饰", "王总", username, "stone-and-river-7", at=clock.now())
                db.session.commit()
            except Refused:
                return 0
            return 1

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(work, ["one", "two"])) == 1
    assert db.session.query(Person).count() == 1
