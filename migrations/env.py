"""How migrations run: on the app's own engine, so that they see SQLite's hooks and PostgreSQL's address alike."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate import renderers
from alembic.operations import ops
from flask import current_app
from sqlalchemy import Connection, ForeignKeyConstraint, TypeDecorator

import app.domain.models  # noqa: F401  all tables
from app.extensions import db


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our own column types as what they are in the database: a migration imports nothing of the app."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


class LateKeys(ops.MigrateOperation):
    """Keys of tables that refer to each other. SQLite has them from CREATE TABLE on, PostgreSQL needs them after."""

    def __init__(self, keys: list[ForeignKeyConstraint], *, drop: bool = False) -> None:
        self.keys = keys
        self.drop = drop

    def reverse(self) -> "LateKeys":
        """Dropped before the tables are."""
        return LateKeys(self.keys, drop=True)


@renderers.dispatch_for(LateKeys)
def render_late_keys(_context: Any, late: LateKeys) -> list[str]:
    """Statements that do nothing on SQLite."""
    lines = ["if op.get_context().dialect.supports_alter:"]
    for key in late.keys:
        if late.drop:
            lines.append(f"op.drop_constraint({str(key.name)!r}, {key.table.name!r}, type_='foreignkey')")
        else:
            names = key.name, key.table.name, key.referred_table.name
            ends = key.column_keys, [element.column.name for element in key.elements]
            lines.append(f"op.create_foreign_key({', '.join(repr(str(name)) for name in names)}, {ends[0]}, {ends[1]})")
    return [*lines, ""]  # the printer indents after a colon and steps back at an empty line


def direct(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """Autogeneration that finds nothing writes nothing; mutual keys come last and go first."""
    script = directives[0] if directives else None
    if script is None or not getattr(context.config.cmd_opts, "autogenerate", False):
        return
    if script.upgrade_ops.is_empty():
        directives[:] = []
        return
    made = [operation for operation in script.upgrade_ops.ops if isinstance(operation, ops.CreateTableOp)]
    keys = [
        key for table in made for key in db.metadata.tables[table.table_name].foreign_key_constraints if key.use_alter
    ]
    if keys:
        late = LateKeys(sorted(keys, key=lambda key: str(key.name)))
        script.upgrade_ops.ops.append(late)
        script.downgrade_ops.ops.insert(0, late.reverse())


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
            process_revision_directives=direct,
            transactional_ddl=True,
            **{"compare_type": True, "render_as_batch": True} | options,
        )
        with context.begin_transaction():
            context.run_migrations()
        enforce_foreign_keys(connection, on=True)


migrate()
