"""Photos, for who sees a case that has them."""

from pathlib import Path

from flask import Blueprint, Response, abort, current_app, send_file
from sqlalchemy import select

from app.blueprints.access import me, requires
from app.domain.accounts.access import visible_cases
from app.domain.cases.models import Case, CasePhoto
from app.domain.files.models import StoredFile
from app.domain.files.store import path_of
from app.extensions import db

bp = Blueprint("files", __name__)


@bp.get("/files/<int:file_id>")
@requires("cases.see")
def view(file_id: int) -> Response:
    """The picture; a browser may keep it for itself, since its bytes never change."""
    seen = visible_cases(me()).with_only_columns(Case.id).join(CasePhoto, CasePhoto.case_id == Case.id)
    if db.session.scalar(seen.where(CasePhoto.file_id == file_id).limit(1)) is None:
        abort(404)
    row = db.session.scalars(select(StoredFile).where(StoredFile.id == file_id)).one()
    path = path_of(Path(current_app.config["FILES_DIR"]), row.sha256)
    if not path.exists():
        abort(404)
    response = send_file(path, mimetype=row.media_type, max_age=0)
    response.headers["Cache-Control"] = "private, max-age=604800, immutable"
    return response
