"""What a firm promises, as rows it edits: service plans, their callbacks and deadlines, and the questionnaires."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.core.orm import Base, Code, key
from app.domain.plans.enums import (
    AnswerKind,
    Calendar,
    CaseKind,
    DeadlineKind,
    DeadlineStart,
    FunctionMeaning,
    Meaning,
    Occasion,
    StageMeaning,
    Trigger,
    WarrantyTerm,
)


class ServicePlan(Base):
    """服务方案: which stages, callbacks and deadlines a project is promised."""

    __tablename__ = "service_plans"

    id: Mapped[key]
    code: Mapped[str] = mapped_column(String(30), unique=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    is_default: Mapped[bool] = mapped_column(default=False)

    stages: Mapped[list["PlanStage"]] = relationship(back_populates="plan", order_by="PlanStage.position")
    callback_rules: Mapped[list["CallbackRule"]] = relationship(back_populates="plan", order_by="CallbackRule.id")
    deadline_rules: Mapped[list["DeadlineRule"]] = relationship(back_populates="plan", order_by="DeadlineRule.id")

    def stage(self, code: str) -> "PlanStage | None":
        """The stage with the code."""
        return next((stage for stage in self.stages if stage.code == code), None)

    @property
    def start(self) -> "PlanStage | None":
        """The stage with which work begins, where the plan has one."""
        return next((stage for stage in self.stages if stage.meaning is StageMeaning.START), None)


class PlanStage(Base):
    """节点 of a plan, in the order of `position`. Its meaning is what the program knows of it: at most one of each."""

    __tablename__ = "plan_stages"
    __table_args__ = (UniqueConstraint("plan_id", "code"), UniqueConstraint("plan_id", "meaning"))

    id: Mapped[key]
    plan_id: Mapped[int] = mapped_column(ForeignKey("service_plans.id"))
    code: Mapped[str] = mapped_column(String(30))
    name: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]
    meaning: Mapped[StageMeaning | None] = mapped_column(Code(StageMeaning))

    plan: Mapped[ServicePlan] = relationship(back_populates="stages")

    @property
    def label(self) -> str:
        """Its name: the firm's own, or one that ships and has a translation."""
        return self.name


class Function(Base):
    """职责 of people on projects, the firm's own list in the order of `position`.

    Its meaning is what the program knows of it: at most one of each. One looks for who has it among people with one of
    `roles`; without those who are needed a project's file is incomplete.
    """

    __tablename__ = "functions"

    code: Mapped[str] = mapped_column(String(30), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    position: Mapped[int]
    meaning: Mapped[FunctionMeaning | None] = mapped_column(Code(FunctionMeaning), unique=True)
    roles: Mapped[list[str]] = mapped_column(JSON, default=list)
    is_needed: Mapped[bool] = mapped_column(default=False)

    @property
    def label(self) -> str:
        """Its name: the firm's own, or one that ships and has a translation."""
        return self.name


class CallbackRule(Base):
    """回访规则: what makes a callback due, its window in days after that, and what is asked.

    `code` tells it from the plan's other rules, and is the same in all its versions. A callback's `made_for` names it.
    """

    __tablename__ = "callback_rules"
    __table_args__ = (UniqueConstraint("plan_id", "code", "since"),)

    id: Mapped[key]
    plan_id: Mapped[int] = mapped_column(ForeignKey("service_plans.id"))
    code: Mapped[str] = mapped_column(String(30))
    occasion: Mapped[Occasion] = mapped_column(Code(Occasion))
    trigger: Mapped[Trigger] = mapped_column(Code(Trigger))
    stage: Mapped[str | None] = mapped_column(String(30))
    opens_after_days: Mapped[int] = mapped_column(default=0)
    window_days: Mapped[int] = mapped_column(default=2)
    questionnaire_code: Mapped[str] = mapped_column(String(30))
    since: Mapped[date]

    plan: Mapped[ServicePlan] = relationship(back_populates="callback_rules")


class DeadlineRule(Base):
    """时限规则: one promised time. `minutes` None: the date agreed with the customer."""

    __tablename__ = "deadline_rules"
    __table_args__ = (UniqueConstraint("plan_id", "kind", "case_kind", "since"),)

    id: Mapped[key]
    plan_id: Mapped[int] = mapped_column(ForeignKey("service_plans.id"))
    kind: Mapped[DeadlineKind] = mapped_column(Code(DeadlineKind))
    case_kind: Mapped[CaseKind] = mapped_column(Code(CaseKind))
    starts: Mapped[DeadlineStart] = mapped_column(Code(DeadlineStart))
    minutes: Mapped[int | None]
    calendar: Mapped[Calendar] = mapped_column(Code(Calendar), default=Calendar.WALL)
    since: Mapped[date]

    plan: Mapped[ServicePlan] = relationship(back_populates="deadline_rules")


class Questionnaire(Base):
    """问卷: one version of what is said and asked. Editing makes the next version; a callback keeps its own."""

    __tablename__ = "questionnaires"
    __table_args__ = (UniqueConstraint("code", "version"),)

    id: Mapped[key]
    code: Mapped[str] = mapped_column(String(30))
    version: Mapped[int] = mapped_column()
    name: Mapped[str] = mapped_column(String(60))
    opening: Mapped[str] = mapped_column(Text)
    closing: Mapped[str] = mapped_column(Text)

    questions: Mapped[list["Question"]] = relationship(order_by="Question.position")


class Question(Base):
    """题目. Shown when `shown_if` (code of an earlier question) was answered with one of `shown_on`."""

    __tablename__ = "questions"
    __table_args__ = (UniqueConstraint("questionnaire_id", "code"),)

    id: Mapped[key]
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaires.id"))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(40))
    section: Mapped[str] = mapped_column(String(60), default="")
    text: Mapped[str] = mapped_column(Text)
    say: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[AnswerKind] = mapped_column(Code(AnswerKind))
    required: Mapped[bool] = mapped_column(default=True)
    meaning: Mapped[Meaning | None] = mapped_column(Code(Meaning))
    about: Mapped[str] = mapped_column(String(30), default="")
    choices: Mapped[list[str]] = mapped_column(JSON, default=list)
    shown_if: Mapped[str] = mapped_column(String(40), default="")
    shown_on: Mapped[list[str]] = mapped_column(JSON, default=list)
    raises: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """{"on": [answers], "what": "note_to_head" | "case", "text": what to write}; empty: raises nothing."""


class Category(Base):
    """分类, two levels. `term` tells which warranty term covers it."""

    __tablename__ = "categories"
    __table_args__ = (UniqueConstraint("parent_id", "name"),)

    id: Mapped[key]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    name: Mapped[str] = mapped_column(String(60))
    term: Mapped[WarrantyTerm] = mapped_column(Code(WarrantyTerm), default=WarrantyTerm.GENERAL)
    position: Mapped[int] = mapped_column(default=0)

    parent: Mapped["Category | None"] = relationship(remote_side="Category.id")

    @property
    def first_level(self) -> "Category":
        """The category itself, or the one it belongs to."""
        return self.parent or self

    @property
    def full_name(self) -> str:
        """The second level behind its first."""
        return f"{self.parent.name} · {self.name}" if self.parent else self.name


class Cause(Base):
    """原因, the firm's own list."""

    __tablename__ = "causes"

    id: Mapped[key]
    name: Mapped[str] = mapped_column(String(60), unique=True)


class Result(Base):
    """处理结果, the firm's own list."""

    __tablename__ = "results"

    id: Mapped[key]
    name: Mapped[str] = mapped_column(String(60), unique=True)
