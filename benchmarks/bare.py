"""The least a page can cost: the same rows by the database's own driver, in one template, without anybody signed in."""

import os
import sqlite3
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

import psycopg
from jinja2 import Environment
from sqlalchemy import make_url

from benchmarks.rows import SAVE, Rows, rows_of

TEMPLATE = Environment(autoescape=True).from_string("""<!doctype html>
<html lang="zh-Hans"><head><meta charset="utf-8"><title>{{ name }}</title></head><body>
{% for head, rows, prefix in tables %}
<table><thead><tr>{% for column in head %}<th>{{ column }}</th>{% endfor %}</tr></thead><tbody>
{% for row in rows %}<tr><td><a href="{{ prefix }}{{ row[0] }}">{{ row[1] }}</a></td>
{%- for value in row[2:] %}<td>{{ value if value is not none else "" }}</td>{% endfor %}</tr>
{% endfor %}</tbody></table>
{% endfor %}</body></html>""")

_connection: Any = None


def bare(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """WSGI: `/<page>?…` shows the page's rows; a POST notes an attempt, as saving a call does at the least."""
    asked = {name: values[0] for name, values in parse_qs(environ["QUERY_STRING"]).items()}
    if environ["REQUEST_METHOD"] == "POST":
        _save(asked)
        start_response("302 Found", [("Location", "/"), ("Content-Length", "0")])
        return [b""]
    name = environ["PATH_INFO"].strip("/")
    page = TEMPLATE.render(name=name, tables=[_table(rows, asked) for rows in rows_of(name)]).encode()
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(page)))])
    return [page]


def connect() -> Any:
    """The database by its own driver."""
    url = make_url(os.environ["DATABASE_URL"])
    if url.drivername.startswith("sqlite"):
        return sqlite3.connect(str(url.database), timeout=15)
    return psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True)


def ask(connection: Any, sql: str, values: Iterable[Any]) -> Any:
    """The cursor of a statement written with question marks."""
    if not isinstance(connection, sqlite3.Connection):
        sql = sql.replace("%", "%%").replace("?", "%s")
    return connection.execute(sql, tuple(values))


def _kept() -> Any:
    global _connection
    if _connection is None:
        _connection = connect()
    return _connection


def _table(rows: Rows, asked: dict[str, str]) -> tuple[list[str], list[Any], str]:
    cursor = ask(_kept(), rows.sql, (_typed(asked[name]) for name in rows.parameters))
    return [column[0] for column in cursor.description[1:]], cursor.fetchall(), rows.prefix


def _typed(text: str) -> int | str:
    return int(text) if text.isdecimal() and not text.startswith("0") else text


def _save(asked: dict[str, str]) -> None:
    connection, values = _kept(), {name: _typed(text) for name, text in asked.items()}
    if isinstance(connection, sqlite3.Connection):
        connection.execute("BEGIN IMMEDIATE")
    for sql, names in SAVE:
        ask(connection, sql, (values[name] for name in names))
    if isinstance(connection, sqlite3.Connection):
        connection.commit()
