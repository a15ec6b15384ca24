"""A callback rule has a code of its own, so that several rules of a plan may be about one occasion.

`callbacks.made_for` names the code where it named the occasion. What ships takes the occasion as its code: a name that
was given already stays, and nothing is made twice.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

RULES = sa.table("callback_rules", *map(sa.column, ("id", "plan_id", "code", "occasion", "since")))
CALLBACKS = sa.table("callbacks", *map(sa.column, ("id", "project_id", "rule_id", "made_for")))


def upgrade() -> None:
    op.add_column("callback_rules", sa.Column("code", sa.String(length=30), nullable=True))
    op.execute(RULES.update().values(code=RULES.c.occasion))
    with op.batch_alter_table("callback_rules") as table:
        table.alter_column("code", existing_type=sa.String(length=30), nullable=False)
        table.drop_constraint("uq_callback_rules_plan_id_occasion_since", type_="unique")
        table.create_unique_constraint("uq_callback_rules_plan_id_code_since", ["plan_id", "code", "since"])


def downgrade() -> None:
    """Of several rules of an occasion the first stays, and its callbacks are known by the occasion again; those of
    the others keep their name and have no rule."""
    other = RULES.alias()
    of_one_occasion = (other.c.plan_id == RULES.c.plan_id, other.c.occasion == RULES.c.occasion)
    first = sa.select(other.c.code).where(*of_one_occasion).order_by(other.c.id).limit(1).scalar_subquery()
    left = sa.select(RULES.c.id).where(RULES.c.code != first)
    op.execute(CALLBACKS.update().where(CALLBACKS.c.rule_id.in_(left)).values(rule_id=None))
    op.execute(RULES.delete().where(RULES.c.code != first))
    renamed = sa.select(RULES.c.id, RULES.c.code, RULES.c.occasion).where(RULES.c.code != RULES.c.occasion)
    for rule_id, code, occasion in op.get_bind().execute(renamed).all():
        owner = sa.literal("p").concat(sa.cast(CALLBACKS.c.project_id, sa.String))
        occurrence = sa.func.substr(CALLBACKS.c.made_for, sa.func.length(owner) + len(code) + 2)
        made = CALLBACKS.update().where(CALLBACKS.c.rule_id == rule_id, CALLBACKS.c.made_for.like(f"p%/{code}/%"))
        op.execute(made.values(made_for=owner.concat(f"/{occasion}").concat(occurrence)))
    with op.batch_alter_table("callback_rules") as table:
        table.drop_constraint("uq_callback_rules_plan_id_code_since", type_="unique")
        table.create_unique_constraint("uq_callback_rules_plan_id_occasion_since", ["plan_id", "occasion", "since"])
        table.drop_column("code")
