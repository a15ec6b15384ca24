"""Real processes at work on a long file: pressed twice, cancelled, killed. Meanwhile the pages answer."""

import os
import signal
import subprocess
import time
from contextlib import contextmanager

import pytest
from sqlalchemy import update

from app.domain.customers.models import Customer
from app.domain.imports import batches
from app.domain.imports.models import ImportBatch
from app.domain.jobs import job
from app.domain.jobs.job import Job
from app.extensions import db
from tests.blueprints.imports.longfiles import TWO, agreed, batch_at, begun_here, uploaded
from tests.domain.imports.books import how_many
from tests.people import login, make_cast

LONGEST_SECONDS = 60


@pytest.fixture
def started(monkeypatch):
    """The processes that were started, in their order."""
    found = []

    class Remembered(subprocess.Popen):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            found.append(self)

    monkeypatch.setattr(job.subprocess, "Popen", Remembered)
    yield found
    for process in found:
        process.wait(LONGEST_SECONDS)


@pytest.fixture
def admin(live_app, tmp_path, monkeypatch):
    """An administrator at an app for which two rows are a long file."""
    monkeypatch.setitem(live_app.config, "FILES_DIR", str(tmp_path))
    monkeypatch.setitem(live_app.config, "WTF_CSRF_ENABLED", False)
    monkeypatch.setattr(batches, "AT_ONCE", 1)
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)  # without compiled files a start is twice as slow
    return login(live_app.test_client(), make_cast().admin)


@pytest.fixture
def url(admin, started, monkeypatch):
    """The address of a file of two customers that was looked at."""
    with monkeypatch.context() as here:
        here.setattr(Job, "start", begun_here)
        return uploaded(admin, *TWO)


@contextmanager
def held_up(url):
    """Somebody else writes to the batch and does not end: whoever applies it has to wait."""
    batch_id = batch_at(url).id
    db.session.rollback()
    with db.engine.connect() as other, other.begin() as transaction:
        other.execute(update(ImportBatch).where(ImportBatch.id == batch_id).values(kind="customers"))
        yield
        transaction.rollback()


def ended(admin, url):
    """The page once the work has ended."""
    end = time.monotonic() + LONGEST_SECONDS
    while "HX-Refresh" not in admin.get(f"{url}/job").headers:
        assert time.monotonic() < end
        time.sleep(0.05)
    return admin.get(url).text


def test_pressed_twice_it_is_applied_once(admin, url, started):
    agreement = agreed(admin, url)
    with held_up(url):
        for _press in range(2):
            page = admin.post(f"{url}/job", data=agreement, follow_redirects=True).text
            assert "正在导入" in page
        assert "正在处理" in admin.get("/imports").text
    assert "已导入客户" in ended(admin, url)
    assert (len(started), how_many(Customer)) == (1, 2)


def test_cancelled_it_has_written_nothing_and_can_be_applied_again(admin, url):
    with held_up(url):
        admin.post(f"{url}/job", data=agreed(admin, url))
        page = admin.post(f"{url}/job/cancellation", follow_redirects=True).text
        assert "正在停下" in page
        assert "取消导入" not in page
    assert "已取消，什么都没有写入" in ended(admin, url)
    assert how_many(Customer) == 0
    admin.post(f"{url}/job", data=agreed(admin, url))
    assert "已导入客户" in ended(admin, url)
    assert how_many(Customer) == 2


def test_a_killed_process_has_written_nothing_and_its_work_is_taken_up_again(admin, url, started):
    with held_up(url):
        admin.post(f"{url}/job", data=agreed(admin, url))
        os.kill(started[-1].pid, signal.SIGKILL)
        started[-1].wait()
        assert "中断了，什么都没有写入" in admin.get(url).text
        assert agreed(admin, url)["seen"]
    assert how_many(Customer) == 0
    admin.post(f"{url}/job", data=agreed(admin, url))
    assert "已导入客户" in ended(admin, url)
    assert how_many(Customer) == 2
