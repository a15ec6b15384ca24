"""The migrations go up, down and up again on both databases, and end where the models are."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, ForeignKeyConstraint, UniqueConstraint, create_engine, inspect, text

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
