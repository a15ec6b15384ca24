"""Cases, what happened on them, and the deadlines of their promises."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Numeric, String, Text, and_, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.accounts.models import Branch, Department, Person
from app.domain.callbacks.models import Attempt, Callback
from app.domain.cases.enums import CaseChannel, CaseState, EventKind, Payer, Responsibility, Severity, status_label
from app.domain.core.enums import N_
from app.domain.core.orm import Base, Code, Instant, column, instant, key
from app.domain.customers.models import Customer
from app.domain.files.models import StoredFile
from app.domain.plans.enums import Calendar, CaseKind, DeadlineKind, Urgency
from app.domain.plans.models import Category, Cause, Result, ServicePlan
from app.domain.projects.models import Project, Team

NEVER = datetime(9999, 12, 31, tzinfo=UTC)
"""`next_due_at` of a case on which no clock runs: sorts last, and is never null."""

OPEN_ONLY: dict[str, Any] = {"sqlite_where": text("ended_at IS NULL"), "postgresql_where": text("ended_at IS NULL")}
RUNNING_ONLY: dict[str, Any] = {
    "sqlite_where": text("met_at IS NULL AND released_at IS NULL AND superseded_at IS NULL"),
    "postgresql_where": text("met_at IS NULL AND released_at IS NULL AND superseded_at IS NULL"),
}


class CaseNumber(Base):
    """The last number given on a day to a kind: gapless, since it is raised in the case's own transaction."""

    __tablename__ = "case_numbers"

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[CaseKind] = mapped_column(Code(CaseKind), primary_key=True)
    last: Mapped[int]


