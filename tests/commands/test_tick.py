"""`flask tick`, run twice."""

from datetime import date

from tests.factories import a_project
from tests.shipped import Stage


def test_it_makes_what_is_due_and_running_it_again_makes_nothing(cli, app, freeze):
    freeze("2026-03-05 10:00")
    a_project(reached={Stage.KICKOFF: date(2026, 3, 5)})
    first, again = cli.invoke(args=["tick"]), cli.invoke(args=["tick"])
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert first.output.startswith("2026-03-05 10:00: 新增回访 1 个")
    assert again.output == "2026-03-05 10:00: 新增回访 0 个，更新工程状态 0 个。\n"
