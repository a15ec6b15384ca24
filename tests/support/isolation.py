"""One transaction around each test: what the code commits becomes a savepoint, and the end undoes it all."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from flask.testing import FlaskClient, FlaskCliRunner
from sqlalchemy import Connection

from app.extensions import db


class Client(FlaskClient):
    """A browser without a screen. Each request has its own session and `g`, as on a server.

    What the test wrote is committed before the request, and what it holds is read anew after it.
    """

    def open(self, *args: Any, **kwargs: Any) -> Any:
        db.session.commit()
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        db.session.expire_all()
        return response


class Runner(FlaskCliRunner):
    """Runs a command as `flask` does, in a context of its own."""

    def invoke(self, *args: Any, **kwargs: Any) -> Any:
        db.session.commit()
        with self.app.app_context():
            result = super().invoke(*args, **kwargs)
        db.session.expire_all()
        return result


class Undone:
    """The app on one connection whose outer transaction never ends well."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with app.app_context():
            self.engine = db.engine
        self.connection: Connection | None = None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """The app's context, with everything inside undone at the end."""
        if self.connection is None or self.connection.closed or self.connection.invalidated:
            self.connection = self.engine.connect()
        with self.app.app_context():
            outer = self.connection.begin()
            db.engines[None] = self.connection  # type: ignore[index]
            db.session.configure(join_transaction_mode="create_savepoint")
            try:
                yield
            finally:
                db.session.remove()
                db.session.configure(join_transaction_mode="conditional_savepoint")
                db.engines[None] = self.engine  # type: ignore[index]
                if outer.is_active:
                    outer.rollback()

    def close(self) -> None:
        """Give the connection back and close the engine."""
        if self.connection is not None:
            self.connection.close()
        self.engine.dispose()
