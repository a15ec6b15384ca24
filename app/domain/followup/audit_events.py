"""What is kept of notes to departments."""

from typing import Final

from app.domain.audit.events import Subject
from app.domain.core.enums import N_
from app.domain.followup.models import DepartmentNote

NOTES: Final = Subject(DepartmentNote, "notes", N_("部门反馈"), branch="callback.branch_id")

RAISE: Final = NOTES.event("raise", N_("反馈给部门"))
ANSWER: Final = NOTES.event("answer", N_("回复部门反馈"), "answer", "answered_at", "answered_by_id")
