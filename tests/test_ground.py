"""The ground the other tests stand on: isolation, counting, clock, browser."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from app.domain.core import clock
from app.extensions import db


def rows() -> int:
    return db.session.execute(text("SELECT count(*) FROM alembic_version WHERE version_num LIKE 'mark%'")).scalar_one()


def add(name: str = "mark") -> None:
    db.session.execute(text("INSERT INTO alembic_version (version_num) VALUES (:name)"), {"name": name})


@pytest.mark.parametrize("_again", [1, 2])
def test_what_a_test_commits_is_gone_in_the_next(app, _again):
    assert rows() == 0
    add()
    db.session.commit()
    db.session.rollback()
    assert rows() == 1


def test_rolling_back_undoes_what_was_not_committed_and_no_more(app):
    add("mark 1")
    db.session.commit()
    add("mark 2")
    db.session.rollback()
    assert rows() == 1


def test_a_request_sees_what_the_test_wrote(client, app):
    add()
    assert client.get("/readyz").status_code == 200
    assert rows() == 1


def test_statements_are_counted_and_savepoints_are_not(app, queries):
    db.session.commit()
    with queries() as seen:
        rows()
        add()
        db.session.commit()
    assert len(seen) == 2
    with pytest.raises(AssertionError, match="1 queries where 0"), queries(at_most=0):
        rows()


def test_the_clock_stops_on_the_firm_s_wall(freeze):
    traveller = freeze("2026-03-05 10:00")
    assert str(clock.now()) == "2026-03-05 02:00:00+00:00"
    traveller.shift(60)
    assert clock.now().minute == 1


def test_threads_lose_nothing(live_app):
    def work(number: int) -> None:
        with live_app.app_context():
            add(f"mark {number}")
            db.session.commit()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(20)))
    assert rows() == 20


@pytest.mark.browser
def test_a_browser_reaches_the_server(page):
    page.goto("/livez")
    assert page.text_content("body").strip() == "ok"
