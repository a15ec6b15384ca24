"""What stands beside a field while somebody types: how the form will read it, or why it won't."""

from typing import Any

from flask import Blueprint, abort, request

from app.domain.core.errors import Refused
from app.web.access import requires
from app.web.errors import say
from app.web.i18n import gettext
from app.web.readings import READINGS, read

bp = Blueprint("hints", __name__)


@bp.get("/hints")
@requires("day.see")
def hint() -> dict[str, Any]:
    """`as` names a reading, `text` is what was typed."""
    kind, text = request.args.get("as", ""), request.args.get("text", "")
    if kind not in READINGS:
        abort(400)
    try:
        value = read(kind, text)
    except Refused as refused:
        return {"text": say(refused), "is_read": False}
    return {"text": gettext("理解为 %(value)s", value=READINGS[kind].tell(value)), "is_read": True}
