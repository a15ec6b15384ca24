"""Functions of people on projects are rows of the firm: what ships takes over the codes that people were kept with.

Revision ID: 0007
Revises: 0006
"""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SHIPPED = (
    ("pm", "项目经理", "pm", ["pm"], True),
    ("site_lead", "施工负责人", "site_lead", ["pm", "staff"], True),
    ("designer", "设计师", "designer", ["staff"], True),
    ("supervisor", "监理", None, ["staff", "engineering"], False),
    ("foreman", "工长", None, ["staff"], False),
    ("agent", "客服", "agent", ["agent", "lead"], True),
)
PEOPLE = sa.table("project_people", sa.column("function_code"))
INDEXED = (["project_id", "{}"], ["person_id", "until", "{}", "project_id"])


def upgrade() -> None:
    functions = op.create_table(
        "functions",
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("meaning", sa.String(length=30), nullable=True),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("is_needed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_functions")),
        sa.UniqueConstraint("name", name=op.f("uq_functions_name")),
        sa.UniqueConstraint("meaning", name=op.f("uq_functions_meaning")),
    )
    for position, (code, name, meaning, roles, is_needed) in enumerate(SHIPPED, start=1):
        row = {"code": code, "name": name, "position": position, "meaning": meaning}
        op.execute(functions.insert().values(row | {"roles": roles, "is_needed": is_needed}))
    _rename("function", "function_code")
    with op.batch_alter_table("project_people") as table:
        table.create_foreign_key("fk_project_people_function_code", "functions", ["function_code"], ["code"])


def downgrade() -> None:
    """Functions that the firm added go, with who has them."""
    op.execute(PEOPLE.delete().where(PEOPLE.c.function_code.not_in([code for code, *_ in SHIPPED])))
    with op.batch_alter_table("project_people") as table:
        table.drop_constraint("fk_project_people_function_code", type_="foreignkey")
    _rename("function_code", "function")
    op.drop_table("functions")


def _rename(before: str, after: str) -> None:
    """The column of who does what, with the indexes that bear its name."""
    _each_index(before, lambda name, _columns: op.drop_index(name, table_name="project_people"))
    with op.batch_alter_table("project_people") as table:
        table.alter_column(before, new_column_name=after, existing_type=sa.String(length=30), existing_nullable=False)
    _each_index(after, lambda name, columns: op.create_index(name, "project_people", columns))


def _each_index(code: str, do: Callable[[str, list[str]], None]) -> None:
    for pattern in INDEXED:
        columns = [name.format(code) for name in pattern]
        do("ix_project_people_" + "_".join(columns), columns)
