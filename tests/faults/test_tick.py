"""Two timers at once, as on two servers, and one that is killed: everything that is due is done, and nothing twice."""

import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select, text

from app.domain.accounts.models import Branch
from app.domain.callbacks.models import Callback
from app.domain.core import clock
from app.domain.due_jobs import DUE
from app.domain.jobs import due
from app.domain.jobs.due import EVERY_TICK, DueJob
from app.extensions import db
from tests.factories import a_project
from tests.shipped import Stage
from tests.support.once import ROOT

AT = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)
SITES = 40
WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))")
HANGS = """
import time
from wsgi import app
from app.commands import tick
from app.domain.accounts.models import Branch
from app.domain.jobs.due import EVERY_TICK, DueJob
from app.extensions import db

def hang(at):
    db.session.add(Branch(name="城中"))
    db.session.flush()
    print("written", flush=True)
    time.sleep(60)

tick.DUE.append(DueJob("hangs", "开城中", EVERY_TICK, hang))
with app.app_context():
    tick.tick([])
"""


def sends_letters(_at):
    """Not to be done twice: whoever looks while another one is at it finds the same letters unsent."""
    unsent = db.session.scalars(select(Branch).where(Branch.name.like("信%"))).all()
    time.sleep(0.3)
    for letter in unsent:
        letter.name = f"寄出{letter.name}"
        db.session.add(Branch(name=f"回执{letter.name}"))
    return len(unsent)


def at_once(app, work, times=2):
    """What each of so many threads answers that begin together."""
    together = Barrier(times)

    def one(number):
        with app.app_context():
            together.wait()
            try:
                return work(number)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def process(app, *arguments):
    environment = os.environ | {"DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"]}
    return subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def letters(live_app):
    db.session.add_all(Branch(name=f"信{n}") for n in range(3))
    db.session.commit()
    nothing = DueJob("letters", "寄信", EVERY_TICK, lambda _at: 0)
    due.run(nothing, AT - timedelta(minutes=1))  # so that there is a row to claim
    db.session.commit()


def how_many(pattern):
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(Branch.name.like(pattern)))


def test_of_two_that_claim_a_job_at_once_one_does_it(live_app, letters):
    def tick(_number):
        done = due.run(DueJob("letters", "寄信", EVERY_TICK, sends_letters), AT)
        db.session.commit()
        return done

    assert sorted(at_once(live_app, tick)) == [0, 3]
    assert (how_many("寄出信%"), how_many("回执%")) == (3, 3)


@pytest.mark.postgresql  # on SQLite the second looks when the first has ended, and finds nothing
@pytest.mark.parametrize("is_new", [False, True])
def test_who_comes_second_does_not_even_look(live_app, letters, is_new):
    looked = []

    def looks(at):
        looked.append(at)
        until = time.monotonic() + 5
        while not db.session.scalar(WAITING) and time.monotonic() < until:
            time.sleep(0.02)
        return 1

    def tick(_number):
        done = due.run(DueJob("new" if is_new else "letters", "寄信", EVERY_TICK, looks), AT)
        db.session.commit()
        return done

    assert sorted(at_once(live_app, tick)) == [0, 1]
    assert looked == [AT]


def test_what_the_first_undid_the_second_does(live_app, letters):
    failed = []

    def breaks_once(at):
        done = sends_letters(at)
        if not failed:
            failed.append(at)
            raise ZeroDivisionError
        return done

    def tick(_number):
        try:
            done = due.run(DueJob("letters", "寄信", EVERY_TICK, breaks_once), AT)
        except ZeroDivisionError:
            db.session.rollback()
            return "failed"
        db.session.commit()
        return done

    assert sorted(at_once(live_app, tick), key=str) == [3, "failed"]
    assert (how_many("寄出信%"), how_many("回执%")) == (3, 3)


def test_different_jobs_are_claimed_apart(live_app):
    def tick(number):
        done = due.run(DueJob(f"job-{number}", "事", EVERY_TICK, lambda _at: 1), AT)
        db.session.commit()
        return done

    assert at_once(live_app, tick, times=4) == [1] * 4


def test_two_timers_make_each_callback_once(live_app):
    today = clock.today()
    for _site in range(SITES):
        a_project(reached={Stage.KICKOFF: today})
    db.session.commit()
    started = [process(live_app, "-m", "flask", "--app", "wsgi", "tick") for _server in range(2)]
    told = [each.communicate(timeout=120)[0] for each in started]
    assert [each.returncode for each in started] == [0, 0]
    made = [int(re.search(r"新增回访 (\d+) 个", words)[1]) for words in told]
    db.session.rollback()
    assert sum(made) == db.session.scalar(select(func.count(Callback.id))) >= SITES


def test_a_killed_timer_keeps_what_was_done_and_the_rest_is_done_by_the_next(live_app):
    a_project(reached={Stage.KICKOFF: clock.today()})
    db.session.commit()
    killed = process(live_app, "-c", HANGS)
    assert killed.stdout.readline() == "written\n"
    killed.send_signal(signal.SIGKILL)
    killed.communicate(timeout=60)
    opened = DueJob("hangs", "开城中", EVERY_TICK, lambda _at: db.session.add(Branch(name="城中")) or 1)
    assert (how_many("城中"), due.run(DUE[0], clock.now()), due.run(opened, clock.now())) == (0, 0, 1)
    db.session.commit()
    assert (how_many("城中"), db.session.scalar(select(func.count(Callback.id)))) == (1, 1)
