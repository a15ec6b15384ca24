"""`flask job run`: done and committed, refused, broken; and never twice at once."""

import os
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from app.commands import jobs
from app.domain.accounts.models import Branch
from app.domain.core.errors import Refused
from app.domain.job_kinds import JOBS
from app.domain.jobs.job import End, Job, State
from app.domain.jobs.kinds import JobKind
from app.extensions import db

NAME = "branches.open"


class Opening:
    """A task that opens a branch of its subject's name, and may end as it is told to."""

    def __init__(self, ending=None):
        self.ending = ending

    def __call__(self, subject, progress, options, *, files, at):
        db.session.add(Branch(name=f"{subject}{options.get('more', '')}"))
        db.session.flush()
        progress.keep(f"{files.name}")
        if self.ending:
            raise self.ending


@pytest.fixture
def job(app, tmp_path, monkeypatch):
    monkeypatch.setitem(app.config, "FILES_DIR", str(tmp_path))
    return Job(tmp_path, "branches", "城北")


@pytest.fixture
def run(app, job, cli, monkeypatch):
    """Runs the task with such an ending; answers with the command's outcome."""
    monkeypatch.setattr(jobs.run.params[0].type, "choices", [NAME])

    def run(ending=None, *more, **kind):
        monkeypatch.setitem(JOBS, NAME, JobKind(Opening(ending), **kind))
        return cli.invoke(args=["job", "run", NAME, job.subject, *more])

    return run


def branches():
    db.session.rollback()
    return [branch.name for branch in db.session.query(Branch).filter(Branch.name.like("城北%"))]


def test_what_it_did_is_committed_and_its_end_noted(run, job, tmp_path):
    result = run(None, "--options", '{"more": "二部"}')
    assert (result.exit_code, result.output) == (0, "")
    assert branches() == ["城北二部"]
    assert (job.state().kind, job.state().end, job.result()) == (NAME, End.DONE, tmp_path.name)


@pytest.mark.parametrize(
    ("ending", "why"),
    [
        (Refused("还差 %(n)s 项", n=3), "还差 %(n)s 项"),
        (OperationalError("", {}, Exception("database is locked")), "数据库正忙"),
    ],
)
def test_one_that_stops_has_written_nothing_and_says_why(run, job, ending, why):
    assert run(ending).exit_code == 0
    assert branches() == []
    assert job.state().end is End.STOPPED
    assert why in job.state().message


def test_one_that_breaks_says_so_and_leaves_the_reason_in_the_log(run, job):
    result = run(ZeroDivisionError("no"))
    assert isinstance(result.exception, ZeroDivisionError)
    assert branches() == []
    assert "程序出错" in job.state().message


def test_while_one_is_at_work_a_second_is_refused_in_one_line(run, job):
    lock = job.claim(State(NAME))
    result = run()
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert branches() == []
    os.close(lock)


def test_an_unknown_task_is_wrong_usage(cli, app):
    assert cli.invoke(args=["job", "run", "nothing.such", "1"]).exit_code == 2


def test_every_task_is_named_by_its_room():
    rooms = {path.name for path in Path("app/domain").iterdir() if path.is_dir()}
    assert {name.partition(".")[0] for name in JOBS} <= rooms
