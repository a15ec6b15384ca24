"""What was imported, by whom, and what came of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.accounts.models import Person
from app.domain.core.orm import Base, Instant, instant, key


class ImportBatch(Base):
    """导入批次: one uploaded file, its dry run, and, once applied, what it changed."""

    __tablename__ = "import_batches"

    id: Mapped[key]
    kind: Mapped[str] = mapped_column(String(20))
    filename: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    create_missing: Mapped[bool] = mapped_column(default=False)
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    uploaded_at: Mapped[instant]
    applied_at: Mapped[datetime | None] = mapped_column(Instant)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    uploaded_by: Mapped[Person | None] = relationship()


class AwaitedCase(Base):
    """工单编号 that an imported callback names before the case itself is known: linked when the case is imported."""

    __tablename__ = "awaited_cases"

    callback_id: Mapped[int] = mapped_column(ForeignKey("callbacks.id"), primary_key=True)
    case_number: Mapped[str] = mapped_column(String(40), index=True)
