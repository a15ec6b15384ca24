"""Cases: their list, how one comes in, its page, and one address for each action."""

from flask import Blueprint

bp = Blueprint("cases", __name__, url_prefix="/cases")

from app.blueprints.cases import actions, views  # noqa: E402, F401  the routes
