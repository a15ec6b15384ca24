"""The migrations go up, down and up again on both databases, and end where the models are."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    Column,
    Engine,
    ForeignKeyConstraint,
    MetaData,
    Table,
    UniqueConstraint,
    create_engine,
    inspect,
    text,
)

import app.domain.models  # noqa: F401  all tables
from app.extensions import db
from tests.conftest import copy_of_template
from tests.support.grounds import Ground
from tests.support.once import flask


@pytest.fixture
def address(ground: Ground) -> Iterator[str]:
    """A database of its own, migrated up by `flask db upgrade`."""
    address = copy_of_template(ground)
    yield address
    ground.drop(address)


@contextmanager
def engine_at(address: str) -> Iterator[Engine]:
    engine = create_engine(address)
    yield engine
    engine.dispose()


def tables(address: str) -> set[str]:
    with engine_at(address) as engine:
        return set(inspect(engine).get_table_names())


def keys(address: str) -> set[str | None]:
    """The names of all foreign and unique keys; of SQLite's primary keys nobody knows the names."""
    with engine_at(address) as engine:
        known = inspect(engine)
        return {
            key["name"]
            for table in known.get_table_names()
            for key in (*known.get_foreign_keys(table), *known.get_unique_constraints(table))
        }


def test_up_down_and_up_again(address: str, run_folder: Path):
    up = tables(address)
    flask("db", "downgrade", "base", database=address, instance=run_folder)
    assert tables(address) == {"alembic_version"}
    flask("db", "upgrade", database=address, instance=run_folder)
    assert tables(address) == up


def test_the_models_ask_for_nothing_more(address: str, run_folder: Path):
    assert "No new upgrade operations detected" in flask("db", "check", database=address, instance=run_folder)


def test_keys_are_named_after_their_columns(address: str):
    wanted = {
        key.name
        for table in db.metadata.tables.values()
        for key in table.constraints
        if isinstance(key, ForeignKeyConstraint | UniqueConstraint)
    }
    assert keys(address) - {None} == wanted


def test_entries_follow_the_columns_they_name(address: str, run_folder: Path):
    flask("db", "downgrade", "0002", database=address, instance=run_folder)
    with engine_at(address) as engine:
        with engine.begin() as connection:
            connection.execute(
                text(
                    "INSERT INTO audit_entries (at, action, subject, subject_id, reason, changes)"
                    " VALUES (:at, 'cases.sign', 'cases', 1, '', :changes)"
                ),
                {"at": "2026-11-21 02:00:00", "changes": json.dumps({"holder_id": [1, 2], "state": ["a", "b"]})},
            )
        flask("db", "upgrade", database=address, instance=run_folder)
        assert changes_in(engine) == {"assignee_id": [1, 2], "state": ["a", "b"]}
        flask("db", "downgrade", "0002", database=address, instance=run_folder)
        assert changes_in(engine) == {"holder_id": [1, 2], "state": ["a", "b"]}


def test_old_entries_are_kept_with_the_branch_of_their_thing(address: str, run_folder: Path):
    """Of a row that is gone, and of what belongs to the whole firm, nobody knows one."""
    flask("db", "downgrade", "0003", database=address, instance=run_folder)
    with engine_at(address) as engine:
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO branches (id, name) VALUES (7, '城东')"))
            connection.execute(
                text(
                    "INSERT INTO people (id, name, phone, branch_id, is_hq, active, created_at, version)"
                    " VALUES (5, '安宁', '', 7, false, true, '2026-11-21 02:00:00', 1)"
                )
            )
            for subject, row_id in (("people", 5), ("people", 6), ("branches", 7), ("settings", 1)):
                connection.execute(
                    text(
                        "INSERT INTO audit_entries (at, action, subject, subject_id, reason, changes)"
                        " VALUES ('2026-11-21 02:00:00', 'tested', :subject, :row_id, '', '{}')"
                    ),
                    {"subject": subject, "row_id": row_id},
                )
        flask("db", "upgrade", database=address, instance=run_folder)
        with engine.connect() as connection:
            found = connection.execute(text("SELECT branch_id FROM audit_entries ORDER BY id")).scalars().all()
    assert found == [7, None, 7, None]


def changes_in(engine: Engine) -> dict[str, list[object]]:
    with engine.connect() as connection:
        found = connection.execute(text("SELECT changes FROM audit_entries")).scalar_one()
    return found if isinstance(found, dict) else json.loads(found)


