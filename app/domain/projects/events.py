"""What happens to a project that other rooms follow from."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.accounts.models import Person
from app.domain.projects.models import Project


@dataclass(frozen=True)
class StageReached:
    """A stage, given by its code, was reached, or its day was corrected."""

    project: Project
    stage: str
    by: Person | None
    at: datetime


@dataclass(frozen=True)
class ProjectCancelled:
    """The project ends without completion."""

    project: Project
    by: Person | None
    at: datetime
