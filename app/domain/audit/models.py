"""What was done, by whom: one row a change or a reveal, written in the change's own transaction."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.core.orm import Base, instant, key

if TYPE_CHECKING:
    from app.domain.accounts.models import Person


class AuditEntry(Base):
    """审计记录. `changes` holds {field: [before, after]} of what was corrected; `branch_id` is whose record it was."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index(None, "subject", "subject_id", "id"),
        Index(None, "at", "id", "branch_id"),
        Index(None, "by_id", "at", "id"),
        Index(None, "action", "at", "id"),
    )

    id: Mapped[key]
    at: Mapped[instant]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[int | None]
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("branches.id"))
    reason: Mapped[str] = mapped_column(String(500), default="")
    changes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    by: Mapped["Person | None"] = relationship()
