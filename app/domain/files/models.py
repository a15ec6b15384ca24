"""Photos and scans: bytes in a folder under their hash, facts here."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.core.orm import Base, instant, key


class StoredFile(Base):
    """文件. `sha256` names the bytes; equal bytes are kept once."""

    __tablename__ = "stored_files"

    id: Mapped[key]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    media_type: Mapped[str] = mapped_column(String(60))
    size: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    name: Mapped[str] = mapped_column(String(200), default="")
    added_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[instant]
