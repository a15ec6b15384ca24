"""The pages, one package a capability: views.py and forms.py."""

from flask import Flask


def register(app: Flask) -> None:
    """Bind every blueprint to the app."""
    from app.blueprints.accounts import bp as accounts
    from app.blueprints.audit.views import bp as audit
    from app.blueprints.health.views import bp as health

    for blueprint in (accounts, audit, health):
        app.register_blueprint(blueprint)
