"""Is the process alive, and can it serve? For the timer, the proxy and the person with the telephone."""

from flask import Blueprint
from sqlalchemy import text

from app.extensions import db

bp = Blueprint("health", __name__)


@bp.get("/livez")
def livez() -> str:
    """The process answers."""
    return "ok\n"


@bp.get("/readyz")
def readyz() -> tuple[str, int]:
    """The database answers too."""
    try:
        db.session.execute(text("SELECT 1"))
    except Exception:  # whatever is wrong with the database, the answer is the same
        return "database does not answer\n", 503
    return "ok\n", 200
