"""What a job can be for. Which there are is one list, app/domain/job_kinds.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from app.domain.jobs.progress import Progress


class Work(Protocol):
    """The long task itself: done in one transaction, which whoever calls it commits.

    It raises a DomainError, Cancelled among them, to end without having written anything.
    """

    def __call__(
        self, subject: str, progress: Progress, options: Mapping[str, Any], *, files: Path, at: datetime
    ) -> None:
        """`options`: what whoever asked for it said; `files`: where the program's files lie."""


@dataclass(frozen=True)
class JobKind:
    """`only_reads`: it writes nothing to the database, and keeps nobody waiting who does."""

    work: Work
    only_reads: bool = False
