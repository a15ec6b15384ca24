"""Commands: thin, on top of the domain."""

from flask import Flask


def register(app: Flask) -> None:
    """Bind every command group to the app."""
    from app.commands import demo, imports, jobs, reports, tick, user

    for group in (demo.group, user.group, imports.command, jobs.group, tick.tick, reports.report):
        app.cli.add_command(group)
