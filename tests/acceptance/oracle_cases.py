"""The figures of complaints and repairs."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.acceptance.oracle_callbacks import Firm
from tests.acceptance.reckoning import DAY, HOUR, Case, Clock, Row, days_of, half_up, moment, months_later, share


class Cases(Firm):
    """What is counted of the cases file."""

    def __init__(self, sheets: dict[str, list[Row]], imported_on: date, at: datetime) -> None:
        super().__init__(sheets, imported_on, at)
        self.case_rows: list[Row] = sheets["cases"]
        self.cases = [self._case(row) for row in self.case_rows if row["类型"] in ("投诉", "报修")]

    def _case(self, row: Row) -> Case:
        project = self.projects.get(row.get("合同编号") or "", {})
        customer = next((one for one in self.customers if one["手机"] == row.get("客户手机")), {})
        branch = project.get("区域") or customer.get("区域") or (self.person(row["受理人"]) or {}).get("区域")
        department = self.handed_to(row.get("移交给"), branch)
        return Case(row, branch, self.who(project.get("项目经理")), department, self._is_repeat(row))

    def _is_repeat(self, row: Row) -> bool:
        if row["类型"] != "报修":
            return False
        if row.get("返修"):
            return bool(row["返修"] == "是")
        received = moment(row["受理时间"], received=True)
        for other in self.case_rows:
            resolved = moment(other.get("处理完成时间"))
            same = other is not row and other["类型"] == "报修" and row.get("合同编号") and row.get("一级分类")
            same = same and all(other.get(key) == row.get(key) for key in ("合同编号", "一级分类"))
            if same and resolved and received and resolved <= received <= resolved + 30 * DAY:
                return True
        return False

    def _warranty(self, project: Row, *, waterproof: bool) -> tuple[date, date] | None:
        completed = project.get("竣工验收日期")
        if completed and completed > self.imported_on:
            completed = None
        first = project.get("保修卡日期") or completed
        if first is None:
            return None
        column, default = ("防水保修月数", 60) if waterproof else ("保修月数", 24)
        return first, months_later(first, project.get(column) or default)

    def _is_in_warranty(self, case: Case) -> bool:
        project = self.projects.get(case.row.get("合同编号") or "")
        term = project and self._warranty(project, waterproof=case.row.get("一级分类") == "防水")
        return bool(term and term[0] <= case.received.date() <= term[1])

    def counted_clocks(self, period: str, cases: list[Case]) -> list[tuple[Case, Clock]]:
        """The clocks due in the period that are decided by the report, with their case."""
        days, found = days_of(period), []
        for case in cases:
            for clock in case.clocks():
                if case.cancelled and clock.due >= case.cancelled:
                    continue
                if clock.due.date() in days and (clock.met or clock.due < self.at):
                    found.append((case, clock))
        return found

    def failure(self, period: str, cases: list[Case], projects: list[Row]) -> Row:
        """Projects in their general warranty, and those of them with a repair."""
        days, found = days_of(period), {}
        for project in projects:
            term = self._warranty(project, waterproof=False)
            if term and any(term[0] <= day <= term[1] for day in days):
                found[project["合同编号"]] = project
        broken = {case.row.get("合同编号") for case in cases if not case.cancelled and case.received.date() in days}
        return share(found, lambda number: number in broken)

    def costs(self, period: str, cases: list[Case]) -> dict[str, str]:
        """What was paid by whom, in the month of the plan, else of the resolution."""
        days, sums = days_of(period), dict[str, Decimal]()
        for case in cases:
            when = case.at("方案时间") or case.at("处理完成时间")
            parts = [case.row[column] for column in ("人工费", "材料费") if case.row.get(column) is not None]
            payer = case.row.get("承担方")
            if when and when.date() in days and parts and payer and not case.cancelled:
                sums[payer] = sums.get(payer, Decimal(0)) + sum(map(Decimal, parts), Decimal(0))
        return {payer: f"{total:.2f}" for payer, total in sums.items()}

    def case_figures(self, kind: str, period: str, cases: list[Case], projects: list[Row]) -> Row:
        """The figures of these cases of one kind; `projects` are those that may fail."""
        days = days_of(period)
        all_received = [case for case in cases if case.received.date() in days]
        received = [case for case in all_received if not case.cancelled]
        counted = self.counted_clocks(period, cases)

        def in_time(clock_kind: str) -> Row:
            clocks = [clock for _, clock in counted if clock.kind == clock_kind]
            return share(clocks, lambda clock: clock.met and clock.met <= clock.due)

        def is_old(case: Case) -> bool:
            return self.at - case.received > 24 * HOUR

        def within(case: Case, at: datetime | None) -> bool:
            return at is not None and at - case.received <= 24 * HOUR

        def dealt_with(case: Case) -> bool:
            not_valid = case.row.get("是否成立") == "不成立" and within(case, case.at("判定时间"))
            return not_valid or within(case, case.at("移交时间")) or within(case, case.at("处理完成时间"))

        took = sorted(
            Decimal((at - case.received) // timedelta(minutes=1)) for case in received if (at := case.at("办结时间"))
        )
        middle = took[(len(took) - 1) // 2 : len(took) // 2 + 1]
        figures = {
            "handover_in_time_rate": in_time("handover"),
            "signed_in_time_rate": in_time("sign"),
            "on_site_in_time_rate": in_time("on_site"),
            "solution_in_time_rate": in_time("solution"),
            "closed_rate": share(received, lambda case: case.at("办结时间")),
            "mean_minutes_to_close": half_up(sum(took) / len(took)) if took else None,
            "median_minutes_to_close": half_up(sum(middle) / len(middle)) if took else None,
            "first_response_24h_rate": share(
                [case for case in received if case.answered or is_old(case)],
                lambda case: within(case, case.answered),
            ),
        }
        if kind == "complaints":
            judged = [case for case in received if case.at("判定时间")]
            return figures | {
                "complaints_received": len(all_received),
                "complaints_judged": len(judged),
                "validity_rate": share(judged, lambda case: case.row.get("是否成立") == "成立"),
                "verified_in_time_rate": in_time("verify"),
                "judged_in_time_rate": in_time("judge"),
                "dealt_with_24h_rate": share(
                    [case for case in received if dealt_with(case) or is_old(case)], dealt_with
                ),
            }

        def limit(case: Case) -> datetime:
            assert case.answered is not None
            return case.answered + 48 * HOUR

        answered = [case for case in received if case.answered]
        return figures | {
            "repairs_received": len(all_received),
            "repairs_in_warranty": sum(map(self._is_in_warranty, received)),
            "contacted_in_time_rate": in_time("contact"),
            "team_contacted_in_time_rate": in_time("team_contact"),
            "resolved_48h_rate": share(
                [case for case in answered if case.at("处理完成时间") or limit(case) < self.at],
                lambda case: (at := case.at("处理完成时间")) and at <= limit(case),
            ),
            "repeat_rate": share(received, lambda case: case.repeat),
            "failure_rate": self.failure(period, cases, projects),
            "cost_by_payer": self.costs(period, cases),
        }

    def case_report(self, kind: str, period: str, branch: str | None, department: str | None) -> tuple[Row, Row]:
        """Figures and tables of `complaints` or `repairs`."""
        word = {"complaints": "投诉", "repairs": "报修"}[kind]
        cases = [case for case in self.cases if case.row["类型"] == word and branch in (None, case.branch)]
        if department is not None:
            cases = [case for case in cases if case.department and case.department[1] == department]
        projects = [row for row in self.projects.values() if branch in (None, row["区域"])]

        def table(of: Callable[[Case], Any], of_project: Callable[[Row], Any] | None = None) -> dict[Any, Row]:
            names = {of(case) for case in cases} | ({of_project(row) for row in projects} if of_project else set())
            return {
                name: self.case_figures(
                    kind,
                    period,
                    [case for case in cases if of(case) == name],
                    [row for row in projects if of_project and of_project(row) == name],
                )
                for name in names
            }

        received = [case for case in cases if case.received.date() in days_of(period)]
        tables: Row = {
            "by_category": table(lambda case: case.row.get("一级分类")),
            "by_responsibility": table(lambda case: case.row.get("责任")),
            "by_department": table(lambda case: case.department and case.department[1]),
            "by_project_manager": table(lambda case: case.manager, lambda row: self.who(row.get("项目经理"))),
            "by_branch": table(lambda case: case.branch, lambda row: row["区域"]),
            "breaches": sorted(
                (case.row["工单编号"], clock.kind)
                for case, clock in self.counted_clocks(period, cases)
                if clock.met is None or clock.met > clock.due
            ),
            "open": sorted(case.row["工单编号"] for case in received if not case.cancelled and not case.at("办结时间")),
            "repeats": sorted(case.row["工单编号"] for case in received if case.repeat and not case.cancelled),
        }
        return self.case_figures(kind, period, cases, projects), tables
