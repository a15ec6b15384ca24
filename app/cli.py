"""Commands: thin, on top of the domain."""

from flask import Flask


def register(app: Flask) -> None:
    """Bind every command group to the app."""
