"""The pages, one package a capability: views.py and forms.py."""

from flask import Flask


def register(app: Flask) -> None:
    """Bind every blueprint to the app."""
    from app.blueprints.health.views import bp as health

    for blueprint in (health,):
        app.register_blueprint(blueprint)
