"""Photos, for who sees a case that has them or a handoff that handed them over."""

from pathlib import Path

from flask import Blueprint, Response, abort, current_app, send_file

from app.domain import access
from app.domain.cases import photos
from app.domain.cases.handoffs.queries import photo_handed_over
from app.domain.files.store import path_of
from app.web.access import me, requires

bp = Blueprint("files", __name__)


@bp.get("/files/<int:file_id>")
@requires("cases.see")
def view(file_id: int) -> Response:
    """The picture; a browser may keep it for itself, since its bytes never change."""
    row = photos.picture_in(access.visible_cases(me()), file_id)
    row = row or photo_handed_over(access.visible_handoffs(me()), file_id) or abort(404)
    path = path_of(Path(current_app.config["FILES_DIR"]), row.sha256)
    if not path.exists():
        abort(404)
    response = send_file(path, mimetype=row.media_type, max_age=0)
    response.headers["Cache-Control"] = "private, max-age=604800, immutable"
    return response
