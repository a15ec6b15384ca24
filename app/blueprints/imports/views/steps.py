"""Import in three steps: the file, its columns, what will happen; then it is applied as a whole."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for

from app.blueprints.imports import bp
from app.blueprints.imports.forms import AgreementForm, UploadForm
from app.blueprints.imports.views.jobs import get_batch_or_404, job_of, start, uploads_folder
from app.domain.core import clock
from app.domain.core.errors import Conflict, Refused, sentence
from app.domain.imports import batches, workbooks
from app.domain.imports.engine import KINDS
from app.domain.imports.jobs import APPLY, preview_of
from app.domain.imports.models import ImportBatch
from app.domain.imports.preview import SHOWN, Preview
from app.domain.imports.problems import Problem
from app.domain.jobs.job import End, Job, State
from app.extensions import db
from app.web.access import me, requires
from app.web.downloads import download
from app.web.errors import say
from app.web.i18n import gettext

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("")
@requires("imports.run")
def index() -> str:
    """The first step, and the files imported last."""
    form = UploadForm(formdata=None)
    form.offer()
    return _first_step(form)


@bp.post("")
@requires("imports.run")
def upload() -> Any:
    """Keep the file, if it can be read, and go on to its columns."""
    form = UploadForm()
    form.offer()
    if not form.validate_on_submit():
        return _first_step(form), 422
    try:
        batch = batches.keep(
            form.kind.data,
            form.file.data.filename,
            form.file.data.read(),
            uploads_folder(),
            by=me(),
            at=clock.now(),
            create=form.create.data,
            encoding=form.encoding.data,
        )
    except Refused as refused:
        form.file.errors = [say(refused)]
        return _first_step(form), 422
    db.session.commit()
    if batches.is_long(batch):
        start(batch)
    return redirect(url_for(".columns", batch_id=batch.id))


@bp.get("/<int:batch_id>/columns")
@requires("imports.run")
def columns(batch_id: int) -> Any:
    """The second step: which column was understood as which."""
    batch = get_batch_or_404(batch_id)
    table = batches.table_of(batch, uploads_folder())
    missing = [column.name for column in KINDS[batch.kind].all_columns() if column.name not in table.places]
    return render_template("imports/columns.html", batch=batch, kind=KINDS[batch.kind], found=table, missing=missing)


@bp.get("/<int:batch_id>")
@requires("imports.run")
def view(batch_id: int) -> Any:
    """The third step: what the file would do; how far a long one is; or, once it was applied, what it did."""
    batch = get_batch_or_404(batch_id)
    if batch.applied_at is not None:
        return render_template("imports/done.html", batch=batch, kind=KINDS[batch.kind])
    if not batches.is_long(batch):
        return _third_step(batch, Preview.of(batches.judge(batch, uploads_folder(), by=me(), at=clock.now())))
    job = job_of(batch)
    busy, state, preview = job.is_busy(), job.state(), preview_of(job)
    if busy or state is None or preview is None:
        return _working(batch, job, state, busy=busy)
    if state.kind == APPLY and state.end is End.DONE:
        return redirect(url_for(".view", batch_id=batch_id))  # applied since this request began
    return _third_step(batch, preview, state)


@bp.post("/<int:batch_id>/application")
@requires("imports.run")
def apply(batch_id: int) -> Any:
    """Do it, once, if it is still what was agreed to."""
    batch = get_batch_or_404(batch_id)
    form = AgreementForm()
    if not form.validate_on_submit():
        abort(400)
    try:
        batches.apply(batch, uploads_folder(), seen=form.seen.data or "", by=me(), at=clock.now())
        db.session.commit()
    except (Conflict, Refused) as refused:
        db.session.rollback()
        flash(say(refused))
    return redirect(url_for(".view", batch_id=batch_id))


@bp.get("/<int:batch_id>/rejected.xlsx")
@requires("imports.run")
def rejected(batch_id: int) -> Any:
    """The rejected rows with their reasons, to be mended and uploaded again."""
    batch = get_batch_or_404(batch_id)
    if batches.is_long(batch):
        preview = preview_of(job_of(batch))
    else:
        preview = Preview.of(batches.judge(batch, uploads_folder(), by=me(), at=clock.now()))
    if preview is None:
        abort(404)
    table = batches.table_of(batch, uploads_folder())
    content = workbooks.rejected(table, preview.problems, gettext("没有通过的原因"), _say)
    return download(content, SHEET, gettext("没有通过的行") + ".xlsx", "rejected-rows.xlsx")


@bp.get("/templates/<kind>.xlsx")
@requires("imports.run")
def template(kind: str) -> Any:
    """An empty file of the kind, to fill in."""
    if kind not in KINDS:
        abort(404)
    return download(workbooks.template(kind), SHEET, gettext(KINDS[kind].label) + ".xlsx", f"{kind}.xlsx")


def _first_step(form: UploadForm) -> str:
    latest = batches.latest()
    busy = {batch.id for batch in latest if batches.is_long(batch) and job_of(batch).is_busy()}
    return render_template("imports/index.html", form=form, kinds=KINDS, latest=latest, busy=busy)


def _third_step(batch: ImportBatch, preview: Preview, state: State | None = None) -> str:
    form = AgreementForm(formdata=None, seen=preview.digest)
    return render_template(
        "imports/preview.html", batch=batch, kind=KINDS[batch.kind], preview=preview, form=form, counts=preview.counts,
        stopped=_stopped(state), long=batches.is_long(batch), say=_say, shown=SHOWN,
    )  # fmt: skip


def _working(batch: ImportBatch, job: Job, state: State | None, *, busy: bool) -> str:
    return render_template(
        "imports/working.html", batch=batch, kind=KINDS[batch.kind], state=state, busy=busy,
        cancelled=job.is_cancelled(), stopped=_stopped(state),
    )  # fmt: skip


def _stopped(state: State | None) -> str:
    """Why the work on a long file ended without its aim, in words; empty when it did not."""
    if state is None or state.end is End.DONE:
        return ""
    if state.end is None:
        return gettext("上次做到一半中断了，什么都没有写入。")
    return sentence(state.message, state.params, gettext)


def _say(problem: Problem) -> str:
    return sentence(problem.message, problem.params, gettext)
