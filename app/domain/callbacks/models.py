"""Callbacks, the attempts to make them, what was answered, and what follows."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, query_expression, relationship

from app.domain.accounts.models import Branch, Person
from app.domain.callbacks.enums import OPEN_STATES, CallbackState, Decision, Outcome, Purpose, TaskKind
from app.domain.callbacks.ratings import needs_followup
from app.domain.core.enums import N_
from app.domain.core.orm import Base, Code, Instant, column, instant, key
from app.domain.customers.models import Customer
from app.domain.plans.enums import Meaning, Occasion
from app.domain.plans.models import CallbackRule, Questionnaire
from app.domain.projects.models import Project

if TYPE_CHECKING:
    from app.domain.cases.models import Case


TO_CALL = text("callbacks.state IN ('due', 'scheduled')")
"""SQL: the callbacks that somebody is to call. Literal, since SQLite uses a partial index only for its own words."""
TO_CALL_ONLY: dict[str, Any] = {
    "sqlite_where": text("state IN ('due', 'scheduled')"),
    "postgresql_where": text("state IN ('due', 'scheduled')"),
}
UNDONE: dict[str, Any] = {"sqlite_where": text("done_at IS NULL"), "postgresql_where": text("done_at IS NULL")}


class Callback(Base):
    """回访. `made_for` names rule and occurrence, so that nothing is made twice; it is never a date.

    `wanted_at` is when it is to be called: the end of the window's last day, or the time the customer named.
    `branch_id` and `project_manager_id` are those of the day it was made.
    """

    __tablename__ = "callbacks"
    __table_args__ = (
        Index("ix_callbacks_to_call_by_person", "assigned_to_id", "wanted_at", "id", **TO_CALL_ONLY),
        Index("ix_callbacks_to_call_by_branch", "branch_id", "wanted_at", "id", **TO_CALL_ONLY),
        Index("ix_callbacks_to_call", "wanted_at", "id", **TO_CALL_ONLY),
        Index(None, "assigned_to_id", "state", "wanted_at", "id"),
        Index(None, "branch_id", "state", "wanted_at", "id"),
        Index(None, "state", "wanted_at", "id"),
        Index(None, "project_id", "window_last", "id"),
        Index(None, "customer_id", "id"),
        Index(None, "case_id"),
        Index(None, "root_id"),
        Index(None, "window_last", "branch_id"),
        Index(None, "reached_at", "branch_id"),
    )

    id: Mapped[key]
    number: Mapped[str | None] = column(N_("编号或号码"), String(40), unique=True)
    made_for: Mapped[str | None] = column(N_("为哪一次"), String(80), unique=True)
    customer_id: Mapped[int] = column(N_("客户"), ForeignKey("customers.id"))
    project_id: Mapped[int | None] = column(N_("工程"), ForeignKey("projects.id"))
    case_id: Mapped[int | None] = column(N_("工单"), ForeignKey("cases.id"))
    rule_id: Mapped[int | None] = column(N_("回访规则"), ForeignKey("callback_rules.id"))
    occasion: Mapped[Occasion] = column(N_("阶段"), Code(Occasion))
    window_first: Mapped[date] = column(N_("应访开始"))
    window_last: Mapped[date] = column(N_("应访截止"))
    wanted_at: Mapped[instant] = column(N_("约定时间"))
    questionnaire_id: Mapped[int | None] = column(N_("问卷"), ForeignKey("questionnaires.id"))
    origin_id: Mapped[int | None] = column(N_("原回访"), ForeignKey("callbacks.id"))
    root_id: Mapped[int | None] = column(N_("最初的回访"), ForeignKey("callbacks.id"))
    branch_id: Mapped[int | None] = column(N_("区域"), ForeignKey("branches.id"))
    project_manager_id: Mapped[int | None] = column(N_("项目经理"), ForeignKey("people.id"))
    assigned_to_id: Mapped[int | None] = column(N_("指派给"), ForeignKey("people.id"))
    state: Mapped[CallbackState] = column(N_("状态"), Code(CallbackState), default=CallbackState.DUE)
    state_reason: Mapped[str] = column(N_("原因"), String(300), default="")
    reached_at: Mapped[datetime | None] = column(N_("接通时间"), Instant)
    reached_by_id: Mapped[int | None] = column(N_("接通的客服"), ForeignKey("people.id"))
    effective: Mapped[bool] = column(N_("有效"), default=False)
    rating: Mapped[int | None] = column(N_("满意度"))
    truthful: Mapped[bool] = column(N_("属实"), default=True)
    needs_visit: Mapped[bool] = column(N_("需再上门"), default=False)
    interviewee: Mapped[str] = column(N_("受访人"), String(60), default="")
    remarks: Mapped[str] = column(N_("回访描述"), Text, default="")
    chain_closed_at: Mapped[datetime | None] = column(N_("二次回访结束时间"), Instant)
    chain_closed_why: Mapped[str] = column(N_("结束原因"), String(300), default="")
    made_at: Mapped[instant] = column(N_("安排时间"))
    version: Mapped[int] = mapped_column()
    tried: Mapped[int | None] = query_expression()
    """How often it was tried, where a list asks for it."""

    customer: Mapped[Customer] = relationship()
    project: Mapped[Project | None] = relationship()
    case: Mapped["Case | None"] = relationship(foreign_keys=case_id)
    rule: Mapped[CallbackRule | None] = relationship()
    questionnaire: Mapped[Questionnaire | None] = relationship()
    origin: Mapped["Callback | None"] = relationship(foreign_keys=origin_id, remote_side="Callback.id")
    branch: Mapped[Branch | None] = relationship()
    project_manager: Mapped[Person | None] = relationship(foreign_keys=project_manager_id)
    assigned_to: Mapped[Person | None] = relationship(foreign_keys=assigned_to_id)
    reached_by: Mapped[Person | None] = relationship(foreign_keys=reached_by_id)
    attempts: Mapped[list["Attempt"]] = relationship(order_by="Attempt.at, Attempt.id", back_populates="callback")
    answers: Mapped[list["Answer"]] = relationship(order_by="Answer.id")

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to call or to decide."""
        return self.state in OPEN_STATES

    @property
    def needs_followup(self) -> bool:
        """Whether what was said asks for a second callback: dissatisfied, not true, or another visit."""
        return self.effective and needs_followup(self.rating, truthful=self.truthful, needs_visit=self.needs_visit)


