"""The work on a subject: who has it, what is noted of it, and that it can be told to stop."""

import os

import pytest

from app.domain.core.errors import Refused
from app.domain.jobs import job as jobs
from app.domain.jobs.job import End, Job, JobProgress, State
from app.domain.jobs.progress import Cancelled

STATE = State("months.print")


@pytest.fixture
def job(tmp_path):
    return Job(tmp_path, "months", "2026-11")


@pytest.fixture
def claim():
    """Claims a job, and gives it back in the end."""
    held = []

    def claim(job, **more):
        lock = job.claim(STATE, **more)
        if lock is not None:
            held.append(lock)
        return lock is not None

    yield claim
    for lock in held:
        os.close(lock)


def test_a_subject_is_claimed_once_at_a_time_whoever_asks(job, claim, tmp_path):
    assert claim(job)
    assert not claim(Job(tmp_path, "months", "2026-11"))
    assert claim(Job(tmp_path, "months", "2026-10"))
    assert claim(Job(tmp_path, "exports", "2026-11"))


def test_it_is_free_again_when_its_process_is_gone(job):
    lock = job.claim(STATE)
    assert job.is_busy()
    os.close(lock)
    assert not job.is_busy()
    assert job.state().end is None


def test_a_page_that_looks_hinders_nobody(job, claim):
    looking = job._locked(jobs.fcntl.LOCK_SH, tries=1)
    assert not job.is_busy()
    os.close(looking)
    assert claim(job)


def test_what_was_never_begun_has_neither_state_nor_result(job):
    assert (job.state(), job.result(), job.is_busy(), job.is_cancelled()) == (None, None, False, False)


def test_how_it_ended_is_read_as_it_was_noted(job):
    job.finish("months.print")
    assert (job.state().kind, job.state().end) == ("months.print", End.DONE)
    job.stop("months.print", Refused("还差 %(n)s 项", n=3))
    assert (job.state().end, job.state().message, job.state().params) == (End.STOPPED, "还差 %(n)s 项", {"n": 3})


def test_only_work_that_is_going_on_is_cancelled(job, claim):
    job.cancel()
    assert not job.is_cancelled()
    claim(job)
    job.cancel()
    assert job.is_cancelled()


def test_beginning_again_forgets_the_cancellation_and_if_asked_the_result(job):
    os.close(job.claim(STATE))
    job.keep("found")
    (job.path.parent / "2026-11.cancel").touch()
    os.close(job.claim(STATE))
    assert (job.is_cancelled(), job.result()) == (False, "found")
    os.close(job.claim(STATE, anew=True))
    assert job.result() is None


def test_progress_is_noted_at_each_phase_and_now_and_then_within(job, monkeypatch):
    now = 100.0
    monkeypatch.setattr(jobs.time, "monotonic", lambda: now)
    progress = JobProgress(job, "months.print")
    progress.reached("数", 1, 10)
    progress.reached("数", 2, 10)
    assert job.state() == State("months.print", "数", 1, 10)
    now += 1
    progress.reached("数", 7, 10)
    assert job.state().done == 7
    progress.reached("排")
    assert (job.state().phase, job.state().done, job.state().total) == ("排", 0, 0)


def test_progress_ends_where_it_was_cancelled(job, claim):
    claim(job)
    job.cancel()
    with pytest.raises(Cancelled):
        JobProgress(job, "months.print").reached("数")


def test_what_the_task_keeps_the_page_reads(job):
    JobProgress(job, "months.print").keep("三页")
    assert job.result() == "三页"
