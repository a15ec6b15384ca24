"""Is the process alive, and can it serve? For the timer, the proxy and the person with the telephone."""

from flask import Blueprint
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.extensions import db
from app.web.access import public

bp = Blueprint("health", __name__)


@bp.get("/livez")
@public
def livez() -> str:
    """The process answers."""
    return "ok\n"


@bp.get("/readyz")
@public
def readyz() -> tuple[str, int]:
    """The database answers too."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return "database does not answer\n", 503
    return "ok\n", 200
