"""Commands: thin, on top of the domain."""

from flask import Flask


def register(app: Flask) -> None:
    """Bind every command group to the app."""
    from app.commands import demo, import_jobs, imports, reports, tick, user

    for group in (demo.group, user.group, imports.command, import_jobs.command, tick.tick, reports.report):
        app.cli.add_command(group)
