"""What a call left to a department."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, relationship

from app.domain.accounts.models import Department, Person
from app.domain.callbacks.models import Callback
from app.domain.core.enums import N_
from app.domain.core.orm import Base, Instant, column, instant, key

UNANSWERED: dict[str, Any] = {
    "sqlite_where": text("answered_at IS NULL"),
    "postgresql_where": text("answered_at IS NULL"),
}


class DepartmentNote(Base):
    """反馈 to a department or its head, raised by a call; answered by them."""

    __tablename__ = "department_notes"
    __table_args__ = (
        Index("ix_department_notes_to_answer", "raised_at", "id", **UNANSWERED),
        Index(None, "raised_at", "id"),
        Index(None, "department_id", "raised_at", **UNANSWERED),
        Index(None, "to_person_id", "raised_at"),
        Index(None, "callback_id"),
    )

    id: Mapped[key]
    callback_id: Mapped[int] = column(N_("回访"), ForeignKey("callbacks.id"))
    department_id: Mapped[int | None] = column(N_("部门"), ForeignKey("departments.id"))
    to_person_id: Mapped[int | None] = column(N_("移交给"), ForeignKey("people.id"))
    about_id: Mapped[int | None] = column(N_("关于谁"), ForeignKey("people.id"))
    text: Mapped[str] = column(N_("内容"), Text)
    raised_at: Mapped[instant] = column(N_("提出时间"))
    raised_by_id: Mapped[int | None] = column(N_("提出人"), ForeignKey("people.id"))
    answered_at: Mapped[datetime | None] = column(N_("回复时间"), Instant)
    answered_by_id: Mapped[int | None] = column(N_("回复人"), ForeignKey("people.id"))
    answer: Mapped[str] = column(N_("回复"), Text, default="")

    callback: Mapped[Callback] = relationship()
    department: Mapped[Department | None] = relationship()
    to_person: Mapped[Person | None] = relationship(foreign_keys=to_person_id)
    about: Mapped[Person | None] = relationship(foreign_keys=about_id)
    raised_by: Mapped[Person | None] = relationship(foreign_keys=raised_by_id)
    answered_by: Mapped[Person | None] = relationship(foreign_keys=answered_by_id)
