"""Customers, how to reach them, and what finds them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.accounts.models import Branch, Person
from app.domain.core.enums import N_
from app.domain.core.orm import Base, Code, Instant, bytewise, column, instant, key
from app.domain.customers.enums import Channel, CustomerStage, Salutation


class AddressParts:
    """城市, 区县, 小区, 幢, 单元, 室: an address as the field writes it."""

    city: Mapped[str] = column(N_("城市"), String(30), default="")
    district: Mapped[str] = column(N_("区县"), String(30), default="")
    estate: Mapped[str] = column(N_("小区"), String(80), default="")
    building: Mapped[str] = column(N_("幢"), String(20), default="")
    unit: Mapped[str] = column(N_("单元"), String(20), default="")
    room: Mapped[str] = column(N_("室"), String(20), default="")

    @property
    def place(self) -> str:
        """小区·幢·单元·室, the short form on lists."""
        return "·".join(part for part in (self.estate, self.building, self.unit, self.room) if part)

    @classmethod
    def place_columns(cls) -> tuple[Any, ...]:
        """What `place` is made of, for a list that loads little more."""
        return cls.estate, cls.building, cls.unit, cls.room

    @property
    def address(self) -> str:
        """The whole address in one line."""
        return f"{self.city}{self.district}{self.place}"


class Customer(AddressParts, Base):
    """客户. Never deleted; a duplicate is merged into the record that stays."""

    __tablename__ = "customers"
    __table_args__ = (
        Index(None, "branch_id", "id"),
        Index(None, "pinyin", "id"),
        Index(None, "initials", "id"),
        Index(None, "branch_id", "pinyin", "id"),
        Index(None, "stage", "id"),
        Index(None, "stage", "pinyin", "id"),
        Index(None, "is_key", "id"),
        Index(None, "is_key", "pinyin", "id"),
    )

    id: Mapped[key]
    number: Mapped[str | None] = column(N_("客户编号"), String(40), unique=True)
    name: Mapped[str] = column(N_("姓名"), String(60))
    salutation: Mapped[Salutation | None] = column(N_("称谓"), Code(Salutation))
    pinyin: Mapped[str] = mapped_column(bytewise(200), default="")
    initials: Mapped[str] = mapped_column(bytewise(60), default="")
    source: Mapped[str] = column(N_("来源"), String(60), default="")
    stage: Mapped[CustomerStage] = column(N_("状态"), Code(CustomerStage), default=CustomerStage.SIGNED)
    is_key: Mapped[bool] = column(N_("重点客户"), default=False)
    birthday: Mapped[date | None] = column(N_("生日"))
    notes: Mapped[str] = column(N_("备注"), Text, default="")
    branch_id: Mapped[int | None] = column(N_("区域"), ForeignKey("branches.id"))
    entered_by_id: Mapped[int | None] = column(N_("录入人"), ForeignKey("people.id"))
    created_at: Mapped[instant] = column(N_("登记时间"))
    merged_into_id: Mapped[int | None] = column(N_("并入"), ForeignKey("customers.id"))
    version: Mapped[int] = mapped_column()

    branch: Mapped[Branch | None] = relationship()
    entered_by: Mapped[Person | None] = relationship()
    phones: Mapped[list["CustomerPhone"]] = relationship(
        back_populates="customer", order_by="CustomerPhone.is_primary.desc(), CustomerPhone.id"
    )
    do_not_contact: Mapped[list["DoNotContact"]] = relationship(back_populates="customer")

    __mapper_args__ = {"version_id_col": version}

    @property
    def phones_now(self) -> list["CustomerPhone"]:
        """The numbers in use, the primary one first."""
        return [phone for phone in self.phones if phone.removed_at is None]

    @property
    def phone(self) -> str:
        """The primary number, or an empty text."""
        return self.phones_now[0].number if self.phones_now else ""

    @property
    def addressed(self) -> str:
        """The name as one says it on the telephone: 王先生, 王女士, else the whole name."""
        return f"{self.name[:1]}{self.salutation.label}" if self.salutation else self.name


class CustomerPhone(Base):
    """A number of a customer: digits only (+ for abroad), its extension apart. Taken out of use, never deleted."""

    __tablename__ = "customer_phones"

    id: Mapped[key]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), index=True)
    number: Mapped[str] = mapped_column(String(30), index=True)
    extension: Mapped[str] = mapped_column(String(10), default="")
    tail4: Mapped[str] = mapped_column(String(4), index=True)
    is_primary: Mapped[bool] = mapped_column(default=False)
    removed_at: Mapped[datetime | None] = mapped_column(Instant)

    customer: Mapped[Customer] = relationship(back_populates="phones")


class DoNotContact(Base):
    """免打扰 on a channel, from a moment until it is lifted."""

    __tablename__ = "do_not_contact"

    id: Mapped[key]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), index=True)
    channel: Mapped[Channel] = mapped_column(Code(Channel))
    since: Mapped[instant]
    lifted_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(String(200), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    customer: Mapped[Customer] = relationship(back_populates="do_not_contact")

    @property
    def is_current(self) -> bool:
        """Whether it still stands."""
        return self.lifted_at is None


class SearchGram(Base):
    """Two letters of a name or an address and whose they are: two-letter search on either database."""

    __tablename__ = "search_grams"

    gram: Mapped[str] = mapped_column(String(2), primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), primary_key=True, index=True)
