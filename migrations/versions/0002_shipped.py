"""Install what ships: the three plans with their callbacks and clocks, questionnaires, categories, causes, results.

A firm that only ran `flask db upgrade` can import and report at once. The rows come from migrations/shipped/0002/,
frozen there: a later change of what ships is a later migration.

Revision ID: 0002
Revises: 0001
"""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SHIPPED = Path(__file__).parent.parent / "shipped" / "0002"
SINCE = date(2000, 1, 1)
TABLES_CHILDREN_FIRST = (
    "clock_rules", "callback_rules", "service_plans", "questions", "questionnaires", "categories", "causes", "results",
)  # fmt: skip


def upgrade() -> None:
    tables = sa.MetaData()
    tables.reflect(op.get_bind(), only=TABLES_CHILDREN_FIRST, resolve_fks=False)

    def insert(table: str, **values: Any) -> int:
        """Insert one row and return its id."""
        target = tables.tables[table]
        return op.get_bind().execute(target.insert().returning(target.c.id), values).scalar_one()

    _plans(insert)
    _questionnaires(insert)
    _lists(insert)


def downgrade() -> None:
    for table in TABLES_CHILDREN_FIRST:
        op.execute(sa.delete(sa.table(table)))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((SHIPPED / f"{name}.toml").read_text(encoding="utf-8"))


def _plans(insert: Any) -> None:
    clocks = _read("clocks")["clock"]
    for plan in _read("plans")["plan"]:
        plan_id = insert("service_plans", code=plan["code"], name=plan["name"], is_default=plan["is_default"])
        for rule in plan["rules"]:
            insert(
                "callback_rules",
                plan_id=plan_id,
                occasion=rule["occasion"],
                trigger=rule["trigger"],
                stage=rule.get("stage"),
                opens_after_days=0,
                window_days=rule["window_days"],
                questionnaire_code=rule["questionnaire"],
                since=SINCE,
            )
        for clock in clocks:
            insert(
                "clock_rules",
                plan_id=plan_id,
                kind=clock["kind"],
                case_kind=clock["case_kind"],
                starts=clock["starts"],
                minutes=clock.get("minutes"),
                calendar="wall",
                since=SINCE,
            )


def _questionnaires(insert: Any) -> None:
    for sheet in _read("questionnaires")["questionnaire"]:
        sheet_id = insert(
            "questionnaires",
            code=sheet["code"],
            version=1,
            name=sheet["name"],
            opening=sheet["opening"],
            closing=sheet["closing"],
        )
        for position, question in enumerate(sheet["question"], start=1):
            insert(
                "questions",
                questionnaire_id=sheet_id,
                position=position,
                code=question["code"],
                section=question.get("section", ""),
                text=question["text"],
                say=question.get("say", ""),
                kind=question["kind"],
                required=question.get("required", True),
                meaning=question.get("meaning"),
                about=question.get("about", ""),
                choices=question.get("choices", []),
                shown_if=question.get("shown_if", ""),
                shown_on=question.get("shown_on", []),
                raises=question.get("raises", {}),
            )


def _lists(insert: Any) -> None:
    lists = _read("categories")
    for position, category in enumerate(lists["category"], start=1):
        parent = insert("categories", name=category["name"], term=category["term"], position=position, parent_id=None)
        for below, name in enumerate(category["below"], start=1):
            insert("categories", name=name, term=category["term"], position=below, parent_id=parent)
    for name in lists["cause"]:
        insert("causes", name=name)
    for name in lists["result"]:
        insert("results", name=name)
