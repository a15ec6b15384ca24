"""Stages are rows of the service plan: what ships had the same four in every plan.

A project's stage keeps the meaning of the plan's, so that figures find it by index.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SHIPPED = (
    ("kickoff", "开工交底", "start"),
    ("concealed", "隐蔽验收", None),
    ("midstage", "中期验收", None),
    ("completion", "竣工验收", "completion"),
)
CODES = tuple(code for code, _name, _meaning in SHIPPED)
PLANS = sa.table("service_plans", sa.column("id"))
RULES = sa.table("callback_rules", sa.column("id"), sa.column("stage"))
CALLBACKS = sa.table("callbacks", sa.column("rule_id"))
STAGES = sa.table("project_stages", sa.column("stage"), sa.column("meaning"))


def upgrade() -> None:
    plan_stages = op.create_table(
        "plan_stages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("meaning", sa.String(length=30), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["service_plans.id"], name=op.f("fk_plan_stages_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_stages")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_plan_stages_plan_id_code")),
        sa.UniqueConstraint("plan_id", "meaning", name=op.f("uq_plan_stages_plan_id_meaning")),
    )
    for plan_id in op.get_bind().scalars(sa.select(PLANS.c.id)).all():
        for position, (code, name, meaning) in enumerate(SHIPPED, start=1):
            row = {"plan_id": plan_id, "code": code, "name": name, "position": position, "meaning": meaning}
            op.execute(plan_stages.insert().values(row))
    op.add_column("project_stages", sa.Column("meaning", sa.String(length=30), nullable=True))
    for code, _name, meaning in SHIPPED:
        op.execute(STAGES.update().where(STAGES.c.stage == code).values(meaning=meaning))
    op.create_index("ix_project_stages_meaning_actual_on", "project_stages", ["meaning", "actual_on"])


def downgrade() -> None:
    """Stages that the firm added go, with their days and their rules; what those rules made stays, without a rule."""
    added = sa.select(RULES.c.id).where(RULES.c.stage.not_in(CODES))
    op.execute(CALLBACKS.update().where(CALLBACKS.c.rule_id.in_(added)).values(rule_id=None))
    op.execute(RULES.delete().where(RULES.c.stage.not_in(CODES)))
    op.execute(STAGES.delete().where(STAGES.c.stage.not_in(CODES)))
    op.drop_index("ix_project_stages_meaning_actual_on", table_name="project_stages")
    with op.batch_alter_table("project_stages") as table:
        table.drop_column("meaning")
    op.drop_table("plan_stages")
