"""工程: the contract, its stages, its people. Key: 合同编号."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import select

from app.domain.accounts.models import Branch, Person
from app.domain.accounts.roles import Role
from app.domain.core.enums import N_
from app.domain.core.events import publish
from app.domain.customers.models import Customer
from app.domain.imports import finding
from app.domain.imports.audit_events import imported
from app.domain.imports.context import ImportContext, Importer, RowChange, audit
from app.domain.imports.lookups import Names, People
from app.domain.imports.problems import CellRefused
from app.domain.imports.reader import cells
from app.domain.imports.reader.columns import Column, Row
from app.domain.plans.enums import FunctionMeaning
from app.domain.plans.models import Function, ServicePlan
from app.domain.plans.queries import functions
from app.domain.projects import stages, status
from app.domain.projects.audit_events import PERSON, PROJECTS
from app.domain.projects.enums import ProjectStatus
from app.domain.projects.events import ProjectCancelled, StageReached
from app.domain.projects.models import Project, ProjectPerson, Suspension
from app.domain.projects.records import ADDRESS
from app.extensions import db

STAGES: Final = {
    "开工交底日期": "kickoff",
    "隐蔽验收日期": "concealed",
    "中期验收日期": "midstage",
    "竣工验收日期": "completion",
}
ROLES: Final = {FunctionMeaning.PM: Role.PM, FunctionMeaning.AGENT: Role.AGENT}
PLAIN: Final = {
    "合同金额": "amount", "签约日期": "signed_on", "保修月数": "warranty_months", "防水保修月数": "waterproof_months",
    "保修卡号": "card_number", "保修卡日期": "card_on", "备注": "notes",
}  # fmt: skip
BY_IMPORT: Final = N_("由文件导入")


class Projects(Importer):
    """One row a contract, with a column for each of the firm's functions."""

    code = "projects"
    label = N_("工程")
    columns = (
        Column("合同编号", cells.text(40), required=True, example="HT-2026-001"),
        Column("客户编号", cells.text(40), example="KH-0001", sharing="customer"),
        Column("客户手机", cells.phone, example="13800138000", sharing="customer"),
        Column("服务方案", cells.text(60), example="家装"),
        Column("合同金额", cells.money, example="128000"),
        Column("签约日期", cells.day, example="2026-03-01"),
        *(Column(name, cells.day, example="2026-03-15") for name in STAGES),
        Column("保修月数", cells.months, example="24"),
        Column("防水保修月数", cells.months, example="60"),
        Column("保修卡号", cells.text(40), example="BX-2026-001"),
        Column("保修卡日期", cells.day, example="2026-06-20"),
        Column("区域", cells.text(60), example="城东"),
        Column("状态", cells.word(ProjectStatus), example="在建"),
        Column("备注", cells.lines()),
    )
    event = imported(PROJECTS, N_("导入工程"), columns, parts=PERSON)

    def __init__(self, work: ImportContext) -> None:
        super().__init__(work)
        self.branches = Names(work, Branch, N_("区域"))
        self.people = People(work)
        self.customers = finding.Customers()
        self.known = finding.Projects()
        self.plans = {plan.name: plan for plan in db.session.scalars(select(ServicePlan))}
        self.functions = functions()

    @classmethod
    def all_columns(cls) -> tuple[Column, ...]:
        """The people stand before the branch."""
        place = next(place for place, column in enumerate(cls.columns) if column.name == "区域")
        people = (Column(function.name, cells.text(60), example="zhangwei") for function in functions())
        return (*cls.columns[:place], *people, *cls.columns[place:])

    def load(self, rows: Sequence[Row]) -> None:
        """The projects of these contracts, and the customers named."""
        self.known.load(rows)
        self.customers.load(rows)

    def judge(self, row: Row) -> RowChange:
        """The project as the row has it."""
        contract = row["合同编号"]
        self.once(row, "合同编号", contract)
        change = RowChange(row, contract, self.known.by_contract.get(contract))
        if change.is_new:
            change.put("合同编号", "contract_number", contract)
        customer = self._customer(change)
        self._plan(change)
        change.take(PLAIN)
        branch = self._branch(change, customer)
        for column, stage in STAGES.items():
            self._stage(change, column, stage)
        for function in self.functions:
            self._person(change, function, branch)
        self._status(change)
        return change

    def _customer(self, change: RowChange) -> Customer:
        found = self.customers.of(change.row)
        if found is None:
            if change.is_new:
                raise CellRefused("客户编号", N_("客户编号和客户手机至少填一个。"))
            known: Customer = change.record.customer
            return known
        if change.is_new or change.record.customer_id != found.id:
            change.put("客户编号" if "客户编号" in change.row else "客户手机", "customer", found)
        return found

    def _plan(self, change: RowChange) -> None:
        name = change.row.get("服务方案")
        if name is None and not change.is_new:
            return
        plan = self.plans.get(name) if name else next(one for one in self.plans.values() if one.is_default)
        if plan is None:
            allowed = "、".join(self.plans)
            raise CellRefused(
                "服务方案", N_("没有服务方案“%(name)s”，可以填：%(allowed)s。"), name=name, allowed=allowed
            )
        change.put("服务方案", "plan", plan)

    def _branch(self, change: RowChange, customer: Customer) -> Branch | None:
        if "区域" in change.row:
            change.put("区域", "branch", self.branches.find("区域", change.row["区域"]))
        elif change.is_new and customer.branch is not None:
            change.put("区域", "branch", customer.branch)
        branch: Branch | None = change.values.get("branch") or (change.record.branch if change.record else None)
        return branch

    def _stage(self, change: RowChange, column: str, stage: str) -> None:
        """Up to the import's day it was reached, later it is planned."""
        day: date | None = change.row.get(column)
        if day is None:
            return
        project: Project | None = change.record
        plan: ServicePlan = change.values.get("plan") or change.record.plan
        if plan.stage(stage) is None:
            raise CellRefused(column, N_("“%(plan)s”没有这个节点。"), plan=plan.name)
        actual = project.actual(stage) if project else None
        planned = project.planned(stage) if project else None
        wanted = (planned, day) if day <= self.work.today else (day, None)
        if (planned, actual) != wanted:
            change.note(column, f"stage:{stage}", (stage, *wanted), actual or planned, day)

    def _person(self, change: RowChange, function: Function, branch: Branch | None) -> None:
        name = change.row.get(function.name)
        if name is None:
            return
        role = ROLES.get(function.meaning) if function.meaning else None
        person = self.people.find(function.name, name, role=role, branch=branch)
        before = change.record.person(function.code) if change.record else None
        if before is not person:
            change.note(function.name, f"person:{function.code}", (function, person), before, person, part="person")

    def _status(self, change: RowChange) -> None:
        word: ProjectStatus | None = change.row.get("状态")
        project: Project | None = change.record
        if word is ProjectStatus.CANCELLED and (project is None or project.cancelled_on is None):
            change.note("状态", "cancel", value=True, before=project.status if project else None, after=word)
        if word is ProjectStatus.SUSPENDED and not (project and status.is_suspended(project, self.work.today)):
            self._suspend(change)

    def _suspend(self, change: RowChange) -> None:
        """From today on; where a later one is planned already, until the day before it: they never overlap."""
        project: Project | None = change.record
        planned = [row for row in project.suspensions if row.first_day > self.work.today] if project else []
        last_day = min(row.first_day for row in planned) - timedelta(days=1) if planned else None
        if last_day is not None:
            message = N_("%(day)s起已登记停工，这次的停工记到它前一天。")
            self.work.warn(change.row, "状态", message, day=(last_day + timedelta(days=1)).isoformat())
        before = project.status if project else None
        change.note("状态", "suspend", last_day, before, ProjectStatus.SUSPENDED)

    def write(self, changes: Sequence[RowChange]) -> None:
        """Add and correct them; calls that stood on a moved or cancelled date follow."""
        for change in self.work.writing(changes):
            if change.is_new:
                change.record = self._added(change)
            change.write()
            if "plan" in change.values:
                stages.follow_plan(change.record, change.record.plan)
            moved = [stage for key, what in change.more.items() if (stage := self._write_more(change, key, what))]
            status.refresh(change.record, self.work.today)
            if not change.is_new:
                self._follow(change, moved)
        audit(self.work, changes)

    def _added(self, change: RowChange) -> Project:
        customer: Customer = change.values["customer"]
        project = Project(
            created_at=self.work.at,
            callbacks_from=self.work.today,
            **{part: getattr(customer, part) for part in ADDRESS},
        )
        db.session.add(project)
        return project

    def _write_more(self, change: RowChange, key: str, what: Any) -> str | None:
        """Write one of the kind's own things; the stage whose actual day moved, if it was one."""
        project: Project = change.record
        if key.startswith("stage:"):
            stage, planned, actual = what
            row = stages.row_of(project, stage)
            moved = row.actual_on != actual
            row.planned_on, row.actual_on = planned, actual
            return stage if moved else None
        if key.startswith("person:"):
            self._assign(change, *what)
        elif key == "cancel":
            project.cancelled_on, project.cancelled_why = self.work.today, BY_IMPORT
        else:
            project.suspensions.append(Suspension(first_day=self.work.today, last_day=what, reason=BY_IMPORT))
        return None

    def _assign(self, change: RowChange, function: Function, person: Person) -> None:
        project: Project = change.record
        for row in project.people:
            if row.function is function and row.is_current:
                row.until = self.work.today
        since = self.work.today
        if change.is_new:
            known = [day for row in project.stages if (day := row.actual_on)]
            since = min([since, *known, *([project.signed_on] if project.signed_on else [])])
        project.people.append(ProjectPerson(function=function, person=person, since=since))

    def _follow(self, change: RowChange, moved: Sequence[str]) -> None:
        for stage in moved:
            publish(StageReached(change.record, stage, self.work.by, self.work.at))
        if "cancel" in change.more:
            publish(ProjectCancelled(change.record, self.work.by, self.work.at))
