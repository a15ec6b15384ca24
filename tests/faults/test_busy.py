"""Another process writes and does not end: whoever waits is told so, and nothing is half saved."""

import sqlite3
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event

from app.database import PATIENCE
from app.domain.accounts.models import LoginFailure, LoginSession
from app.domain.core import clock
from app.extensions import db
from tests.people import login, make_cast

pytestmark = pytest.mark.sqlite  # PostgreSQL locks rows, not the file


@contextmanager
def held():
    """Somebody writes, and ends without having written."""
    holder = sqlite3.connect(db.engine.url.database, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        holder.execute("ROLLBACK")
        holder.close()


def test_a_database_that_stays_busy_is_said_in_words(live_app):
    live_app.config["WTF_CSRF_ENABLED"] = False
    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "connect", lambda connection, _record: connection.execute("PRAGMA busy_timeout=50"))
    with held():
        answer = live_app.test_client().post("/login", data={"username": "agent", "password": "something-else"})
    assert answer.status_code == 503
    assert "系统正忙" in answer.text
    assert db.session.query(LoginFailure).count() == 0


def test_a_page_does_not_wait_to_mark_that_its_reader_was_seen(live_app):
    client = login(live_app.test_client(), make_cast().admin)
    db.session.query(LoginSession).update({"seen_at": clock.now() - timedelta(minutes=20)})
    db.session.commit()
    before = time.monotonic()
    with held():
        assert client.get("/imports").status_code == 200
    assert time.monotonic() - before < PATIENCE / 1000 / 2
    assert client.get("/imports").status_code == 200
    db.session.rollback()
    assert db.session.query(LoginSession).one().seen_at > clock.now() - timedelta(minutes=5)
