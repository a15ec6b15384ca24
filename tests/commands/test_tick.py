"""`flask tick`, run twice; and with a job that fails."""

import logging
from datetime import date, time, timedelta

import pytest

from app.commands import tick
from app.domain.accounts.models import Branch
from app.domain.core import clock
from app.domain.jobs.due import EVERY_TICK, DueJob
from app.extensions import db
from tests.factories import a_project
from tests.shipped import Stage


@pytest.fixture
def due(monkeypatch):
    """Jobs that take the place of the real ones."""

    def instead(*jobs):
        monkeypatch.setattr(tick, "DUE", jobs)

    return instead


def opens(name, ending=None):
    """A job that opens a branch of its name, and may end badly."""

    def run(_at):
        db.session.add(Branch(name=name))
        db.session.flush()
        if ending:
            raise ending
        return 1

    return DueJob(f"branches.{name}", f"开{name}", EVERY_TICK, run)


def branches():
    return {branch.name for branch in db.session.query(Branch).filter(Branch.name.like("城%"))}


def test_it_makes_what_is_due_and_running_it_again_makes_nothing(cli, app, freeze):
    freeze("2026-03-05 10:00")
    a_project(reached={Stage.KICKOFF: date(2026, 3, 5)})
    first, again = cli.invoke(args=["tick"]), cli.invoke(args=["tick"])
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert first.output.startswith("2026-03-05 10:00: 新增回访 1 个")
    assert again.output == "2026-03-05 10:00: 新增回访 0 个，更新工程状态 0 个。\n"


def test_what_became_due_since_is_done_even_in_the_same_moment(cli, app, freeze):
    freeze("2026-03-05 10:00")
    cli.invoke(args=["tick"])
    a_project(reached={Stage.KICKOFF: date(2026, 3, 5)})
    assert "新增回访 1 个" in cli.invoke(args=["tick"]).output


def test_it_goes_on_after_the_clock_was_wrong(cli, app, freeze):
    traveller = freeze("2030-01-01 10:00")
    cli.invoke(args=["tick"])
    traveller.move_to(clock.at(date(2026, 3, 5), time(10)))
    a_project(reached={Stage.KICKOFF: date(2026, 3, 5)})
    assert "新增回访 1 个" in cli.invoke(args=["tick"]).output


def test_one_that_fails_keeps_no_other_from_being_done(cli, app, freeze, due, caplog):
    freeze("2026-03-05 10:00")
    due(opens("城南"), opens("城中", ZeroDivisionError("no")), opens("城北"))
    with caplog.at_level(logging.ERROR):
        result = cli.invoke(args=["tick"])
    assert result.exit_code == 1
    assert result.stdout == "2026-03-05 10:00: 开城南 1 个，开城北 1 个。\n"
    assert result.stderr.count("没有做成：开城中。") == 1
    assert "branches.城中 failed" in caplog.text
    assert "ZeroDivisionError" in caplog.text
    db.session.rollback()
    assert branches() == {"城南", "城北"}


def test_what_failed_is_done_by_the_next(cli, app, due):
    due(opens("城中", ZeroDivisionError("no")))
    assert cli.invoke(args=["tick"]).stdout == ""
    due(opens("城中"))
    result = cli.invoke(args=["tick"])
    assert (result.exit_code, branches()) == (0, {"城中"})


def test_every_job_knows_the_moment_of_the_whole_run(cli, app, freeze, due):
    traveller = freeze("2026-03-05 10:00")
    heard = []

    def listen(at):
        heard.append(at)
        traveller.shift(timedelta(minutes=5))
        return 0

    due(DueJob("one", "甲", EVERY_TICK, listen), DueJob("two", "乙", EVERY_TICK, listen))
    cli.invoke(args=["tick"])
    assert [clock.local(at).strftime("%H:%M") for at in heard] == ["10:00", "10:00"]


def test_what_is_done_once_an_hour_waits_for_the_hour(cli, app, freeze, due):
    traveller = freeze("2026-03-05 10:00")
    heard = []
    due(DueJob("hourly", "甲", timedelta(hours=1), lambda at: heard.append(f"{clock.local(at):%H:%M}") or 1))
    for minutes in (0, 59, 1, 30):
        traveller.shift(timedelta(minutes=minutes))
        cli.invoke(args=["tick"])
    assert heard == ["10:00", "11:00"]
