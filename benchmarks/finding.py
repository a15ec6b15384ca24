"""Search beside a LIKE scan, both in the database alone: the statements of a search, and the scan they save.

Run in a process of its own on a firm; takes lists of texts as JSON, {name: [text, …]}, and prints the median
milliseconds of both for each list, {name: [search, scan]}.
"""

import json
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from sqlalchemy import event, select

from app import create_app
from app.domain.accounts.models import Account
from app.domain.search import find
from app.extensions import db
from benchmarks.bare import ask, connect
from benchmarks.rows import SCAN

TIMES = 5


def compare(lists: dict[str, list[str]]) -> dict[str, tuple[float, ...]]:
    """For each list of texts: median milliseconds in the database of the product's search for one, and of the scan."""
    app = create_app()
    with app.app_context():
        return {name: tuple(map(median, zip(*_compared(texts), strict=True))) for name, texts in lists.items()}


def _compared(texts: list[str]) -> list[tuple[float, float]]:
    connection, results = connect(), []
    person = db.session.scalars(select(Account).where(Account.username == "agent")).one().person
    for text in texts:
        statements = _statements(lambda text=text: find.find(person, text))
        raw = db.session.connection().connection.cursor()

        def searched(raw: Any = raw, statements: list[Any] = statements) -> None:
            for sql, values in statements:
                raw.execute(sql, values)
                raw.fetchall()

        def scanned(pattern: str = f"%{text}%") -> None:
            ask(connection, SCAN, [pattern] * 4).fetchall()

        results.append((_milliseconds(searched), _milliseconds(scanned)))
        db.session.rollback()
    connection.close()
    return results


def _statements(search_for: Callable[[], Any]) -> list[Any]:
    """What the search sends to the database."""
    sent: list[Any] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if statement.startswith("SELECT"):
            sent.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", note)
    search_for()
    event.remove(db.engine, "before_cursor_execute", note)
    return sent


def _milliseconds(action: Callable[[], None]) -> float:
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        action()
        taken.append((time.perf_counter() - began) * 1000)
    return median(taken)


if __name__ == "__main__":
    print(json.dumps(compare(json.loads(sys.argv[1]))))
