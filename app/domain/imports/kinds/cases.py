"""工单: complaints, repairs and the rest, with every event that is known. Key: 工单编号."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.domain.accounts.models import Branch
from app.domain.accounts.roles import Role
from app.domain.cases import history
from app.domain.cases.audit_events import CASES
from app.domain.cases.enums import CaseChannel, EventKind, Payer, Responsibility
from app.domain.cases.models import Case
from app.domain.core.enums import N_
from app.domain.imports import finding
from app.domain.imports.audit_events import imported
from app.domain.imports.context import ImportContext, Importer, RowChange, fetched, spoken
from app.domain.imports.kinds import case_times
from app.domain.imports.kinds.case_handoffs import Addressee, Handoffs
from app.domain.imports.kinds.case_lists import Categories
from app.domain.imports.kinds.case_writing import Writer
from app.domain.imports.lookups import Departments, Names, People
from app.domain.imports.problems import CellRefused
from app.domain.imports.reader import cells
from app.domain.imports.reader.columns import Column, Row
from app.domain.plans.enums import CaseKind, Rating, Urgency
from app.domain.plans.models import Cause, Result
from app.domain.projects.models import Project, Team

PLAIN: Final = {
    "类型": "kind", "渠道": "channel", "内容": "content", "业主要求": "request", "紧急程度": "urgency",
    "责任": "responsibility", "人工费": "labour", "材料费": "material", "承担方": "payer",
}  # fmt: skip
VALIDITY: Final = {N_("成立"): True, N_("不成立"): False}
CALLED_A_DEPARTMENT: Final = ("部", "科", "处", "组", "中心", "部门")
"""How an unknown name ends that is a department's, not a person's."""
LONGEST_CONTENT: Final = 20_000


class Cases(Importer):
    """One row a case; the satisfaction callback stands on the case and makes no callback."""

    code = "cases"
    label = N_("工单")
    columns = (
        Column("工单编号", cells.text(40), required=True, example="TS-20260305-001"),
        Column("类型", cells.word(CaseKind), required=True, example="投诉"),
        Column("合同编号", cells.text(40), example="HT-2026-001", sharing="customer"),
        Column("客户手机", cells.phone, example="13800138000", sharing="customer"),
        Column("受理时间", cells.received, required=True, example="2026-03-05 09:00"),
        Column("渠道", cells.word(CaseChannel), example="电话"),
        Column("一级分类", cells.text(60), example="水电"),
        Column("二级分类", cells.text(60), example="水路"),
        Column("内容", cells.lines(LONGEST_CONTENT), required=True, example="厨房水管渗水"),
        Column("业主要求", cells.lines(LONGEST_CONTENT), example="尽快上门"),
        Column("紧急程度", cells.word(Urgency), example="一般"),
        Column("受理人", cells.text(60), required=True, example="limin"),
        Column("核实时间", cells.later, example="2026-03-05 10:00"),
        Column("判定时间", cells.later, example="2026-03-05 10:30"),
        Column("是否成立", cells.one_of(VALIDITY), example="成立"),
        Column("移交时间", cells.later, example="2026-03-05 11:00"),
        Column("移交给", cells.text(60), example="工程部"),
        Column("签收时间", cells.later, example="2026-03-05 13:00"),
        Column("联系时间", cells.later, example="2026-03-05 15:00"),
        Column("上门时间", cells.later, example="2026-03-06 09:00"),
        Column("责任", cells.word(Responsibility), example="施工"),
        Column("责任人", cells.text(60), example="张伟"),
        Column("方案时间", cells.later, example="2026-03-06 10:00"),
        Column("派工时间", cells.later, example="2026-03-06 11:00"),
        Column("施工队", cells.text(60), example="水电一队"),
        Column("施工队联系时间", cells.later, example="2026-03-06 15:00"),
        Column("处理完成时间", cells.later, example="2026-03-07 16:00"),
        Column("满意度回访时间", cells.later, example="2026-03-08 10:00"),
        Column("满意度", cells.word(Rating), example="满意"),
        Column("办结时间", cells.later, example="2026-03-08 10:30"),
        Column("撤销时间", cells.later),
        Column("原因", cells.text(60), example="施工不规范"),
        Column("处理结果", cells.text(60), example="已修复"),
        Column("人工费", cells.money, example="120"),
        Column("材料费", cells.money, example="80.50"),
        Column("承担方", cells.word(Payer), example="公司"),
        Column("返修", cells.yes_no, example="否"),
    )
    event = imported(CASES, N_("导入工单"), columns, "is_repeat", "repeat_of_id")

    def __init__(self, work: ImportContext) -> None:
        super().__init__(work)
        self.people = People(work)
        self.departments = Departments(work)
        self.projects = finding.Projects()
        self.customers = finding.Customers()
        self.categories = Categories(work)
        self.teams = Names(work, Team, N_("施工队"))
        self.causes = Names(work, Cause, N_("原因"), always=True)
        self.results = Names(work, Result, N_("处理结果"), always=True)
        self.handoffs = Handoffs(work)
        self.known: dict[str, Case] = {}

    def load(self, rows: Sequence[Row]) -> None:
        """The cases of these numbers with their events and handoffs; projects and customers named."""
        self.projects.load(rows)
        self.customers.load(rows)
        query = select(Case).options(selectinload(Case.events), selectinload(Case.photos))
        for case in fetched(query, Case.number, (row["工单编号"] for row in rows)):
            self.known[case.number] = case
        self.handoffs.load(list(self.known.values()))

    def judge(self, row: Row) -> RowChange:
        """The case as the row has it."""
        number = row["工单编号"]
        self.once(row, "工单编号", number)
        change = RowChange(row, number, self.known.get(number))
        if change.is_new:
            change.put("工单编号", "number", number)
        project = self._about(change)
        change.take(PLAIN)
        branch = project.branch if project else None
        receiver = self.people.find("受理人", row["受理人"], role=Role.AGENT, branch=branch)
        change.put("受理人", "received_by", receiver)
        self._times(change)
        self._validity(change)
        self._lists(change)
        self._responsible(change)
        self.handoffs.judge(change, self._addressee(change, branch))
        self._satisfaction(change)
        return change

    def _about(self, change: RowChange) -> Project | None:
        """Project and customer; a customer without the project named has none."""
        row, case = change.row, change.record
        project = self.projects.of(row)
        if project is not None:
            if change.is_new or case.project_id != project.id:
                change.put("合同编号", "project", project)
                change.values["customer"] = project.customer
            return project
        customer = self.customers.of(row)
        if customer is None and change.is_new:
            raise CellRefused("合同编号", N_("合同编号和客户手机至少填一个。"))
        if customer is not None and (change.is_new or case.customer_id != customer.id):
            if not change.is_new and case.project_id is not None:
                raise CellRefused("客户手机", N_("这个手机不是该工程的客户的。"))
            change.put("客户手机", "customer", customer)
        return case.project if case else None

    def _times(self, change: RowChange) -> None:
        """Each time that the row gives, against the event that is kept; all of them in order."""
        kept = history.current_events(change.record)
        known = {column: kept[kind].happened_at for column, kind in case_times.EVENTS.items() if kind in kept}
        given = {column: change.row[column] for column in case_times.EVENTS if column in change.row}
        case_times.refuse_disorder(known | given)
        for column, at in given.items():
            if known.get(column) != at:
                change.note(column, f"step:{column}", at, known.get(column), at)

    def _validity(self, change: RowChange) -> None:
        row, case = change.row, change.record
        if "是否成立" in row:
            change.put("是否成立", "is_valid", row["是否成立"])
        if "是否成立" in change.shown:
            change.shown["是否成立"] = (_valid(case.is_valid if case else None), _valid(row["是否成立"]))
        is_valid = row.get("是否成立", case.is_valid if case else None)
        if row["类型"] is CaseKind.COMPLAINT and "判定时间" in row and is_valid is None:
            raise CellRefused("是否成立", N_("写了判定时间，还要写是否成立。"))

    def _lists(self, change: RowChange) -> None:
        row, now = change.row, change.record.category if change.record else None
        category = self.categories.find(row.get("一级分类"), row.get("二级分类"), now)
        if category is not now:
            change.put("一级分类", "category", category)
        lists: dict[str, tuple[str, Names[Team] | Names[Cause] | Names[Result]]] = {
            "施工队": ("team", self.teams),
            "原因": ("cause", self.causes),
            "处理结果": ("result", self.results),
        }
        for column, (attribute, names) in lists.items():
            if column in row:
                change.put(column, attribute, names.find(column, row[column]))
        if "返修" in row:
            change.put("返修", "repeat_given", row["返修"])

    def _responsible(self, change: RowChange) -> None:
        """A person by account or only name, else the text as it stands."""
        text, case = change.row.get("责任人"), change.record
        if text is None:
            return
        try:
            person = self.people.known("责任人", text)
        except CellRefused as refused:
            self.work.warn(change.row, "责任人", refused.message, **refused.params)
            person = None
        name = "" if person else text
        now = (case.responsible, case.responsible_name) if case else (None, "")
        if now != (person, name):
            change.values |= {"responsible": person, "responsible_name": name}
            change.shown["责任人"] = (spoken(now[0]) or now[1], text)

    def _addressee(self, change: RowChange, branch: Branch | None) -> Addressee:
        """A department by name, else a person."""
        row = change.row
        if "移交给" not in row:
            return None
        kept = history.current_events(change.record)
        if "移交时间" not in row and EventKind.HANDED_OVER not in kept:
            self.work.warn(row, "移交给", N_("没有移交时间，没有建立移交。"))
            return None
        department = self.departments.known("移交给", row["移交给"], branch)
        if department is not None:
            return department
        if row["移交给"].endswith(CALLED_A_DEPARTMENT):
            return self.departments.find("移交给", row["移交给"], branch)
        return self.people.find("移交给", row["移交给"], branch=branch)

    def _satisfaction(self, change: RowChange) -> None:
        if "满意度" in change.row:
            change.put("满意度", "rating", int(change.row["满意度"]))

    def write(self, changes: Sequence[RowChange]) -> None:
        """Add and correct them with events, handoffs and deadlines."""
        Writer(self.work, self.handoffs).write(changes)


def _valid(value: bool | None) -> str:
    return "" if value is None else next(word for word, meaning in VALIDITY.items() if meaning is value)
