"""When something that is done by the clock was done last."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.core.orm import Base, instant


class ScheduleRun(Base):
    """Up to when a due job has been done, or a part of it that is done once: a day's whole pass, a month's top-up."""

    __tablename__ = "schedule_runs"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[instant]
