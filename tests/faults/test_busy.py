"""Another process writes and does not end: whoever waits is told so, and nothing is half saved."""

import sqlite3

import pytest
from sqlalchemy import event

from app.domain.accounts.models import LoginFailure
from app.extensions import db

pytestmark = pytest.mark.sqlite  # PostgreSQL locks rows, not the file


def test_a_database_that_stays_busy_is_said_in_words(live_app):
    live_app.config["WTF_CSRF_ENABLED"] = False
    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "connect", lambda connection, _record: connection.execute("PRAGMA busy_timeout=50"))
    holder = sqlite3.connect(db.engine.url.database, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        answer = live_app.test_client().post("/login", data={"username": "agent", "password": "something-else"})
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    assert answer.status_code == 503
    assert "系统正忙" in answer.text
    assert db.session.query(LoginFailure).count() == 0
