"""Fixtures that every test may ask for. How they work is in tests/support."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import time_machine
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from playwright.sync_api import Browser, Page
from sqlalchemy.orm import Session, scoped_session

from app import create_app
from app.domain.core import clock
from app.extensions import db
from tests.support import counting
from tests.support.browser import Faults, chromium_browser, serving, wait_for_scripts
from tests.support.grounds import Ground
from tests.support.isolation import Client, Runner, Undone
from tests.support.once import FOLDER, CannotRun

pytest_plugins = ["tests.support.selection", "tests.people"]


@pytest.fixture(scope="session")
def run_folder(pytestconfig: pytest.Config, worker_id: str) -> Iterator[Path]:
    """This process's own folder: nothing of the suite touches `instance/` or the user's environment."""
    folder = pytestconfig.stash[FOLDER] / f"instance-{worker_id}"
    folder.mkdir()
    for name in ("DATABASE_URL", "SECRET_KEY", "FILES_DIR", "FILES_URL", "PUBLIC_URL", "TZ_NAME", "TRUSTED_PROXIES"):
        os.environ.pop(name, None)
    os.environ["INSTANCE_DIR"] = str(folder)
    return folder


@pytest.fixture(scope="session")
def ground(request: pytest.FixtureRequest, pytestconfig: pytest.Config, run_folder: Path, worker_id: str) -> Ground:
    """The database this test runs on; the test runs once for each."""
    return Ground(request.param, pytestconfig.stash[FOLDER], worker_id)


def copy_of_template(ground: Ground) -> str:
    """The address of a fresh database; a machine without one fails the test with the reason."""
    try:
        return ground.copy()
    except CannotRun as error:
        reason = str(error)
    pytest.fail(reason, pytrace=False)


def make_app(address: str, **overrides: Any) -> Flask:
    """The app as tests want it: cheap passwords, no CSRF tokens; a test about those turns them on again."""
    settings = {"SQLALCHEMY_DATABASE_URI": address, "PASSWORD_PROFILE": "cheap", "WTF_CSRF_ENABLED": False}
    app = create_app(**settings | {"TESTING": True} | overrides)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(os.environ["INSTANCE_DIR"])  # a template is compiled once
    app.test_client_class = Client
    app.test_cli_runner_class = Runner
    with app.app_context():
        counting.watch(db.engine)
    return app


@pytest.fixture(scope="session")
def undone(ground: Ground) -> Iterator[Undone]:
    """The app of this process on this ground, and the one connection its tests share."""
    address = copy_of_template(ground)
    undone = Undone(make_app(address))
    yield undone
    undone.close()
    ground.drop(address)


@pytest.fixture
def app(undone: Undone) -> Iterator[Flask]:
    """The app, its context pushed, in a transaction that is undone after the test. Code may commit."""
    with undone.transaction():
        yield undone.app


@pytest.fixture
def db_session(app: Flask) -> scoped_session[Session]:
    """The test's database session."""
    return db.session


@pytest.fixture
def client(app: Flask) -> Any:
    """A browser without a screen, not signed in."""
    return app.test_client()


@pytest.fixture
def cli(app: Flask) -> Any:
    """Runs `flask` commands: cli.invoke(args=["tick"])."""
    return app.test_cli_runner()


@pytest.fixture
def live_app(ground: Ground) -> Iterator[Flask]:
    """An app on a database of its own where commits are real: for threads, processes and the browser."""
    address = copy_of_template(ground)
    app = make_app(address, WTF_CSRF_ENABLED=True)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    ground.drop(address)


class Server(NamedTuple):
    """A server that answers at `url` with the app of this test."""

    url: str
    app: Flask


@pytest.fixture
def live_server(live_app: Flask) -> Iterator[Server]:
    """The app behind a real port. Commit what the pages shall show."""
    with serving(live_app) as url:
        yield Server(url, live_app)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all the tests of this process."""
    with chromium_browser() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, live_server: Server) -> Iterator[Page]:
    """A page of a fresh profile at the live server. A script's error fails the test even if nothing asked for it."""
    context = browser.new_context(base_url=live_server.url, locale="zh-CN", timezone_id="Asia/Shanghai")
    context.set_default_timeout(30_000)
    context.on("page", wait_for_scripts)
    page = context.new_page()
    faults = Faults(page)
    yield page
    context.close()
    assert not faults.seen, "\n".join(faults.seen)


@pytest.fixture
def queries() -> Callable[..., Any]:
    """`with queries(at_most=6): client.get("/cases")`."""
    return counting.queries


@pytest.fixture
def freeze() -> Iterator[Callable[[str | datetime], time_machine.Traveller]]:
    """`freeze("2026-03-05 10:00")` stops the clock at that time on the firm's wall; it answers with the traveller."""
    with ExitStack() as stack:

        def stop(when: str | datetime) -> time_machine.Traveller:
            instant = datetime.fromisoformat(when) if isinstance(when, str) else when
            instant = instant if instant.tzinfo else instant.replace(tzinfo=clock.zone())
            return stack.enter_context(time_machine.travel(instant, tick=False))

        yield stop
