"""The work on a long file: begun, looked at, stopped."""

from typing import Any

from flask import flash, redirect, url_for

from app.blueprints.imports import bp
from app.blueprints.imports.batches import get_batch_or_404, job_of
from app.blueprints.imports.forms import AgreementForm
from app.domain.core.errors import Conflict
from app.domain.imports import batches
from app.domain.imports.jobs import APPLY, CHECK
from app.domain.imports.models import ImportBatch
from app.domain.imports.phases import READING
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
