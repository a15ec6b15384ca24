"""What gunicorn serves while measuring: the product, and below /bare the pages it is compared with, by one server."""

import os
from threading import local
from typing import Any

from flask import Response
from sqlalchemy import event
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from app.extensions import db
from benchmarks.bare import bare
from wsgi import app

NOT_COUNTED = ("BEGIN", "COMMIT", "PRAGMA", "ROLLBACK", "SAVEPOINT", "RELEASE")


def _count_queries() -> None:
    """Let each answer say how many statements it took; never in a server whose time is taken."""
    so_far = local()
    so_far.queries = 0

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        so_far.queries += not statement.lstrip().upper().startswith(NOT_COUNTED)

    def begin() -> None:
        so_far.queries = 0

    def say(response: Response) -> Response:
        response.headers["X-Queries"] = str(so_far.queries)
        return response

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
    app.before_request_funcs.setdefault(None, []).insert(0, begin)
    app.after_request(say)


if "BENCH_COUNTS" in os.environ:
    _count_queries()
app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/bare": bare})
