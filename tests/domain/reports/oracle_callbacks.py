"""The figures of callbacks and sites, counted call by call and day by day."""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace as Row
from typing import Any

from tests.domain.reports.oracle_scope import Counted, rate

OCCASIONS = {
    "kickoff": "开工交底",
    "concealed": "隐蔽工程",
    "midstage": "施工中期",
    "completion": "竣工验收",
    "warranty": "保修期",
    "progress": "施工进度",
    "installation": "安装",
    "service": "维修",
    "complaint": "投诉",
    "repair": "报修",
    "second": "二次回访",
}


class Callbacks(Counted):
    """Callbacks, and the sites they are owed to."""

    def is_done(self, row: Row) -> bool:
        return row.state == "done" and row.effective and row.reached <= self.as_of

    def callbacks(self, *, with_sites: bool = True) -> dict[str, Any]:
        """`with_sites`: with what is counted by the month only."""
        of_sites: Callable[[list[Row]], dict[str, Any]] = self.of_sites if with_sites else lambda _projects: {}
        rows = [row for row in self.world.callbacks if self.here(row)]
        projects = [row for row in self.world.projects if self.here(row)]
        tables = {
            "by_stage": self.split(rows, lambda r: OCCASIONS[r.occasion.value], self.of_calls),
            "by_agent": self.split(rows, lambda r: self.person(r.reached_by or r.assigned), self.of_calls),
        }
        for name, group in (("by_project_manager", self.manager), ("by_branch", self.branch_name)):
            calls, sites = self.groups(rows, group), self.groups(projects, group)
            tables[name] = {
                key: self.of_calls(calls.get(key, [])) | of_sites(sites.get(key, [])) for key in calls | sites
            }
        return {"figures": self.of_calls(rows) | of_sites(projects), "tables": tables}

    def of_calls(self, rows: list[Row]) -> dict[str, Any]:
        due = [r for r in rows if self.first <= r.last <= self.last and r.state not in ("void", "skipped")]
        done = [r for r in due if self.is_done(r)]
        timely = [r for r in done if self.day(r.reached) <= r.last]
        effective = [r for r in rows if self.is_done(r) and self.said_in_it(r.reached)]
        rated = [r for r in effective if r.rating is not None]
        bad = [r for r in effective if r.rating in (1, 2)]
        return {
            "callbacks_due": len(due),
            "callbacks_done": len(done),
            "completion_rate": rate(done, due),
            "timely_rate": rate(timely, due),
            "effective_callbacks": len(effective),
            "satisfied_rate": rate([r for r in rated if r.rating >= 4], rated),
            "ratings": {str(level): len([r for r in rated if r.rating == level]) for level in (5, 4, 3, 2, 1)},
            "truthful_rate": rate([r for r in effective if r.truthful], effective),
            "dissatisfied_solved_rate": rate([r for r in bad if self.was_solved(r)], bad),
        }

    def was_solved(self, row: Row) -> bool:
        chain = [r for r in self.world.callbacks if (r.root or r.id) == (row.root or row.id)]
        good = [r for r in chain if self.is_done(r) and r.rating in (4, 5)]
        return any(r.reached > row.reached or (r.reached == row.reached and r.origin == row.id) for r in good)

    def of_sites(self, projects: list[Row]) -> dict[str, Any]:
        working = {p.id: days for p in projects if (days := self.days_in_progress(p))}
        asked = [p for p in projects if p.id in working and self.quota(p, working[p.id])]
        met = [p for p in asked if self.calls_to(p) >= self.quota(p, working[p.id])]
        return {"projects_in_progress": len(working), "quota_met_rate": rate(met, asked)}

    def days_in_progress(self, project: Row) -> int:
        days, day = 0, self.first
        while day <= self.last:
            started = project.kickoff is not None and project.kickoff <= day
            ended = any(end is not None and end < day for end in (project.completion, project.cancelled))
            stopped = any(first <= day and (last is None or day <= last) for first, last in project.suspensions)
            days += started and not ended and not stopped
            day += timedelta(days=1)
        return days

    def quota(self, project: Row, days: int) -> int:
        month_over = datetime.combine(self.last + timedelta(days=1), datetime.min.time(), self.zone)
        moment = min(self.as_of, month_over)
        if project.silent and project.silent <= moment and not (project.lifted and project.lifted <= moment):
            return 0
        return 2 if days >= 10 else 1 if days >= 3 else 0

    def calls_to(self, project: Row) -> int:
        mine = [r for r in self.world.callbacks if r.project == project.id and self.is_done(r)]
        return len([r for r in mine if self.said_in_it(r.reached)])
