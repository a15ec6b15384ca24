"""Handoffs: exactly what was handed over, and the signature under it or the refusal of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.domain.accounts.models import Department, Person
from app.domain.cases.handoffs.enums import HandoffState, SignedHow
from app.domain.cases.models import Case
from app.domain.core.enums import N_
from app.domain.core.orm import Base, Code, Instant, column, instant, key

UNANSWERED_ONLY: dict[str, Any] = {
    "sqlite_where": text("answered_at IS NULL"),
    "postgresql_where": text("answered_at IS NULL"),
}


class Handoff(Base):
    """移交. `snapshot` is the canonical JSON text of what was handed over; `sha256` is its digest.

    To a person, or to a department whose head assigns: `to_person_id` is then set when the head has assigned it.
    """

    __tablename__ = "handoffs"
    __table_args__ = (
        UniqueConstraint("case_id", "round", "ordinal"),
        Index("ix_handoffs_person_open", "to_person_id", "sent_at", "id", **UNANSWERED_ONLY),
        Index("ix_handoffs_department_open", "to_department_id", "sent_at", "id", **UNANSWERED_ONLY),
        Index("ix_handoffs_open", "sent_at", "id", **UNANSWERED_ONLY),
        Index(None, "sent_at", "id"),
        Index(None, "to_person_id", "sent_at", "id"),
        Index(None, "to_person_id", "case_id"),
        Index(None, "to_department_id", "case_id"),
    )

    id: Mapped[key]
    case_id: Mapped[int] = column(N_("工单"), ForeignKey("cases.id"))
    round: Mapped[int] = column(N_("轮次"), default=1)
    ordinal: Mapped[int] = mapped_column(default=1)
    from_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    to_person_id: Mapped[int | None] = column(N_("移交给"), ForeignKey("people.id"))
    to_department_id: Mapped[int | None] = column(N_("移交给部门"), ForeignKey("departments.id"))
    sent_at: Mapped[instant]
    sign_by: Mapped[instant]
    snapshot: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = column(N_("内容指纹"), String(64))
    state: Mapped[HandoffState] = column(N_("状态"), Code(HandoffState), default=HandoffState.SENT)
    answered_at: Mapped[datetime | None] = column(N_("回复时间"), Instant)
    imported: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()

    case: Mapped[Case] = relationship()
    sender: Mapped[Person] = relationship(foreign_keys=from_id)
    to_person: Mapped[Person | None] = relationship(foreign_keys=to_person_id)
    to_department: Mapped[Department | None] = relationship()
    signature: Mapped["Signature | None"] = relationship(back_populates="handoff")
    refusal: Mapped["Refusal | None"] = relationship(back_populates="handoff")

    __mapper_args__ = {"version_id_col": version}

    @property
    def addressee(self) -> Person | Department | None:
        """Whom it went to: the person, once there is one; else their department."""
        return self.to_person or self.to_department

    def end(self, state: HandoffState, at: datetime) -> None:
        """Nobody can answer it any more: it was signed, refused, replaced or withdrawn."""
        self.state, self.answered_at = state, at

    @validates("snapshot", "sha256")
    def _written_once(self, name: str, value: str) -> str:
        if getattr(self, name) is not None and getattr(self, name) != value:
            raise ValueError(f"{name} of a handoff never changes: another handoff follows")
        return value


class Signature(Base):
    """签收: who, when, how, and the digest of exactly what they saw. One a handoff, never changed."""

    __tablename__ = "signatures"

    id: Mapped[key]
    handoff_id: Mapped[int] = mapped_column(ForeignKey("handoffs.id"), unique=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[instant]
    how: Mapped[SignedHow] = mapped_column(Code(SignedHow))
    typed_name: Mapped[str] = mapped_column(String(60), default="")
    drawing: Mapped[str] = mapped_column(Text, default="")  # a PNG as data URL
    sha256: Mapped[str] = mapped_column(String(64))

    handoff: Mapped[Handoff] = relationship(back_populates="signature")
    by: Mapped[Person | None] = relationship()


class Refusal(Base):
    """退回 of a handoff, with its reason."""

    __tablename__ = "refusals"

    id: Mapped[key]
    handoff_id: Mapped[int] = mapped_column(ForeignKey("handoffs.id"), unique=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[instant]
    reason: Mapped[str] = mapped_column(Text)

    handoff: Mapped[Handoff] = relationship(back_populates="refusal")
    by: Mapped[Person | None] = relationship()
