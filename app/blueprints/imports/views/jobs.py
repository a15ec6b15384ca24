"""The work on a long file: begun, looked at, stopped. Nothing here waits for the big transaction it may be in."""

from pathlib import Path
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, url_for

from app.blueprints.imports import bp
from app.blueprints.imports.forms import AgreementForm
from app.domain.core.errors import Conflict
from app.domain.imports import batches
from app.domain.imports.engine import KINDS
from app.domain.imports.jobs import Job, JobKind
from app.domain.imports.models import ImportBatch
from app.extensions import db
from app.web.access import me, only_reads, requires
from app.web.errors import say


@bp.post("/<int:batch_id>/job")
@requires("imports.run")
@only_reads
def begin(batch_id: int) -> Any:
    """Look anew at what the file would do; or, agreed to what was seen, do it."""
    batch, form = get_batch_or_404(batch_id), AgreementForm()
    if form.validate_on_submit() and batches.is_long(batch):
        try:
            start(batch, JobKind.APPLY if form.seen.data else JobKind.CHECK, seen=form.seen.data or "")
        except Conflict as refused:
            flash(say(refused))
    return redirect(url_for(".view", batch_id=batch_id))


@bp.get("/<int:batch_id>/job")
@requires("imports.run")
def progress(batch_id: int) -> Any:
    """Asked every second by the page of a long file; once the work has ended, that page is to be read anew."""
    job = job_of(get_batch_or_404(batch_id))
    busy, state = job.is_busy(), job.state()
    if state is None or not busy:
        return "", 200, {"HX-Refresh": "true"}
    return render_template("imports/progress.html", state=state, cancelled=job.is_cancelled())


@bp.post("/<int:batch_id>/job/cancellation")
@requires("imports.run")
@only_reads
def cancel(batch_id: int) -> Any:
    """Stop the work; nothing of the file is written then."""
    job_of(get_batch_or_404(batch_id)).cancel()
    return redirect(url_for(".view", batch_id=batch_id))


def start(batch: ImportBatch, doing: JobKind, *, seen: str = "") -> None:
    """Leave it to a process with this one's database and folder. Where one is at work already, that is enough.

    Conflict when the file was applied already.
    """
    batches.refuse_applied(batch)
    environment = {
        "DATABASE_URL": str(current_app.config["SQLALCHEMY_DATABASE_URI"]),
        "FILES_DIR": str(current_app.config["FILES_DIR"]),
    }
    job_of(batch).start(doing, "--by", str(me().id), "--seen", seen, environment=environment)


def get_batch_or_404(batch_id: int) -> ImportBatch:
    """The batch, if there is one of a kind that is known."""
    batch = db.session.get(ImportBatch, batch_id)
    if batch is None or batch.kind not in KINDS:
        abort(404)
    return batch


def uploads_folder() -> Path:
    """Where uploaded files lie until they are applied, and after that."""
    return Path(current_app.config["FILES_DIR"]) / "imports"


def job_of(batch: ImportBatch) -> Job:
    """The work on a long file."""
    return Job(batch, uploads_folder())