def _at_once(row: Any) -> datetime:
    """An attempt is recorded while it is made, unless something else is said."""
    at: datetime = row.get_current_parameters()["at"]
    return at


class Attempt(Base):
    """拨打记录. Only added to. An attempt belongs to a callback or, on a case, to a purpose."""

    __tablename__ = "attempts"
    __table_args__ = (Index(None, "callback_id", "at"), Index(None, "case_id", "at"), Index(None, "by_id", "at"))

    id: Mapped[key]
    callback_id: Mapped[int | None] = mapped_column(ForeignKey("callbacks.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    purpose: Mapped[Purpose] = mapped_column(Code(Purpose), default=Purpose.CALLBACK)
    at: Mapped[instant]
    recorded_at: Mapped[datetime] = mapped_column(Instant, default=_at_once)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    number: Mapped[str] = mapped_column(String(30), default="")
    outcome: Mapped[Outcome] = mapped_column(Code(Outcome))
    note: Mapped[str] = mapped_column(Text, default="")

    callback: Mapped[Callback | None] = relationship(back_populates="attempts")
    by: Mapped[Person | None] = relationship()


class Answer(Base):
    """答案. Keeps the question's text as asked and whom it was about; `question_id` None: imported."""

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("callback_id", "code"), Index(None, "about_id"))

    id: Mapped[key]
    callback_id: Mapped[int] = mapped_column(ForeignKey("callbacks.id"))
    question_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id"))
    code: Mapped[str] = mapped_column(String(40))
    question_text: Mapped[str] = mapped_column(Text)
    meaning: Mapped[Meaning | None] = mapped_column(Code(Meaning))
    value: Mapped[str] = mapped_column(Text)
    about_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    about: Mapped[Person | None] = relationship(lazy="joined")


class CallDraft(Base):
    """What was typed in a call not saved yet: survives a closed browser and a power cut."""

    __tablename__ = "call_drafts"

    callback_id: Mapped[int] = mapped_column(ForeignKey("callbacks.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_at: Mapped[instant]


class UnreachableDecision(Base):
    """What a lead decided on a customer who could not be reached, and why."""

    __tablename__ = "unreachable_decisions"

    id: Mapped[key]
    callback_id: Mapped[int] = mapped_column(ForeignKey("callbacks.id"), index=True)
    decision: Mapped[Decision] = mapped_column(Code(Decision))
    reason: Mapped[str] = mapped_column(String(300))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[instant]

    by: Mapped[Person] = relationship()


class Task(Base):
    """待办 that follows from a call: send the service number, verify a number or an address, write a letter."""

    __tablename__ = "tasks"
    __table_args__ = (
        Index("ix_tasks_to_do", "due_on", "id", **UNDONE),
        Index(None, "due_on", "id"),
        Index(None, "owner_id", "due_on", "id", **UNDONE),
        Index(None, "callback_id"),
        Index(None, "customer_id"),
    )

    id: Mapped[key]
    kind: Mapped[TaskKind] = column(N_("类型"), Code(TaskKind))
    customer_id: Mapped[int] = column(N_("客户"), ForeignKey("customers.id"))
    project_id: Mapped[int | None] = column(N_("工程"), ForeignKey("projects.id"))
    callback_id: Mapped[int | None] = column(N_("回访"), ForeignKey("callbacks.id"))
    owner_id: Mapped[int | None] = column(N_("负责客服"), ForeignKey("people.id"))
    branch_id: Mapped[int | None] = column(N_("区域"), ForeignKey("branches.id"))
    text: Mapped[str] = column(N_("内容"), Text)
    due_on: Mapped[date] = column(N_("到期日"))
    made_at: Mapped[instant] = column(N_("安排时间"))
    done_at: Mapped[datetime | None] = column(N_("办完时间"), Instant)
    done_by_id: Mapped[int | None] = column(N_("谁办的"), ForeignKey("people.id"))
    result: Mapped[str] = column(N_("结果"), Text, default="")

    customer: Mapped[Customer] = relationship()
    project: Mapped[Project | None] = relationship()
    callback: Mapped[Callback | None] = relationship()
    owner: Mapped[Person | None] = relationship(foreign_keys=owner_id)
    done_by: Mapped[Person | None] = relationship(foreign_keys=done_by_id)
