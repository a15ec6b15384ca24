"""Customers: the list, one's whole story, and what may be changed on the record."""

from flask import Blueprint

bp = Blueprint("customers", __name__)

from app.blueprints.customers.views import parts, record  # noqa: E402, F401  they bind their routes to bp
