"""Imports: a firm's own ledgers, looked at before they are taken."""

from flask import Blueprint

bp = Blueprint("imports", __name__, url_prefix="/imports")

from app.blueprints.imports.views import jobs, steps  # noqa: E402, F401  they bind their routes to bp
