"""How a connection behaves: SQLite made safe for several writers, PostgreSQL left as it is.

Measured before it was chosen: without the begin hook SQLite loses acknowledged updates under concurrency;
with BEGIN IMMEDIATE for reads too, readers starve the writers.
"""

from typing import Any

from flask import Flask, has_request_context, request
from sqlalchemy import Connection, event

from app.extensions import db


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
    for pragma in ("foreign_keys=ON", "busy_timeout=15000", "synchronous=FULL", "journal_mode=WAL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    reads = has_request_context() and request.method in ("GET", "HEAD")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
