"""How migrations run: on the app's own engine, so that they see SQLite's hooks and PostgreSQL's address alike."""

from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import Connection, TypeDecorator

from app.config import ROOT
from app.extensions import db


def import_models() -> None:
    """Fill the metadata: every capability's models, whether or not a page imports them yet."""
    for path in sorted(Path(ROOT, "app", "domain").glob("*/models.py")):
        import_module(f"app.domain.{path.parent.name}.models")


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our own column types as what they are in the database: a migration imports nothing of the app."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


def skip_empty(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """Autogeneration that finds nothing writes nothing."""
    if getattr(context.config.cmd_opts, "autogenerate", False) and directives[0].upgrade_ops.is_empty():
        directives[:] = []


def enforce_foreign_keys(connection: Connection, on: bool) -> None:
    """SQLite heeds this only outside a transaction, and rebuilding a table needs them off."""
    if connection.dialect.name == "sqlite":
        connection.connection.driver_connection.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def migrate() -> None:
    options = current_app.extensions["migrate"].configure_args
    with db.engine.connect() as connection:
        enforce_foreign_keys(connection, on=False)
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_item=render_item,
            process_revision_directives=skip_empty,
            transactional_ddl=True,
            **{"compare_type": True, "render_as_batch": True} | options,
        )
        with context.begin_transaction():
            context.run_migrations()
        enforce_foreign_keys(connection, on=True)


import_models()
migrate()
