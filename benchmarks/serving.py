"""The server as production starts it, and a browser that opens one page after the other."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from benchmarks.grounds import ROOT, Firm

HIDDEN = re.compile(r'name="(csrf_token|once|version|number)"[^>]*? value="([^"]*)"')
STARTS_WITHIN = 60.0
ENDS_WITHIN = 15.0


@contextmanager
def serving(firm: Firm, *, counting: bool = False) -> Iterator[int]:
    """The port of a server on the firm; it ends with the block. `counting`: its answers say how many queries they
    took, which a measured server doesn't."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    also = {"HOST": "127.0.0.1", "PORT": str(port)} | ({"BENCH_COUNTS": "1", "WEB_WORKERS": "1"} if counting else {})
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "benchmarks.served:app"],
        cwd=ROOT, env=firm.environment | also, start_new_session=True,
    )  # fmt: skip
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            if Browser(port).get("/livez").status == http.client.OK:
                return
        except OSError:
            pass
        if process.poll() is not None or time.monotonic() > end:
            raise SystemExit("The server did not start; its words are above.")
        time.sleep(0.1)


@dataclass(frozen=True)
class Answer:
    """What came back, and how many seconds it took from connecting to the last byte."""

    status: int
    text: str
    queries: int
    seconds: float

    def hidden(self) -> dict[str, str]:
        """The tokens of the page's last form."""
        return dict(HIDDEN.findall(self.text))


class Browser:
    """One person's browser; every request has a connection of its own."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def sign_in(self, username: str, password: str) -> "Browser":
        """Begin a session."""
        form = self.get("/login").hidden()
        answer = self.post("/login", form | {"username": username, "password": password})
        if answer.status != http.client.FOUND:
            raise SystemExit(f"{username} could not sign in: {answer.status}.")
        return self

    def get(self, path: str) -> Answer:
        """A page."""
        return self._ask("GET", path)

    def post(self, path: str, form: Mapping[str, str]) -> Answer:
        """A form sent."""
        return self._ask("POST", path, urlencode(form))

    def _ask(self, method: str, path: str, body: str | None = None) -> Answer:
        headers = {"Accept-Language": "zh-CN", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        content = response.read()
        connection.close()
        seconds = time.perf_counter() - began
        for line in response.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        queries = int(response.headers.get("X-Queries", "0"))
        return Answer(response.status, content.decode(errors="replace"), queries, seconds)
