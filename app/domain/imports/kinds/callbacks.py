"""回访记录: calls made, and calls still to make. Key: 回访编号."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.domain.accounts.roles import Role
from app.domain.callbacks.audit_events import CALLBACKS
from app.domain.callbacks.enums import CallbackState, Outcome
from app.domain.callbacks.generation import candidates
from app.domain.callbacks.models import Answer, Attempt, Callback
from app.domain.cases.models import Case
from app.domain.core.enums import N_
from app.domain.imports import finding
from app.domain.imports.audit_events import imported
from app.domain.imports.context import ImportContext, Importer, RowChange, audit, fetched
from app.domain.imports.kinds.calls import Sheets, is_kept, last_call
from app.domain.imports.lookups import People
from app.domain.imports.models import AwaitedCase
from app.domain.imports.problems import CellRefused, Problem
from app.domain.imports.reader import cells
from app.domain.imports.reader.columns import Column, Row
from app.domain.plans.enums import Meaning, Occasion, Rating
from app.domain.projects.models import Project
from app.extensions import db

EFFECTIVE: Final = N_("有效")
OUTCOMES: Final = {
    EFFECTIVE: Outcome.REACHED,
    **{
        outcome.label: outcome
        for outcome in (
            Outcome.NO_ANSWER, Outcome.REFUSED, Outcome.EMPTY_NUMBER, Outcome.WRONG_NUMBER, Outcome.NOT_THE_CUSTOMER,
        )
    },
}  # fmt: skip
SAID: Final = {
    "服务态度": (Meaning.ATTITUDE, N_("服务态度怎么样？")),
    "清理现场": (Meaning.SITE_CLEAN, N_("现场清理干净了吗？")),
    "收费合理": (Meaning.FEE_FAIR, N_("收费合理吗？")),
}
OF_A_CALL: Final = ("满意度", "属实", *SAID)


class Callbacks(Importer):
    """One row a callback; without 回访时间 it is still to be made, or was missed when its window is over."""

    code = "callbacks"
    label = N_("回访记录")
    columns = (
        Column("回访编号", cells.text(40), required=True, example="HF-2026-0001"),
        Column("合同编号", cells.text(40), required=True, example="HT-2026-001"),
        Column("阶段", cells.word(Occasion), required=True, example="隐蔽工程"),
        Column("原回访编号", cells.text(40)),
        Column("工单编号", cells.text(40)),
        Column("应访开始", cells.day, example="2026-03-05"),
        Column("应访截止", cells.day, required=True, example="2026-03-07"),
        Column("客服", cells.text(60), required=True, example="limin"),
        Column("回访时间", cells.later, example="2026-03-06 14:05"),
        Column("结果", cells.one_of(OUTCOMES), example="有效"),
        Column("受访人", cells.text(60), example="王先生"),
        Column("满意度", cells.word(Rating), example="满意"),
        Column("服务态度", cells.word(Rating), example="非常满意"),
        Column("清理现场", cells.yes_no, example="是"),
        Column("收费合理", cells.yes_no, example="是"),
        Column("属实", cells.yes_no, example="是"),
        Column("回访描述", cells.lines()),
    )
    event = imported(CALLBACKS, N_("导入回访"), columns)

    def __init__(self, work: ImportContext) -> None:
        super().__init__(work)
        self.people = People(work)
        self.projects = finding.Projects()
        self.known: dict[str, Callback] = {}
        self.cases: dict[str, Case] = {}
        self.awaited: dict[int, str] = {}
        self.rows: dict[str, Row] = {}

    def load(self, rows: Sequence[Row]) -> None:
        """The callbacks of these numbers and those they follow, their projects and cases."""
        self.projects.load(rows)
        self.rows = {row["回访编号"]: row for row in rows}
        numbers = (row[name] for row in rows for name in ("回访编号", "原回访编号") if name in row)
        query = select(Callback).options(selectinload(Callback.attempts), selectinload(Callback.answers))
        for callback in fetched(query, Callback.number, numbers):
            self.known[callback.number] = callback
        for case in fetched(select(Case), Case.number, (row["工单编号"] for row in rows if "工单编号" in row)):
            self.cases[case.number] = case
        awaited = select(AwaitedCase)
        for one in fetched(awaited, AwaitedCase.callback_id, (callback.id for callback in self.known.values())):
            self.awaited[one.callback_id] = one.case_number

    def judge(self, row: Row) -> RowChange:
        """The callback as the row has it."""
        number = row["回访编号"]
        self.once(row, "回访编号", number)
        change = RowChange(row, number, self.known.get(number))
        project = self.projects.of(row)
        assert project is not None
        if change.is_new:
            change.put("回访编号", "number", number)
        if change.is_new or change.record.project_id != project.id:
            change.put("合同编号", "project", project)
        change.take({"阶段": "occasion", "受访人": "interviewee", "回访描述": "remarks"})
        self._window(change)
        branch = project.branch
        agent = self.people.find("客服", row["客服"], role=Role.AGENT, branch=branch)
        if change.is_new or change.record.assigned_to_id != agent.id or agent.id is None:
            change.put("客服", "assigned_to", agent)
        self._links(change)
        self._call(change)
        return change

    def _window(self, change: RowChange) -> None:
        row, callback = change.row, change.record
        last = row["应访截止"]
        first = row.get("应访开始", callback.window_first if callback else last)
        if first > last:
            raise CellRefused("应访开始", N_("应访开始在应访截止之后。"))
        change.put("应访截止", "window_last", last)
        if change.is_new or callback.window_first != first:
            change.put("应访开始", "window_first", first)

    def _links(self, change: RowChange) -> None:
        """The callback it follows, and the case it is about."""
        row, callback = change.row, change.record
        if origin := row.get("原回访编号"):
            if origin == change.name:
                raise CellRefused("原回访编号", N_("原回访编号是它自己。"))
            if origin not in self.known and origin not in self.rows:
                raise CellRefused("原回访编号", N_("没有编号为“%(number)s”的回访。"), number=origin)
            known = self.known.get(origin)
            if change.is_new or known is None or callback.origin_id != known.id:
                change.note("原回访编号", "origin", origin, None, origin)
        number = row.get("工单编号")
        if number is None:
            return
        if found := self.cases.get(number):
            if change.is_new or callback.case_id != found.id:
                change.put("工单编号", "case", found)
        else:
            self.work.warn(row, "工单编号", N_("还没有工单“%(number)s”，导入工单后会自动连上。"), number=number)
            if change.is_new or self.awaited.get(callback.id) != number:
                change.note("工单编号", "awaited", number, None, number)

    def _call(self, change: RowChange) -> None:
        """When it was made and what came of it: a time and a result, or neither."""
        row, callback = change.row, change.record
        made = last_call(callback) if callback else None
        at = row.get("回访时间", made.at if made else None)
        outcome: Outcome | None = row.get("结果", made.outcome if made else None)
        if at is not None and outcome is None:
            raise CellRefused("结果", N_("写了回访时间，还要写结果。"))
        if outcome is not None and at is None:
            raise CellRefused("回访时间", N_("写了结果，还要写回访时间。"))
        if at is not None and outcome is not None and not is_kept(callback, at, outcome):
            change.note("回访时间", "call", (at, outcome), made.at if made else None, at)
            change.shown["结果"] = (_outcome_word(made.outcome) if made else "", _outcome_word(outcome))
        if outcome is Outcome.REACHED:
            self._answers(change)
        elif first := next((name for name in OF_A_CALL if name in row), None):
            self.work.warn(row, first, N_("没有有效回访，评价不计入。"))

    def _answers(self, change: RowChange) -> None:
        row, callback = change.row, change.record
        if "满意度" in row:
            change.put("满意度", "rating", int(row["满意度"]))
        if "属实" in row:
            change.put("属实", "truthful", row["属实"])
        before = {answer.meaning: answer.value for answer in callback.answers} if callback else {}
        for column, (meaning, _text) in SAID.items():
            if column in row and before.get(meaning) != (value := _coded(row[column])):
                change.note(column, f"answer:{column}", value, before.get(meaning), row[column])

    def finish(self, changes: Sequence[RowChange]) -> list[Problem]:
        """A chain of second callbacks must have a beginning."""
        origins = {change.name: change.row.get("原回访编号") for change in changes}
        problems = []
        for change in changes:
            seen, number = {change.name}, origins[change.name]
            while number is not None and number not in seen:
                seen.add(number)
                number = origins.get(number)
            if number is not None:
                message = N_("原回访编号绕成了一圈。")
                problems.append(Problem(change.row.number, "原回访编号", message))
        return problems

    def write(self, changes: Sequence[RowChange]) -> None:
        """Add and correct them, each with its attempt and answers; then link the chains."""
        sheets = Sheets(self.work)
        for change in self.work.writing(changes):
            if change.is_new:
                change.record = Callback(made_at=self.work.at, truthful=True, effective=False)
                db.session.add(change.record)
                self._place(change.record, change.values["project"])
            change.write()
            if "project" in change.values and not change.is_new:
                self._place(change.record, change.values["project"])
            self._write_call(change)
            self._write_answers(change)
            self._settle(change, sheets)
        self._write_links(changes)
        audit(self.work, changes)

    def _place(self, callback: Callback, project: Project) -> None:
        """Customer, branch and project manager as they are at the time of the import."""
        manager = project.manager
        callback.customer = project.customer
        callback.branch_id, callback.project_manager_id = project.branch_id, manager.id if manager else None

    def _write_call(self, change: RowChange) -> None:
        if "call" not in change.more:
            return
        callback: Callback = change.record
        at, outcome = change.more["call"]
        agent = change.values.get("assigned_to") or callback.assigned_to
        callback.attempts.append(
            Attempt(
                at=at,
                recorded_at=self.work.at,
                by=agent,
                number=callback.customer.phone,
                outcome=outcome,
                note=_corrected(change),
            )
        )
        callback.effective = outcome is Outcome.REACHED
        callback.reached_at = at if callback.effective else None
        callback.reached_by = agent if callback.effective else None

    def _write_answers(self, change: RowChange) -> None:
        callback: Callback = change.record
        if "assigned_to" in change.values and callback.effective:
            callback.reached_by = change.values["assigned_to"]
        for column, (meaning, text) in SAID.items():
            value = change.more.get(f"answer:{column}")
            if value is None:
                continue
            answer = next((one for one in callback.answers if one.meaning is meaning), None)
            if answer is None:
                callback.answers.append(Answer(code=meaning.value, question_text=text, meaning=meaning, value=value))
            else:
                answer.value = value

    def _settle(self, change: RowChange, sheets: Sheets) -> None:
        """Done when effective; else still to be made, or missed once the window is over."""
        callback: Callback = change.record
        if callback.effective:
            callback.state = CallbackState.DONE
        elif change.is_new or "call" in change.more or "window_last" in change.values:
            over = callback.window_last < self.work.today
            callback.state = CallbackState.MISSED if over else CallbackState.DUE
        if change.is_new or "window_last" in change.values:
            callback.wanted_at = candidates.wanted_at(callback.window_last)
        if callback.state is CallbackState.DUE and callback.questionnaire_id is None and callback.project:
            callback.rule_id, callback.questionnaire_id = sheets.of(callback.project.plan_id, callback.occasion)

    def _write_links(self, changes: Sequence[RowChange]) -> None:
        everyone = self.known | {change.name: change.record for change in changes}
        linked = {change.name: everyone[change.more["origin"]] for change in changes if "origin" in change.more}
        for change in changes:
            if change.name in linked:
                change.record.origin = linked[change.name]
            if "case" in change.values:
                self._forget_awaited(change.record)
            if "awaited" in change.more:
                db.session.merge(AwaitedCase(callback_id=change.record.id, case_number=change.more["awaited"]))
        db.session.flush()
        for name, origin in linked.items():
            first = origin
            while first.number in linked:
                first = linked[first.number]
            everyone[name].root_id = first.root_id or first.id
        db.session.flush()

    def _forget_awaited(self, callback: Callback) -> None:
        if callback.id in self.awaited:
            db.session.delete(db.session.get_one(AwaitedCase, callback.id))


def _outcome_word(outcome: Outcome) -> str:
    return EFFECTIVE if outcome is Outcome.REACHED else outcome.label


def _corrected(change: RowChange) -> str:
    return N_("由文件导入更正") if not change.is_new and change.shown["回访时间"][0] else ""


def _coded(value: Any) -> str:
    """An answer as it is kept: yes, no, or the level's number."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value.value)
