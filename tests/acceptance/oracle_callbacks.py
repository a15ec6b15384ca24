"""The firm of the ledgers, and its callback figures."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from tests.acceptance.reckoning import RATINGS, Department, Row, days_of, moment, rate, share


class Firm:
    """The firm as its five ledgers tell it, imported on a day and reported on `at` a moment of it or later."""

    def __init__(self, sheets: dict[str, list[Row]], imported_on: date, at: datetime) -> None:
        self.imported_on, self.at = imported_on, at
        self.people: list[Row] = sheets["people"]
        self.customers: list[Row] = sheets["customers"]
        self.projects = {row["合同编号"]: row for row in sheets["projects"]}
        self.callbacks: list[Row] = sheets["callbacks"]

    def person(self, named: str | None) -> Row | None:
        """By account, else by full name."""
        for column in ("账号", "姓名"):
            for row in self.people:
                if named is not None and row[column] == named:
                    return row
        return None

    def department_of(self, named: str | None) -> Department | None:
        """The department of a person."""
        person = self.person(named)
        return (person["区域"], person["部门"]) if person and person.get("部门") else None

    def handed_to(self, named: str | None, branch: str | None) -> Department | None:
        """The department of whom a case was handed to; of equal names the one of the case's branch."""
        if named is None or self.person(named):
            return self.department_of(named)
        homes = {(row["区域"], row["部门"]) for row in self.people if row.get("部门") == named}
        return (branch, named) if branch and (branch, named) in homes else homes.pop()

    def who(self, named: str | None) -> tuple[str, str] | None:
        """A person as name and account: two of the same name stay two."""
        person = self.person(named)
        return (person["姓名"], person["账号"]) if person else None


class Callbacks(Firm):
    """What is counted of the callbacks file and of the sites."""

    def _called(self, row: Row) -> datetime | None:
        return moment(row.get("回访时间")) if row.get("结果") == "有效" else None

    def _root(self, row: Row) -> str:
        by_number = {one["回访编号"]: one for one in self.callbacks}
        while row.get("原回访编号"):
            row = by_number[row["原回访编号"]]
        return str(row["回访编号"])

    def _solved(self, row: Row) -> bool:
        first = self._called(row)
        later = [
            other
            for other in self.callbacks
            if (called := self._called(other)) and first and called > first and self._root(other) == self._root(row)
        ]
        return any(RATINGS.get(other.get("满意度") or "", 0) >= 4 for other in later)

    def _in_progress(self, project: Row, days: list[date]) -> list[date]:
        today = self.imported_on
        kickoff, completion = project.get("开工交底日期"), project.get("竣工验收日期")
        if kickoff is None or kickoff > today:
            return []
        last = completion if completion and completion <= today else days[-1]
        if project.get("状态") == "取消":
            last = min(last, today)
        found = [day for day in days if kickoff <= day <= last]
        return [day for day in found if day < today] if project.get("状态") == "停工" else found

    def callback_figures(self, period: str, rows: list[Row], projects: list[Row]) -> Row:
        """The figures of these callbacks and these projects."""
        days = days_of(period)
        due = [row for row in rows if row["应访截止"] in days]
        called = [row for row in rows if (at := self._called(row)) and at.date() in days]
        rated = [RATINGS[row["满意度"]] for row in called if row.get("满意度")]
        done = [row for row in due if self._called(row)]
        sites = {one["合同编号"]: len(self._in_progress(one, days)) for one in projects}
        quotas = {number: 2 if held >= 10 else 1 for number, held in sites.items() if held >= 3}
        reached = [row["合同编号"] for row in self.callbacks if (at := self._called(row)) and at.date() in days]
        return {
            "callbacks_due": len(due),
            "callbacks_done": len(done),
            "completion_rate": rate(len(done), len(due)),
            "timely_rate": share(due, lambda row: (at := self._called(row)) and at.date() <= row["应访截止"]),
            "effective_callbacks": len(called),
            "projects_in_progress": sum(held > 0 for held in sites.values()),
            "quota_met_rate": share(quotas, lambda number: reached.count(number) >= quotas[number]),
            "satisfied_rate": share(rated, lambda rating: rating >= 4),
            "ratings": {str(rating): rated.count(rating) for rating in (5, 4, 3, 2, 1)},
            "truthful_rate": share(called, lambda row: row.get("属实") != "否"),
            "dissatisfied_solved_rate": share(
                [row for row in called if RATINGS.get(row.get("满意度") or "", 5) <= 2], self._solved
            ),
        }

    def callback_report(self, period: str, branch: str | None, department: str | None) -> tuple[Row, Row]:
        """Figures and tables of `callbacks`. A callback's department is its agent's, a project's its manager's."""

        def kept(row: Row, whose: str) -> bool:
            home = self.projects[row["合同编号"]]["区域"]
            belongs = self.department_of(row.get(whose))
            return branch in (None, home) and (department is None or bool(belongs and belongs[1] == department))

        rows = [row for row in self.callbacks if kept(row, "客服")]
        projects = [row for row in self.projects.values() if kept(row, "项目经理")]

        def table(of_row: Callable[[Row], Any], of_project: Callable[[Row], Any] | None = None) -> dict[Any, Row]:
            names = {of_row(row) for row in rows} | ({of_project(row) for row in projects} if of_project else set())
            return {
                name: self.callback_figures(
                    period,
                    [row for row in rows if of_row(row) == name],
                    [row for row in projects if of_project and of_project(row) == name],
                )
                for name in names
            }

        def manager(row: Row) -> tuple[str, str] | None:
            return self.who(self.projects[row["合同编号"]].get("项目经理"))

        def home(row: Row) -> str:
            return str(self.projects[row["合同编号"]]["区域"])

        tables = {
            "by_stage": table(lambda row: row["阶段"]),
            "by_agent": table(lambda row: self.who(row["客服"])),
            "by_project_manager": table(manager, manager),
            "by_branch": table(home, home),
        }
        return self.callback_figures(period, rows, projects), tables