def test_what_was_made_is_known_by_its_rule_and_going_back_by_its_occasion(address: str, run_folder: Path):
    flask("db", "downgrade", "0003", database=address, instance=run_folder)
    with engine_at(address) as engine:
        add(engine, customers={"id": 1}, projects={"id": 12, "customer_id": 1, "plan_id": 1})
        shipped = one(engine, "SELECT id FROM callback_rules WHERE plan_id = 1 AND occasion = 'kickoff'")
        progress = one(engine, "SELECT id FROM callback_rules WHERE plan_id = 1 AND occasion = 'progress'")
        made = {"customer_id": 1, "project_id": 12, "rule_id": shipped, "made_for": "p12/kickoff/kickoff"}
        topped_up = made | {"id": 2, "rule_id": progress, "made_for": "p12/progress/2026-03/1"}
        add(engine, callbacks=[made | {"id": 1}, topped_up])
        flask("db", "upgrade", database=address, instance=run_folder)
        assert one(engine, "SELECT count(*) FROM callback_rules WHERE code <> occasion") == 0
        assert names_of_made(engine) == {(1, shipped, "p12/kickoff/kickoff"), (2, progress, "p12/progress/2026-03/1")}
        change(engine, "UPDATE callback_rules SET code = 'fortnight' WHERE id = :id", id=progress)
        change(engine, "UPDATE callbacks SET made_for = 'p12/fortnight/2026-03/1' WHERE id = 2")
        add(engine, callback_rules={"id": 900, "plan_id": 1, "code": "month_after", "stage": "kickoff"})
        add(engine, callbacks=made | {"id": 3, "rule_id": 900, "made_for": "p12/month_after/kickoff"})
        flask("db", "downgrade", "0003", database=address, instance=run_folder)
        assert names_of_made(engine) == {
            (1, shipped, "p12/kickoff/kickoff"),
            (2, progress, "p12/progress/2026-03/1"),
            (3, None, "p12/month_after/kickoff"),
        }
        assert one(engine, "SELECT count(*) FROM callback_rules WHERE id = 900") == 0


def test_stages_become_rows_of_every_plan_and_what_the_firm_added_goes_back_down(address: str, run_folder: Path):
    flask("db", "downgrade", "0005", database=address, instance=run_folder)
    with engine_at(address) as engine:
        add(engine, customers={"id": 1}, projects={"id": 12, "customer_id": 1, "plan_id": 1})
        add(
            engine, project_stages=[{"project_id": 12, "stage": code} for code in ("kickoff", "midstage", "completion")]
        )
        flask("db", "upgrade", "0006", database=address, instance=run_folder)
        assert one(engine, "SELECT count(*) FROM plan_stages") == 4 * one(engine, "SELECT count(*) FROM service_plans")
        assert meanings(engine) == {("kickoff", "start"), ("midstage", None), ("completion", "completion")}
        add(engine, plan_stages={"id": 900, "plan_id": 1, "code": "measured", "position": 5})
        add(engine, project_stages={"project_id": 12, "stage": "measured"})
        add(engine, callback_rules={"id": 900, "plan_id": 1, "code": "after_measuring", "stage": "measured"})
        add(
            engine,
            callbacks={"id": 3, "customer_id": 1, "project_id": 12, "rule_id": 900, "made_for": "p12/x/measured"},
        )
        flask("db", "downgrade", "0005", database=address, instance=run_folder)
        assert names_of_made(engine) == {(3, None, "p12/x/measured")}
        assert one(engine, "SELECT count(*) FROM callback_rules WHERE id = 900") == 0
        flask("db", "upgrade", "0006", database=address, instance=run_folder)
        assert meanings(engine) == {("kickoff", "start"), ("midstage", None), ("completion", "completion")}


def test_functions_become_rows_and_what_the_firm_added_goes_back_down(address: str, run_folder: Path):
    flask("db", "downgrade", "0006", database=address, instance=run_folder)
    with engine_at(address) as engine:
        add(engine, customers={"id": 1}, projects={"id": 12, "customer_id": 1, "plan_id": 1}, people={"id": 5})
        codes = "pm", "site_lead", "designer", "supervisor", "foreman", "agent"
        on_site = {"project_id": 12, "person_id": 5}
        add(engine, project_people=[on_site | {"id": place, "function": code} for place, code in enumerate(codes)])
        flask("db", "upgrade", "0007", database=address, instance=run_folder)
        kept = "SELECT count(*) FROM project_people JOIN functions ON functions.code = project_people.function_code"
        assert one(engine, kept) == len(codes) == one(engine, "SELECT count(*) FROM functions")
        assert one(engine, "SELECT count(*) FROM functions WHERE meaning = code") == 4
        add(engine, functions={"code": "stylist", "name": "软装设计师", "position": 7})
        add(engine, project_people=on_site | {"id": 900, "function_code": "stylist"})
        flask("db", "downgrade", "0006", database=address, instance=run_folder)
        assert one(engine, "SELECT count(*) FROM project_people") == len(codes)
        flask("db", "upgrade", "0007", database=address, instance=run_folder)
        assert one(engine, kept) == len(codes)


def meanings(engine: Engine) -> set[tuple[str, str | None]]:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT stage, meaning FROM project_stages"))
        return {(row.stage, row.meaning) for row in rows}


def add(engine: Engine, **rows: Any) -> None:
    """Rows by table with the columns a test is about; what else must be said is filled in by its kind."""
    with engine.begin() as connection:
        for name, said in rows.items():
            table = Table(name, MetaData(), autoload_with=connection, resolve_fks=False)
            for row in said if isinstance(said, list) else [said]:
                filled = {column.name: filling(column) for column in table.c if not column.nullable}
                connection.execute(table.insert(), filled | row)


def filling(column: Column[Any]) -> object:
    kinds = {bool: False, int: 1, date: date(2026, 3, 5), datetime: datetime(2026, 3, 5, 1, tzinfo=UTC)}
    return kinds.get(column.type.python_type, "kickoff")


def one(engine: Engine, query: str) -> Any:
    with engine.connect() as connection:
        return connection.execute(text(query)).scalar_one()


def change(engine: Engine, statement: str, **values: object) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement), values)


def names_of_made(engine: Engine) -> set[tuple[int, int | None, str]]:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT id, rule_id, made_for FROM callbacks"))
        return {(row.id, row.rule_id, row.made_for) for row in rows}
