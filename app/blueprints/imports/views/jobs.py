"""The work on a long file: begun, looked at, stopped."""

from pathlib import Path
from typing import Any

from flask import abort, flash, redirect, url_for

from app.blueprints.imports import bp
from app.blueprints.imports.forms import AgreementForm
from app.domain.core.errors import Conflict
from app.domain.imports import batches
from app.domain.imports import jobs as import_jobs
from app.domain.imports.engine import KINDS
from app.domain.imports.jobs import APPLY, CHECK
from app.domain.imports.models import ImportBatch
from app.domain.imports.phases import READING
from app.domain.jobs.job import Job
from app.extensions import db
from app.web import jobs
from app.web.access import me, only_reads, requires
from app.web.errors import say

jobs.add_job_pages(
    bp,
    "/<int:batch_id>/job",
    "imports.run",
    job_of=lambda batch_id: job_of(get_batch_or_404(batch_id)),
    back_to=lambda batch_id: url_for(".view", batch_id=batch_id),
)


@bp.post("/<int:batch_id>/job")
@requires("imports.run")
@only_reads
def begin(batch_id: int) -> Any:
    """Look anew at what the file would do; or, agreed to what was seen, do it."""
    batch, form = get_batch_or_404(batch_id), AgreementForm()
    if form.validate_on_submit() and batches.is_long(batch):
        try:
            start(batch, seen=form.seen.data or "")
        except Conflict as refused:
            flash(say(refused))
    return redirect(url_for(".view", batch_id=batch_id))


def start(batch: ImportBatch, *, seen: str = "") -> None:
    """Apply what was seen, or look. Conflict when the file was applied already."""
    batches.refuse_applied(batch)
    options = {"by": me().id, "seen": seen}
    jobs.start(job_of(batch), APPLY if seen else CHECK, options=options, phase=READING, anew=not seen)


def get_batch_or_404(batch_id: int) -> ImportBatch:
    """The batch, if there is one of a kind that is known."""
    batch = db.session.get(ImportBatch, batch_id)
    if batch is None or batch.kind not in KINDS:
        abort(404)
    return batch


def uploads_folder() -> Path:
    """Where uploaded files lie until they are applied, and after that."""
    return import_jobs.uploads(jobs.files_folder())


def job_of(batch: ImportBatch) -> Job:
    """The work on a long file."""
    return import_jobs.job_of(batch, jobs.files_folder())
