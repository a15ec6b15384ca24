"""A real server on a real port, and a real Chromium in front of it."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.support.once import CannotRun

NO_CHROMIUM = (
    "Chromium is not on this machine, and the suite drives a real browser: "
    "“bin/setup test” installs it, or “apt-get install chromium”."
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str:
    """The browser's path."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    raise CannotRun(NO_CHROMIUM)


class Quiet(WSGIRequestHandler):
    """Answers without a line for each request."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: Any) -> None:
        """Nothing: a failing test shows its page instead."""


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The address at which the app answers meanwhile, many requests at a time."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def chromium_browser() -> Iterator[Browser]:
    """Debian's Chromium without a screen."""
    try:
        path = chromium()
    except CannotRun as error:
        pytest.fail(str(error), pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS, headless=True)
        yield browser
        browser.close()


STARTED = "html[data-ready], html:not(:has(script[src$='/main.js']))"


def wait_for_scripts(page: Page) -> None:
    """Make every way to another page end when its scripts have started: a test is faster than any finger."""
    for way in ("goto", "reload", "wait_for_url"):
        setattr(page, way, _started_after(page, getattr(page, way)))


def _started_after(page: Page, go: Callable[..., Any]) -> Callable[..., Any]:
    def gone(*args: Any, **kwargs: Any) -> Any:
        answer = go(*args, **kwargs)
        page.wait_for_selector(STARTED, state="attached")
        return answer

    return gone


class Faults:
    """What a page complains about: uncaught errors of scripts, breaches of the content policy, missing files."""

    def __init__(self, page: Page) -> None:
        self.seen: list[str] = []
        page.on("pageerror", lambda error: self.seen.append(f"{page.url}: {error}"))
        page.on("console", self.note)

    def note(self, message: ConsoleMessage) -> None:
        """Keep errors. A refused form answers 4xx by design, and the console mentions that."""
        refused = "the server responded with a status of 4" in message.text and "404" not in message.text
        asked_by_the_browser = message.location["url"].endswith("/favicon.ico")  # by itself, where a page names none
        if message.type == "error" and not refused and not asked_by_the_browser:
            self.seen.append(f"{message.text} {message.location['url']}")
