"""What every view of an import needs: the batch, the folder it lies in, the work on it."""

from pathlib import Path

from flask import abort

from app.domain.imports import jobs
from app.domain.imports.engine import KINDS
from app.domain.imports.models import ImportBatch
from app.domain.jobs.job import Job
from app.extensions import db
from app.web.jobs import files_folder


def get_batch_or_404(batch_id: int) -> ImportBatch:
    """The batch, if there is one of a kind that is known."""
    batch = db.session.get(ImportBatch, batch_id)
    if batch is None or batch.kind not in KINDS:
        abort(404)
    return batch


def uploads_folder() -> Path:
    """Where uploaded files lie until they are applied, and after that."""
    return jobs.uploads(files_folder())


def job_of(batch: ImportBatch) -> Job:
    """The work on a long file."""
    return jobs.job_of(batch, files_folder())
