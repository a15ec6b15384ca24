"""A form sent twice makes one record: the token of each sent form, and where it led."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.core.orm import Base, instant


class IdempotencyKey(Base):
    """The token of a form that was carried out, and the page it led to."""

    __tablename__ = "idempotency_keys"

    token: Mapped[str] = mapped_column(String(40), primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[instant]
    location: Mapped[str] = mapped_column(String(200))
