"""Tables and columns under the field's own names: deadlines, events, assignee, solution, idempotency keys.

Revision ID: 0003
Revises: 0002
"""

import re
from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = {
    "case_steps": "case_events",
    "clock_rules": "deadline_rules",
    "clocks": "deadlines",
    "submissions": "idempotency_keys",
}
COLUMNS = {
    "cases": {
        "held_since": "assigned_at", "holder_id": "assignee_id", "plan": "solution", "plan_id": "service_plan_id",
    },
    "case_photos": {"step_id": "event_id"},
}  # fmt: skip
NAMES = {
    **{f"{kind}_{old}": f"{kind}_{new}" for old, new in TABLES.items() for kind in ("pk", "fk", "uq", "ix")},
    "fk_cases_holder_id": "fk_cases_assignee_id",
    "ix_cases_holder_id": "ix_cases_assignee_id",
    "fk_cases_plan_id": "fk_cases_service_plan_id",
    "fk_case_photos_step_id": "fk_case_photos_event_id",
}
"""How the names of keys and indexes begin."""


def upgrade() -> None:
    rename(TABLES, COLUMNS, NAMES)
    rename_in_audit(COLUMNS["cases"])


def downgrade() -> None:
    rename_in_audit(backwards(COLUMNS["cases"]))
    rename(backwards(TABLES), {table: backwards(columns) for table, columns in COLUMNS.items()}, backwards(NAMES))


def backwards(names: Mapping[str, str]) -> dict[str, str]:
    return {new: old for old, new in names.items()}


def rename(tables: Mapping[str, str], columns: Mapping[str, Mapping[str, str]], names: Mapping[str, str]) -> None:
    for table, pairs in columns.items():
        for old, new in pairs.items():
            op.execute(f'ALTER TABLE {table} RENAME COLUMN "{old}" TO "{new}"')
    for old, new in tables.items():
        op.rename_table(old, new)
    if op.get_bind().dialect.name == "sqlite":
        rename_on_sqlite(names)
    else:
        rename_on_postgresql(names, tables)


def rename_on_sqlite(names: Mapping[str, str]) -> None:
    """SQLite can't rename a key or an index. An index is made anew; a key's name is nothing but text in the schema,
    which is why SQLite allows to edit it there: rebuilding five tables would do no more."""
    bind = op.get_bind()
    rows = bind.execute(sa.text("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")).all()
    texts = {name: renamed(sql, names) for kind, name, sql in rows if kind == "table" and renamed(sql, names) != sql}
    for kind, name, sql in rows:
        if kind == "index" and renamed(name, names) != name:
            op.execute(f"DROP INDEX {name}")
            op.execute(renamed(sql, names))
    version = bind.execute(sa.text("PRAGMA schema_version")).scalar_one()
    op.execute("PRAGMA writable_schema = ON")
    for name, sql in texts.items():
        statement = sa.text("UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = :name")
        bind.execute(statement, {"sql": sql, "name": name})
    op.execute(f"PRAGMA schema_version = {version + 1}")
    op.execute("PRAGMA writable_schema = OFF")


def renamed(sql: str, names: Mapping[str, str]) -> str:
    for old, new in names.items():
        sql = re.sub(rf"\b{old}(?=_|\b)", new, sql)
    return sql


def rename_on_postgresql(names: Mapping[str, str], tables: Mapping[str, str]) -> None:
    found = sa.text(
        "SELECT conrelid::regclass::text AS owner, conname AS name FROM pg_constraint "
        "WHERE connamespace = current_schema()::regnamespace AND conrelid <> 0"
    )
    for owner, name in op.get_bind().execute(found).all():
        if renamed(name, names) != name:
            op.execute(f"ALTER TABLE {owner} RENAME CONSTRAINT {name} TO {renamed(name, names)}")
    found = sa.text("SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()")
    for name in op.get_bind().execute(found).scalars().all():
        if renamed(name, names) != name:
            op.execute(f"ALTER INDEX {name} RENAME TO {renamed(name, names)}")
    for old, new in tables.items():
        op.execute(f"ALTER SEQUENCE IF EXISTS {old}_id_seq RENAME TO {new}_id_seq")


def rename_in_audit(columns: Mapping[str, str]) -> None:
    """Entries name the columns that were changed."""
    entries = sa.table(
        "audit_entries", sa.column("id", sa.Integer), sa.column("subject"), sa.column("changes", sa.JSON)
    )
    bind = op.get_bind()
    for entry in bind.execute(sa.select(entries).where(entries.c.subject == "cases")).all():
        changes = {columns.get(name, name): values for name, values in entry.changes.items()}
        if changes != entry.changes:
            bind.execute(entries.update().where(entries.c.id == entry.id).values(changes=changes))
