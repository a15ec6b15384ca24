"""How many statements a piece of code sends to the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

_listening: list[list[str]] = []
BOOKKEEPING = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "PRAGMA")


def watch(engine: Engine) -> None:
    """Report the engine's statements to whoever counts."""
    event.listen(engine, "before_cursor_execute", _note)


def _note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
    if _listening and not statement.lstrip().upper().startswith(BOOKKEEPING):
        for seen in _listening:
            seen.append(statement)


@contextmanager
def queries(at_most: int | None = None) -> Iterator[list[str]]:
    """The statements sent meanwhile; with `at_most`, more of them fail the test and are listed."""
    seen: list[str] = []
    _listening.append(seen)
    try:
        yield seen
    finally:
        _listening.remove(seen)
    if at_most is not None and len(seen) > at_most:
        raise AssertionError(f"{len(seen)} queries where {at_most} are allowed:\n" + "\n".join(seen))
