"""How a connection behaves: SQLite made safe for several writers, PostgreSQL left as it is.

Measured before it was chosen: without the begin hook SQLite loses acknowledged updates under concurrency;
with BEGIN IMMEDIATE for reads too, readers starve the writers.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from flask import Flask, current_app, has_request_context, request
from sqlalchemy import Connection, event

from app.extensions import db

ONLY_READS: Final = "only_reads"
PATIENCE: Final = 15_000
"""Milliseconds that a writer waits for another one on SQLite."""


def only_reading() -> None:
    """Begin a transaction that keeps no writer waiting, as a GET's: for a long look that writes nothing."""
    db.session.connection(execution_options={ONLY_READS: True})


def request_only_reads() -> bool:
    """Whether this request writes nothing but a session's mark: a GET, or a view that says so of itself."""
    if not has_request_context():
        return False
    view = current_app.view_functions.get(request.endpoint or "")
    return request.method in ("GET", "HEAD") or getattr(view, "only_reads", False)


@contextmanager
def without_waiting() -> Iterator[None]:
    """What is written inside is given up at once where SQLite would have it wait for another writer."""
    if db.engine.dialect.name != "sqlite":
        yield
        return
    driver: Any = db.session.connection().connection.driver_connection
    driver.execute("PRAGMA busy_timeout=0")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA busy_timeout={PATIENCE}")


def prepare(app: Flask) -> None:
    """Attach the hooks to the app's engine."""
    with app.app_context():
        engine = db.engine
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)


def _on_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("foreign_keys=ON", f"busy_timeout={PATIENCE}", "synchronous=FULL", "journal_mode=WAL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    reads = connection.get_execution_options().get(ONLY_READS) or request_only_reads()
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
