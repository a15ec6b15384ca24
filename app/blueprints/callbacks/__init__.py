"""The calls: their list, the call itself, what a lead decides, and the tasks and notes that follow."""

from flask import Blueprint

bp = Blueprint("callbacks", __name__, url_prefix="/callbacks")

from app.blueprints.callbacks.views import absence, call, decisions, lists, notes, tasks  # noqa: E402, F401  they bind to bp
