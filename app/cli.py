"""Commands: thin, on top of the domain."""

from flask import Flask


def register(app: Flask) -> None:
    """Bind every command group to the app."""
    from app.commands import demo, imports, reports, tick, user

    for group in (demo.group, user.group, imports.command, tick.tick, reports.report):
        app.cli.add_command(group)
