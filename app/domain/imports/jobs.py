"""A long file judged or applied while its page shows how far it is."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from app.domain.accounts.models import Person
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.imports import batches
from app.domain.imports.models import ImportBatch
from app.domain.imports.preview import Preview
from app.domain.jobs.job import Job
from app.domain.jobs.progress import Progress
from app.extensions import db

ROOM: Final = "imports"
CHECK: Final = "imports.check"
APPLY: Final = "imports.apply"


def job_of(batch: ImportBatch, files: Path) -> Job:
    """The work on a long file."""
    return Job(files, ROOM, _subject(batch))


def check(subject: str, progress: Progress, options: Mapping[str, Any], *, files: Path, at: datetime) -> None:
    """Keep what the file would do. `options`: `by`, the id of who asked."""
    batch, by = _batch(subject), db.session.get_one(Person, options["by"])
    plan = batches.judge(batch, uploads(files), by=by, at=at, progress=progress)
    progress.keep(Preview.of(plan).to_text())


def apply(subject: str, progress: Progress, options: Mapping[str, Any], *, files: Path, at: datetime) -> None:
    """Do what the preview said. `options`: `by`, and `seen`, the digest of the preview that was agreed to.

    Where the file would do something else by now, that is kept for the page.
    """
    batch, by = _batch(subject), db.session.get_one(Person, options["by"])
    try:
        batches.apply(batch, uploads(files), seen=options["seen"], by=by, at=at, progress=progress)
    except batches.Outdated as outdated:
        progress.keep(Preview.of(outdated.plan).to_text())
        raise


def preview_of(job: Job) -> Preview | None:
    """What the file would do, as found last; None when it was not judged to the end."""
    kept = job.result()
    return Preview.from_text(kept) if kept else None


def uploads(files: Path) -> Path:
    """Where uploaded files lie until they are applied, and after that."""
    return files / "imports"


def _subject(batch: ImportBatch) -> str:
    """Its id and when it was uploaded: a database that is emptied and filled anew counts its ids anew."""
    return f"{batch.id}-{batch.uploaded_at:%Y%m%d%H%M%S%f}"


def _batch(subject: str) -> ImportBatch:
    batch = db.session.get(ImportBatch, int(subject.partition("-")[0]))
    if batch is None or _subject(batch) != subject:
        raise Refused(N_("上传的文件已经不在了，请重新上传。"))
    return batch
