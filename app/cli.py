"""Commands: thin, on top of the domain."""

from flask import Flask


def register(app: Flask) -> None:
    """Bind every command group to the app."""
    from app.commands import imports, user

    for group in (user.group, imports.command):
        app.cli.add_command(group)
