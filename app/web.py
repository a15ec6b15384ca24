"""What every page shares: languages, headers, errors in words, and the values templates see."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Bind it all to the app."""
