"""Projects: the list, one with its stages, people and story, and what is decided on it."""

from flask import Blueprint

bp = Blueprint("projects", __name__)

from app.blueprints.projects.views import parts, record  # noqa: E402, F401  they bind their routes to bp
