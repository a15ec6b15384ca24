"""The server as deploy/ starts it: it answers although others hold connections, and it ends when told to."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.conftest import copy_of_template
from tests.support.grounds import Ground
from tests.support.once import ROOT

pytestmark = pytest.mark.sqlite  # what serves is the same on either database


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answered(url: str, within: float) -> bytes:
    """The page at the address, as soon as a server is there."""
    end = time.monotonic() + within
    while True:
        try:
            with urlopen(url, timeout=5) as response:
                return bytes(response.read())
        except (URLError, ConnectionError):
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


@pytest.fixture
def server(ground: Ground) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """gunicorn with one worker: its port and process."""
    address, port = copy_of_template(ground), free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "wsgi:app"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": address, "PORT": str(port), "WEB_WORKERS": "1"},
    )
    yield port, process
    process.kill()
    process.wait()
    ground.drop(address)


def test_idle_connections_hold_no_worker_and_a_signal_ends_it(server):
    port, process = server
    assert answered(f"http://127.0.0.1:{port}/livez", within=60) == b"ok\n"
    with ExitStack() as idle:
        for _ in range(4):
            idle.enter_context(socket.create_connection(("127.0.0.1", port)))
        assert answered(f"http://127.0.0.1:{port}/readyz", within=1) == b"ok\n"
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 0


def test_who_sends_too_much_is_told_and_not_cut_off(server):
    port, _process = server
    answered(f"http://127.0.0.1:{port}/livez", within=60)
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("POST", "/login", b"x" * (40 << 20), {"Content-Type": "application/x-www-form-urlencoded"})
    answer = connection.getresponse()
    assert answer.status == 413
    assert "文件太大" in answer.read().decode()
