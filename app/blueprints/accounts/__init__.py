"""Signing in, one's own account, and the people, branches and rights that the administrator keeps."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)

from app.blueprints.accounts.views import branches, own, people, signing_in  # noqa: E402, F401  they bind their routes to bp
