"""Projects: their stages, people, contacts, suspensions, warranty."""

from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, ForeignKey, Index, Numeric, String, Text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.accounts.models import Branch, Person
from app.domain.core.enums import N_
from app.domain.core.orm import Base, Code, bytewise, column, instant, key
from app.domain.customers.models import AddressParts, Customer
from app.domain.plans.enums import FunctionMeaning, StageMeaning
from app.domain.plans.models import Function, ServicePlan
from app.domain.projects.enums import ProjectStatus


class Project(AddressParts, Base):
    """工程. `status` follows from its dates, suspensions and cancellation (status.py) and is kept for lists."""

    __tablename__ = "projects"
    __table_args__ = (
        Index(None, "branch_id", "id"),
        Index(None, "branch_id", "contract_number"),
        Index(None, "branch_id", "status", "id"),
        Index(None, "status", "id"),
        Index(None, "status", "contract_number"),
        Index(None, "customer_id", "id"),
    )

    id: Mapped[key]
    contract_number: Mapped[str] = column(N_("合同编号"), bytewise(40), unique=True)
    customer_id: Mapped[int] = column(N_("客户"), ForeignKey("customers.id"))
    plan_id: Mapped[int] = column(N_("服务方案"), ForeignKey("service_plans.id"))
    branch_id: Mapped[int | None] = column(N_("区域"), ForeignKey("branches.id"))
    amount: Mapped[Decimal | None] = column(N_("合同金额"), Numeric(14, 2))
    signed_on: Mapped[date | None] = column(N_("签约日期"))
    warranty_months: Mapped[int | None] = column(N_("保修月数"))
    waterproof_months: Mapped[int | None] = column(N_("防水保修月数"))
    card_number: Mapped[str] = column(N_("保修卡号"), String(40), default="")
    card_on: Mapped[date | None] = column(N_("保修卡日期"))
    callbacks_from: Mapped[date] = column(N_("从哪天起回访"))
    cancelled_on: Mapped[date | None] = column(N_("取消日期"))
    cancelled_why: Mapped[str] = column(N_("取消原因"), String(200), default="")
    notes: Mapped[str] = column(N_("备注"), Text, default="")
    status: Mapped[ProjectStatus] = column(N_("状态"), Code(ProjectStatus), default=ProjectStatus.WAITING)
    created_at: Mapped[instant] = column(N_("登记时间"))
    version: Mapped[int] = mapped_column()

    customer: Mapped[Customer] = relationship()
    plan: Mapped[ServicePlan] = relationship()
    branch: Mapped[Branch | None] = relationship()
    stages: Mapped[list["ProjectStage"]] = relationship(back_populates="project")
    people: Mapped[list["ProjectPerson"]] = relationship(back_populates="project", order_by="ProjectPerson.id")
    suspensions: Mapped[list["Suspension"]] = relationship(back_populates="project", order_by="Suspension.first_day")
    contacts: Mapped[list["Contact"]] = relationship(back_populates="project", order_by="Contact.id")

    __mapper_args__ = {"version_id_col": version}

    def actual(self, stage: str) -> date | None:
        """The day the stage with that code was reached, or None."""
        return next((row.actual_on for row in self.stages if row.stage == stage), None)

    def planned(self, stage: str) -> date | None:
        """The day the stage with that code is planned for, or None."""
        return next((row.planned_on for row in self.stages if row.stage == stage), None)

    @property
    def started_on(self) -> date | None:
        """The day on which work began, or None."""
        return next((row.actual_on for row in self.stages if row.meaning is StageMeaning.START), None)

    @property
    def start_planned_on(self) -> date | None:
        """The day on which work is to begin, or None."""
        return next((row.planned_on for row in self.stages if row.meaning is StageMeaning.START), None)

    @property
    def completed_on(self) -> date | None:
        """The day on which work was completed, or None."""
        return next((row.actual_on for row in self.stages if row.meaning is StageMeaning.COMPLETION), None)

    def person(self, function: str) -> Person | None:
        """Who has the function with that code on the project now."""
        rows = (row.person for row in reversed(self.people) if row.function.code == function and row.is_current)
        return next(rows, None)

    @property
    def manager(self) -> Person | None:
        """The project manager now."""
        rows = (row for row in reversed(self.people) if row.function.meaning is FunctionMeaning.PM and row.is_current)
        return next((row.person for row in rows), None)


class ProjectStage(Base):
    """节点 of a project: planned day and the day it was reached.

    `meaning` is that of the plan's stage with the code, kept here so that a figure finds its rows by index (stages.py).
    """

    __tablename__ = "project_stages"
    __table_args__ = (Index(None, "stage", "actual_on"), Index(None, "meaning", "actual_on"))

    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"), primary_key=True)
    stage: Mapped[str] = mapped_column(String(30), primary_key=True)
    meaning: Mapped[StageMeaning | None] = mapped_column(Code(StageMeaning))
    planned_on: Mapped[date | None]
    actual_on: Mapped[date | None]

    project: Mapped[Project] = relationship(back_populates="stages")


class ProjectPerson(Base):
    """Who does what on a project, from a day until another (None: still)."""

    __tablename__ = "project_people"
    __table_args__ = (
        Index(None, "project_id", "function_code"),
        Index(None, "person_id", "until", "function_code", "project_id"),
    )

    id: Mapped[key]
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"))
    function_code: Mapped[str] = mapped_column(ForeignKey("functions.code"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    since: Mapped[date]
    until: Mapped[date | None]

    project: Mapped[Project] = relationship(back_populates="people")
    function: Mapped[Function] = relationship(lazy="joined", innerjoin=True)
    person: Mapped[Person] = relationship()

    @hybrid_property
    def is_current(self) -> bool:
        """Whether they still do it: nobody is put on a project, or taken off it, from a day to come."""
        return self.until is None

    @is_current.inplace.expression
    @classmethod
    def _is_current(cls) -> ColumnElement[bool]:
        return cls.until.is_(None)


class Suspension(Base):
    """停工 from a day to a day, both included (last None: still)."""

    __tablename__ = "suspensions"

    id: Mapped[key]
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date | None]
    reason: Mapped[str] = mapped_column(String(200), default="")

    project: Mapped[Project] = relationship(back_populates="suspensions")


class Contact(Base):
    """联系人 of a project: whom to call from now on, until a day. Calls go to them."""

    __tablename__ = "contacts"

    id: Mapped[key]
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    relation: Mapped[str] = mapped_column(String(30), default="")
    number: Mapped[str] = mapped_column(String(30), index=True)
    tail4: Mapped[str] = mapped_column(String(4), index=True)
    since: Mapped[date]
    until: Mapped[date | None]

    project: Mapped[Project] = relationship(back_populates="contacts")


class Team(Base):
    """施工队."""

    __tablename__ = "teams"

    id: Mapped[key]
    name: Mapped[str] = mapped_column(String(60), unique=True)
    foreman: Mapped[str] = mapped_column(String(60), default="")
    phone: Mapped[str] = mapped_column(String(30), default="")
