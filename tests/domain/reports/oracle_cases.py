"""The figures of complaints and repairs, counted case by case and clock by clock."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from types import SimpleNamespace as Row
from typing import Any

from tests.domain.reports.oracle_scope import Counted, rate

H24, H48 = timedelta(hours=24), timedelta(hours=48)
RESPONSIBLE = {"workmanship": "施工", "supplier": "材料商", "customer": "客户", "other": "其他"}
PAYERS = {"firm": "公司", "supplier": "材料商", "customer": "客户", "foreman": "工长"}
IN_TIME = {
    "complaints": {
        "verified_in_time_rate": "verify",
        "judged_in_time_rate": "judge",
        "handover_in_time_rate": "handover",
        "signed_in_time_rate": "sign",
        "on_site_in_time_rate": "on_site",
        "solution_in_time_rate": "solution",
    },
    "repairs": {
        "contacted_in_time_rate": "contact",
        "team_contacted_in_time_rate": "team_contact",
        "handover_in_time_rate": "handover",
        "signed_in_time_rate": "sign",
        "on_site_in_time_rate": "on_site",
        "solution_in_time_rate": "solution",
    },
}


def months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class Cases(Counted):
    """Complaints or repairs, their deadlines, costs and lists."""

    def cases(self, report: str) -> dict[str, Any]:
        kind = {"complaints": "complaint", "repairs": "repair"}[report]
        rows = [r for r in self.world.cases if r.kind == kind and r.merged is None and self.here(r) and self.in_dept(r)]
        projects = [p for p in self.world.projects if self.here(p)]
        groupings = {
            "by_category": lambda r: self.category(r),
            "by_responsibility": lambda r: RESPONSIBLE[r.responsibility.value] if r.responsibility else "—",
            "by_department": lambda r: self.department_name(r),
            "by_project_manager": self.manager,
            "by_branch": self.branch_name,
        }
        figures = self.of_cases(report, rows)
        tables = {
            name: self.split(rows, group, lambda g: self.of_cases(report, g)) for name, group in groupings.items()
        }
        if report == "repairs":
            figures |= self.failures(projects)
            for name in ("by_project_manager", "by_branch"):
                sites = self.groups(projects, groupings[name])
                for key in {*sites, *tables[name]}:
                    tables[name].setdefault(key, self.of_cases(report, []))
                    tables[name][key] |= self.failures(sites.get(key, []))
        return {"figures": figures, "tables": tables, "lists": self.lists(rows)}

    def of_cases(self, report: str, rows: list[Row]) -> dict[str, Any]:
        received = [r for r in rows if self.said_in_it(r.received)]
        live = [r for r in received if not self.cancelled(r)]
        closed = [r for r in live if self.closed(r)]
        took = [(self.closed(r) - r.received).total_seconds() / 60 for r in closed]
        answered = [r for r in live if self.answer(r)]
        old = [r for r in live if r.received + H24 < self.as_of]
        soon = [r for r in answered if self.answer(r) - r.received <= H24]
        figures = {
            f"{report}_received": len(received),
            "closed_rate": rate(closed, live),
            "mean_minutes_to_close": whole(sum(map(Decimal, took)) / len(took)) if took else None,
            "median_minutes_to_close": whole(Decimal(median(took))) if took else None,
            "first_response_24h_rate": rate(soon, [r for r in live if r in answered or r in old]),
        }
        for key, kind in IN_TIME[report].items():
            deadlines = [c for r in rows for c in self.deadlines(r) if c.kind == kind]
            over = [c for c in deadlines if (c.met is not None and c.met <= self.as_of) or c.due < self.as_of]
            kept = [c for c in over if c.met is not None and c.met <= min(c.due, self.as_of) and not c.unreached]
            figures[key] = rate(kept, over)
        if report == "complaints":
            judged = [r for r in live if self.when(r, "judged")]
            dealt = [r for r in live if self.dealt(r)]
            return figures | {
                "complaints_judged": len(judged),
                "validity_rate": rate([r for r in judged if r.valid], judged),
                "dealt_with_24h_rate": rate(dealt, [r for r in live if r in dealt or r in old]),
            }
        resolved = [r for r in answered if self.when(r, "resolved")]
        past = [r for r in answered if self.answer(r) + H48 < self.as_of]
        quick = [r for r in resolved if self.when(r, "resolved") - self.answer(r) <= H48]
        return figures | {
            "repairs_in_warranty": len([r for r in live if self.warranted(r)]),
            "resolved_48h_rate": rate(quick, [r for r in answered if r in resolved or r in past]),
            "repeat_rate": rate([r for r in live if r.repeat], live),
            "cost_by_payer": self.costs(rows),
        }

    def when(self, row: Row, *kinds: str, rounds: tuple[int, ...] = (1,)) -> datetime | None:
        stands = [s for s in row.events if not s.superseded and s.at <= self.as_of]
        return min((s.at for s in stands if s.kind in kinds and s.round in rounds), default=None)

    def cancelled(self, row: Row) -> datetime | None:
        return self.when(row, "cancelled", rounds=(1, 2))

    def closed(self, row: Row) -> Any:
        stands = [s for s in row.events if not s.superseded and s.at <= self.as_of]
        closings = [s.at for s in stands if s.kind == "closed"]
        again = [s.at for s in stands if s.kind == "reopened"]
        return max(closings) if closings and (not again or max(again) < max(closings)) else None

    def answer(self, row: Row) -> Any:
        return self.when(row, "verified", "contacted", "visited")

    def dealt(self, row: Row) -> bool:
        ways = [self.when(row, "handed_over"), self.when(row, "resolved")]
        if row.valid is False:
            ways.append(self.when(row, "judged"))
        return any(at is not None and at - row.received <= H24 for at in ways)

    def deadlines(self, row: Row) -> list[Row]:
        dropped = self.cancelled(row)
        return [
            c
            for c in row.deadlines
            if c.round == 1
            and not c.superseded
            and c.released is None
            and self.first <= self.day(c.due) <= self.last
            and (dropped is None or c.due < dropped)
        ]

    def warranty(self, project: Row, own: int | None, usual: int) -> tuple[date, date] | None:
        first = project.card or project.completion
        return (first, months_after(first, usual if own is None else own)) if first else None

    def warranted(self, row: Row) -> bool:
        project = next((p for p in self.world.projects if p.id == row.project), None)
        if project is None:
            return False
        category = next((c for c in self.world.categories if c.id == row.category), None)
        parent = next((c for c in self.world.categories if category and c.id == category.parent), None)
        wet = any(c is not None and c.waterproof for c in (category, parent))
        own, usual = (project.waterproof_months, 60) if wet else (project.months, 24)
        span = self.warranty(project, own, usual)
        return span is not None and span[0] <= self.day(row.received) <= span[1]

    def failures(self, projects: list[Row]) -> dict[str, Any]:
        inside = []
        for project in projects:
            span = self.warranty(project, project.months, 24)
            if span and span[0] <= self.last and span[1] >= self.first:
                inside.append(project)
        failed = [p for p in inside if any(self.is_failure(r, p) for r in self.world.cases)]
        return {"failure_rate": rate(failed, inside)}

    def is_failure(self, row: Row, project: Row) -> bool:
        counts = row.kind == "repair" and row.merged is None and not self.cancelled(row) and self.in_dept(row)
        return counts and row.project == project.id and self.said_in_it(row.received)

    def costs(self, rows: list[Row]) -> dict[str, str]:
        sums: dict[str, int] = {}
        for row in rows:
            approved = self.when(row, "planned") or self.when(row, "resolved")
            has_line = row.payer is not None and (row.labour is not None or row.material is not None)
            if has_line and self.said_in_it(approved) and not self.cancelled(row):
                name = PAYERS[row.payer.value]
                sums[name] = sums.get(name, 0) + (row.labour or 0) + (row.material or 0)
        return {name: f"{cents // 100}.{cents % 100:02d}" for name, cents in sums.items()}

    def lists(self, rows: list[Row]) -> dict[str, Any]:
        live = [r for r in rows if self.said_in_it(r.received) and not self.cancelled(r)]
        broken = [
            (f"T-{r.id:04d}", c.due)
            for r in rows
            for c in self.deadlines(r)
            if c.due < self.as_of and (c.met is None or c.met > c.due)
        ]
        return {
            "breaches": sorted(broken),
            "open": sorted(f"T-{r.id:04d}" for r in live if not self.closed(r)),
            "repeats": sorted(f"T-{r.id:04d}" for r in live if r.repeat),
        }


def whole(minutes: Decimal) -> int:
    return int(Decimal(minutes).quantize(Decimal(1), ROUND_HALF_UP))
