"""Two requests wait for each other's rows: PostgreSQL undoes one, and both people still get their page."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Barrier

import pytest
from flask import request
from psycopg.errors import DeadlockDetected, QueryCanceled, SerializationFailure
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from app.domain.core.errors import Conflict
from app.domain.customers.models import Customer
from app.extensions import db
from app.web.access import public
from app.web.retry import TIMES, carried_out_again
from tests.factories import a_branch, a_customer


@pytest.fixture
def route(live_app):
    """Adds a page to the app and answers with how it is sent a form."""
    live_app.config["WTF_CSRF_ENABLED"] = False

    def added(view):
        live_app.add_url_rule("/try", view_func=public(view), methods=["POST"])
        return lambda **sent: live_app.test_client().post("/try", **sent)

    return added


def undone(kind=DeadlockDetected):
    return OperationalError("UPDATE", {}, kind())


@pytest.mark.postgresql
def test_a_real_deadlock_is_not_seen_by_either(live_app, route):
    first, second = a_customer().id, a_customer().id
    db.session.commit()
    together, tried = Barrier(2), Counter()

    def view():
        mark = request.form["mark"]
        here, there = (first, second) if mark == "a" else (second, first)
        tried[mark] += 1
        noted(here, mark)
        if tried[mark] == 1:
            together.wait()
        noted(there, mark)
        db.session.commit()
        return "kept"

    def noted(customer_id, mark):
        with_mark = update(Customer).where(Customer.id == customer_id).values(notes=Customer.notes + mark)
        db.session.execute(with_mark)

    post = route(view)

    def sent(mark):
        with live_app.app_context():
            return post(data={"mark": mark})

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(sent, "ab"))
    assert [(answer.status_code, answer.text) for answer in answers] == [(200, "kept")] * 2
    assert min(tried.values()) == 1, "the one that won was not undone"
    assert max(tried.values()) > 1, "the other came again, on a busy machine more than once"
    assert [sorted(db.session.get(Customer, row).notes) for row in (first, second)] == [["a", "b"]] * 2


@pytest.mark.parametrize("kind", [DeadlockDetected, SerializationFailure])
def test_what_was_sent_is_read_again(route, kind):
    read = []

    def view():
        read.append((request.form["why"], request.files["photo"].read()))
        if len(read) == 1:
            raise undone(kind)
        return "kept"

    answer = route(view)(data={"why": "漏水", "photo": (BytesIO(b"picture"), "p.jpg")})
    assert (answer.status_code, answer.text) == (200, "kept")
    assert read == [("漏水", b"picture")] * 2


@pytest.mark.parametrize(
    ("sent", "keeps", "fault", "times"),
    [
        ({"data": {"why": "x"}}, False, DeadlockDetected, 1 + TIMES),
        ({"data": {"why": "x"}}, True, DeadlockDetected, 1),
        ({"data": {"why": "x"}}, False, QueryCanceled, 1),
        ({"data": b"{}", "content_type": "application/json"}, False, DeadlockDetected, 1),
    ],
    ids=["again and again", "part of it is kept", "another fault", "a body that is gone"],
)
def test_where_it_does_not_help_or_is_not_safe_the_page_says_so(route, sent, keeps, fault, times):
    begun = []

    def view():
        begun.append(a_branch(f"区{len(begun)}"))
        if keeps:
            db.session.commit()
        raise undone(fault)

    answer = route(view)(**sent)
    assert answer.status_code == 503
    assert "系统正忙" in answer.text
    assert len(begun) == times


def test_a_command_begins_anew_and_gives_up_in_words(app):
    tried = []

    @carried_out_again
    def work(faults):
        tried.append(a_customer())
        if len(tried) <= faults:
            raise undone()
        return "done"

    assert work(faults=TIMES) == "done"
    tried.clear()
    with pytest.raises(Conflict, match="什么都没有写入"):
        work(faults=1 + TIMES)