class Case(Base):
    """工单. `ended_at` is set when it is closed, cancelled or merged; what happened stands in its events.

    `branch_id` and `project_manager_id` are those of the day it was received; `department_id` is the department
    it was handed to last. `assignee_id` has it in hand now: the owner, or who signed for it. `repeat_given` is what a
    ledger says of 返修; where it says nothing, the rule decides.
    """

    __tablename__ = "cases"
    __table_args__ = (
        Index(None, "branch_id", "next_due_at", "id", **OPEN_ONLY),
        Index(None, "owner_id", "next_due_at", "id", **OPEN_ONLY),
        Index(None, "assignee_id", "next_due_at", "id", **OPEN_ONLY),
        Index("ix_cases_open_due", "next_due_at", "id", **OPEN_ONLY),
        Index("ix_cases_open_received", "received_at", "id", **OPEN_ONLY),
        Index(None, "received_at", "id"),
        Index(None, "branch_id", "received_at", "id"),
        Index(None, "kind", "received_at", "id"),
        Index(None, "owner_id", "received_at", "id"),
        Index(None, "customer_id", "id"),
        Index(None, "project_id", "received_at"),
    )

    id: Mapped[key]
    number: Mapped[str] = column(N_("编号或号码"), String(40), unique=True)
    kind: Mapped[CaseKind] = column(N_("类型"), Code(CaseKind))
    state: Mapped[CaseState] = column(N_("状态"), Code(CaseState), default=CaseState.REGISTERED)
    round: Mapped[int] = column(N_("轮次"), default=1)
    customer_id: Mapped[int] = column(N_("客户"), ForeignKey("customers.id"))
    project_id: Mapped[int | None] = column(N_("工程"), ForeignKey("projects.id"))
    service_plan_id: Mapped[int] = column(N_("服务方案"), ForeignKey("service_plans.id"))
    branch_id: Mapped[int | None] = column(N_("区域"), ForeignKey("branches.id"))
    project_manager_id: Mapped[int | None] = column(N_("项目经理"), ForeignKey("people.id"))
    department_id: Mapped[int | None] = column(N_("部门"), ForeignKey("departments.id"))
    owner_id: Mapped[int] = column(N_("负责客服"), ForeignKey("people.id"))
    assignee_id: Mapped[int] = column(N_("现在由谁处理"), ForeignKey("people.id"))
    assigned_at: Mapped[instant] = column(N_("接手时间"))

    channel: Mapped[CaseChannel] = column(N_("渠道"), Code(CaseChannel), default=CaseChannel.PHONE)
    received_at: Mapped[instant] = column(N_("受理时间"))
    received_by_id: Mapped[int] = column(N_("受理人"), ForeignKey("people.id"))
    recorded_at: Mapped[instant] = column(N_("登记时间"))
    backdated_why: Mapped[str] = column(N_("补登原因"), String(200), default="")
    reporter: Mapped[str] = column(N_("报事人"), String(60), default="")
    relation: Mapped[str] = column(N_("关系"), String(30), default="")
    reporter_phone: Mapped[str] = column(N_("报事人电话"), String(30), default="", is_phone=True)
    category_id: Mapped[int | None] = column(N_("分类"), ForeignKey("categories.id"))
    content: Mapped[str] = column(N_("内容"), Text)
    request: Mapped[str] = column(N_("业主要求"), Text, default="")
    urgency: Mapped[Urgency] = column(N_("紧急程度"), Code(Urgency), default=Urgency.NORMAL)
    severity: Mapped[Severity | None] = column(N_("严重程度"), Code(Severity))
    is_complex: Mapped[bool] = column(N_("复杂"), default=False)
    origin_callback_id: Mapped[int | None] = column(
        N_("来自哪次回访"), ForeignKey("callbacks.id", use_alter=True), index=True
    )

    is_valid: Mapped[bool | None] = column(N_("成立"))
    needs_department: Mapped[bool | None] = column(N_("需要部门处理"))
    in_warranty: Mapped[bool | None] = column(N_("保修期内"))
    responsibility: Mapped[Responsibility | None] = column(N_("责任方"), Code(Responsibility))
    responsible_id: Mapped[int | None] = column(N_("责任人"), ForeignKey("people.id"))
    responsible_name: Mapped[str] = column(N_("责任人"), String(60), default="")
    finding: Mapped[str] = column(N_("现场情况"), Text, default="")
    solution: Mapped[str] = column(N_("方案"), Text, default="")
    agreed_on: Mapped[date | None] = column(N_("约定完工日"))
    team_id: Mapped[int | None] = column(N_("施工队"), ForeignKey("teams.id"))
    labour: Mapped[Decimal | None] = column(N_("人工费"), Numeric(12, 2))
    material: Mapped[Decimal | None] = column(N_("材料费"), Numeric(12, 2))
    payer: Mapped[Payer | None] = column(N_("承担方"), Code(Payer))
    cause_id: Mapped[int | None] = column(N_("原因"), ForeignKey("causes.id"))
    result_id: Mapped[int | None] = column(N_("处理结果"), ForeignKey("results.id"))
    lesson: Mapped[str] = column(N_("改进教训"), Text, default="")
    is_repeat: Mapped[bool] = column(N_("返修"), default=False)
    repeat_given: Mapped[bool | None] = column(N_("台账写明返修"))
    repeat_of_id: Mapped[int | None] = column(N_("返修自"), ForeignKey("cases.id"))
    rating: Mapped[int | None] = column(N_("满意度"))
    merged_into_id: Mapped[int | None] = column(N_("并入"), ForeignKey("cases.id"))
    next_due_at: Mapped[datetime] = column(N_("下一个时限"), Instant, default=NEVER)
    ended_at: Mapped[datetime | None] = column(N_("结束时间"), Instant)
    version: Mapped[int] = mapped_column()

    customer: Mapped[Customer] = relationship()
    project: Mapped[Project | None] = relationship()
    service_plan: Mapped[ServicePlan] = relationship()
    branch: Mapped[Branch | None] = relationship()
    project_manager: Mapped[Person | None] = relationship(foreign_keys=project_manager_id)
    department: Mapped[Department | None] = relationship()
    owner: Mapped[Person] = relationship(foreign_keys=owner_id)
    assignee: Mapped[Person] = relationship(foreign_keys=assignee_id)
    received_by: Mapped[Person] = relationship(foreign_keys=received_by_id)
    category: Mapped[Category | None] = relationship()
    origin_callback: Mapped[Callback | None] = relationship(foreign_keys=origin_callback_id)
    responsible: Mapped[Person | None] = relationship(foreign_keys=responsible_id)
    team: Mapped[Team | None] = relationship()
    cause: Mapped[Cause | None] = relationship()
    result: Mapped[Result | None] = relationship()
    events: Mapped[list["CaseEvent"]] = relationship(
        order_by="CaseEvent.happened_at, CaseEvent.id", back_populates="case"
    )
    deadlines: Mapped[list["Deadline"]] = relationship(order_by="Deadline.due_at, Deadline.id", back_populates="case")
    attempts: Mapped[list[Attempt]] = relationship(order_by="Attempt.at, Attempt.id")
    photos: Mapped[list["CasePhoto"]] = relationship(order_by="CasePhoto.id")

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.ended_at is None

    @property
    def status_label(self) -> str:
        """How it stands, a message id."""
        return status_label(self.state, self.rating)

    @property
    def cost(self) -> Decimal:
        """Labour and material together; what is not recorded counts as nothing."""
        return (self.labour or Decimal(0)) + (self.material or Decimal(0))


