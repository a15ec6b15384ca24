"""The migrations go up, down and up again on both databases, and end where the models are."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from tests.conftest import copy_of_template
from tests.support.grounds import Ground
from tests.support.once import flask


@pytest.fixture
def address(ground: Ground) -> Iterator[str]:
    """A database of its own, migrated up by `flask db upgrade`."""
    address = copy_of_template(ground)
    yield address
    ground.drop(address)


def tables(address: str) -> set[str]:
    engine = create_engine(address)
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def test_up_down_and_up_again(address: str, run_folder: Path):
    up = tables(address)
    flask("db", "downgrade", "base", database=address, instance=run_folder)
    assert tables(address) == {"alembic_version"}
    flask("db", "upgrade", database=address, instance=run_folder)
    assert tables(address) == up


def test_the_models_ask_for_nothing_more(address: str, run_folder: Path):
    assert "No new upgrade operations detected" in flask("db", "check", database=address, instance=run_folder)
