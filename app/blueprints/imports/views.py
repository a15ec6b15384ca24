"""Import in three steps: the file, its columns, what will happen; then it is applied as a whole."""

import io
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, send_file, url_for
from flask_babel import gettext

from app.blueprints.access import me, requires
from app.blueprints.imports.forms import ApplyForm, UploadForm
from app.domain import clock
from app.domain.errors import Conflict, Refused, sentence
from app.domain.transfer import batches, workbooks
from app.domain.transfer.models import ImportBatch
from app.domain.transfer.problems import Problem
from app.domain.transfer.run import KINDS
from app.extensions import db
from app.web import say

bp = Blueprint("imports", __name__, url_prefix="/imports")
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 200


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
            _folder(),
            by=me(),
            at=clock.now(),
            create=form.create.data,
            encoding=form.encoding.data,
        )
    except Refused as refused:
        form.file.errors = [say(refused)]
        return _first_step(form), 422
    db.session.commit()
    return redirect(url_for(".columns", batch_id=batch.id))


@bp.get("/<int:batch_id>/columns")
@requires("imports.run")
def columns(batch_id: int) -> Any:
    """The second step: which column was understood as which."""
    batch = _batch_or_404(batch_id)
    table = batches.table_of(batch, _folder())
    missing = [column.name for column in KINDS[batch.kind].columns if column.name not in table.places]
    return render_template("imports/columns.html", batch=batch, kind=KINDS[batch.kind], found=table, missing=missing)


@bp.get("/<int:batch_id>")
@requires("imports.run")
def view(batch_id: int) -> Any:
    """The third step: what the file would do; or, once it was applied, what it did."""
    batch = _batch_or_404(batch_id)
    kind = KINDS[batch.kind]
    if batch.applied_at is not None:
        return render_template("imports/done.html", batch=batch, kind=kind)
    plan = batches.preview(batch, _folder(), by=me(), at=clock.now())
    form = ApplyForm(formdata=None, seen=plan.digest())
    return render_template(
        "imports/preview.html", batch=batch, kind=kind, plan=plan, form=form, counts=plan.counts(), say=_say,
        updated=[change for change in plan.changes if not change.is_new and not change.is_unchanged], shown=SHOWN,
    )  # fmt: skip


@bp.post("/<int:batch_id>/application")
@requires("imports.run")
def apply(batch_id: int) -> Any:
    """Do it, once, if it is still what was agreed to."""
    batch = _batch_or_404(batch_id)
    form = ApplyForm()
    if not form.validate_on_submit():
        abort(400)
    try:
        batches.apply(batch, _folder(), seen=form.seen.data or "", by=me(), at=clock.now())
        db.session.commit()
    except (Conflict, Refused) as refused:
        db.session.rollback()
        flash(say(refused))
    return redirect(url_for(".view", batch_id=batch_id))


@bp.get("/<int:batch_id>/rejected.xlsx")
@requires("imports.run")
def rejected(batch_id: int) -> Any:
    """The rejected rows with their reasons, to be mended and uploaded again."""
    batch = _batch_or_404(batch_id)
    plan = batches.preview(batch, _folder(), by=me(), at=clock.now())
    content = workbooks.rejected(plan, gettext("没有通过的原因"), _say)
    return _sheet(content, gettext("没有通过的行") + ".xlsx")


@bp.get("/templates/<kind>.xlsx")
@requires("imports.run")
def template(kind: str) -> Any:
    """An empty file of the kind, to fill in."""
    if kind not in KINDS:
        abort(404)
    return _sheet(workbooks.template(kind), gettext(KINDS[kind].label) + ".xlsx")


def _first_step(form: UploadForm) -> str:
    return render_template("imports/index.html", form=form, kinds=KINDS, latest=batches.latest())


def _batch_or_404(batch_id: int) -> ImportBatch:
    batch = db.session.get(ImportBatch, batch_id)
    if batch is None or batch.kind not in KINDS:
        abort(404)
    return batch


def _folder() -> Path:
    return Path(current_app.config["FILES_DIR"]) / "imports"


def _say(problem: Problem) -> str:
    return sentence(problem.message, problem.params, gettext)


def _sheet(content: bytes, name: str) -> Any:
    return send_file(io.BytesIO(content), mimetype=SHEET, as_attachment=True, download_name=name)