class CaseEvent(Base):
    """What happened on a case, when, by whom. A corrected event keeps its row, superseded by the new one."""

    __tablename__ = "case_events"
    __table_args__ = (Index(None, "case_id", "kind", "round"), Index(None, "kind", "happened_at"))

    id: Mapped[key]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    round: Mapped[int] = mapped_column(default=1)
    kind: Mapped[EventKind] = mapped_column(Code(EventKind))
    happened_at: Mapped[instant]
    recorded_at: Mapped[instant]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    imported: Mapped[bool] = mapped_column(default=False)
    superseded_at: Mapped[datetime | None] = mapped_column(Instant)

    case: Mapped[Case] = relationship(back_populates="events")
    by: Mapped[Person | None] = relationship()
    photos: Mapped[list["CasePhoto"]] = relationship(order_by="CasePhoto.id", viewonly=True)


class Deadline(Base):
    """时限: one promise on one round of a case. Broken is not a flag: it is due before it was met.

    `met_unreached`: stopped by failed attempts, shown as such and never counted as in time.
    `superseded_at`: a correction of the event it started from made another clock take its place.
    """

    __tablename__ = "deadlines"
    __table_args__ = (
        Index(None, "case_id", "kind"),
        Index(None, "kind", "due_at"),
        Index("ix_deadlines_running_due", "due_at", "id", **RUNNING_ONLY),
    )

    id: Mapped[key]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    handoff_id: Mapped[int | None] = mapped_column(ForeignKey("handoffs.id", use_alter=True), index=True)
    rule_id: Mapped[int | None] = mapped_column(ForeignKey("deadline_rules.id"))
    round: Mapped[int] = mapped_column(default=1)
    kind: Mapped[DeadlineKind] = mapped_column(Code(DeadlineKind))
    started_at: Mapped[instant]
    minutes: Mapped[int | None]
    calendar: Mapped[Calendar] = mapped_column(Code(Calendar), default=Calendar.WALL)
    due_at: Mapped[instant]
    met_at: Mapped[datetime | None] = mapped_column(Instant)
    met_unreached: Mapped[bool] = mapped_column(default=False)
    released_at: Mapped[datetime | None] = mapped_column(Instant)
    released_why: Mapped[str] = mapped_column(String(60), default="")
    superseded_at: Mapped[datetime | None] = mapped_column(Instant)

    case: Mapped[Case] = relationship(back_populates="deadlines")


class CasePhoto(Base):
    """照片 of a case, taken with an event or added later."""

    __tablename__ = "case_photos"

    id: Mapped[key]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("case_events.id"))
    caption: Mapped[str] = mapped_column(String(200), default="")

    file: Mapped[StoredFile] = relationship()


RUNNING = and_(Deadline.met_at.is_(None), Deadline.released_at.is_(None), Deadline.superseded_at.is_(None))
"""SQL: the clock still counts."""
