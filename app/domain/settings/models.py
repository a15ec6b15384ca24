"""Business numbers of this firm, each from a date on."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.core.orm import Base, instant, key


class Setting(Base):
    """设置: the value of one key from a day on. The newest row not after a day is in force on it."""

    __tablename__ = "settings"
    __table_args__ = (UniqueConstraint("name", "since", "set_at"),)

    id: Mapped[key]
    name: Mapped[str] = mapped_column(String(60))
    since: Mapped[date]
    value: Mapped[Any] = mapped_column(JSON)
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    set_at: Mapped[instant]
