"""An audit entry keeps the branch of what it is about; answers to handoffs are found by who gave them.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = "fk_audit_entries_branch_id"
ANSWERS = ("refusals", "signatures")
OF_ROW = "SELECT thing.branch_id FROM {table} thing WHERE thing.id = audit_entries.subject_id"
OF_OWNER = (
    "SELECT owner.branch_id FROM {table} thing JOIN {owner} owner ON owner.id = thing.{key} "
    "WHERE thing.id = audit_entries.subject_id"
)
BRANCHES = {
    **{
        table: OF_ROW.format(table=table)
        for table in ("callbacks", "cases", "customers", "departments", "people", "projects", "tasks")
    },
    "accounts": OF_OWNER.format(table="accounts", owner="people", key="person_id"),
    "branches": "SELECT thing.id FROM branches thing WHERE thing.id = audit_entries.subject_id",
    "department_notes": OF_OWNER.format(table="department_notes", owner="callbacks", key="callback_id"),
    "handoffs": OF_OWNER.format(table="handoffs", owner="cases", key="case_id"),
}
"""How the branch of an old entry's thing is found; it is the one that the thing has now."""


def upgrade() -> None:
    with op.batch_alter_table("audit_entries") as batch:
        batch.add_column(sa.Column("branch_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(KEY, "branches", ["branch_id"], ["id"])
        batch.drop_index("ix_audit_entries_at_id")
        batch.create_index("ix_audit_entries_at_id_branch_id", ["at", "id", "branch_id"])
    for subject, found in BRANCHES.items():
        entries = sa.table("audit_entries", sa.column("subject"), sa.column("branch_id"))
        branch = sa.text(f"({found})")
        op.execute(entries.update().where(entries.c.subject == subject).values(branch_id=branch))
    for table in ANSWERS:
        op.create_index(f"ix_{table}_by_id", table, ["by_id"])


def downgrade() -> None:
    for table in ANSWERS:
        op.drop_index(f"ix_{table}_by_id", table)
    with op.batch_alter_table("audit_entries") as batch:
        batch.drop_index("ix_audit_entries_at_id_branch_id")
        batch.create_index("ix_audit_entries_at_id", ["at", "id"])
        batch.drop_constraint(KEY, type_="foreignkey")
        batch.drop_column("branch_id")
