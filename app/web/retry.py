"""PostgreSQL ends a deadlock by undoing one of the two: what was undone is carried out again, for who asked for it
did nothing wrong. Never when part of it was kept already, and never without its input."""

from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec, TypeVar

from flask import current_app, g, has_request_context, request
from flask.typing import ResponseReturnValue
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from app.domain.core.enums import N_
from app.domain.core.errors import Conflict
from app.extensions import db

BUSY: Final = N_("数据库正忙，什么都没有写入，请再试一次。")
UNDONE: Final = frozenset({"40001", "40P01"})
"""Serialization failure, deadlock detected: the same again may well succeed."""
TIMES: Final = 2
"""How often something is carried out again."""
FORMS: Final = ("", "application/x-www-form-urlencoded", "multipart/form-data")
"""Bodies that are read once and kept; a request without one has none of these names."""

P = ParamSpec("P")
T = TypeVar("T")


def was_undone(error: OperationalError) -> bool:
    """Whether the database undid the transaction for the sake of another one."""
    return getattr(error.orig, "sqlstate", None) in UNDONE


@event.listens_for(db.session, "after_commit")
def _note(_session: object) -> None:
    if has_request_context():
        g.has_kept = True


def answered_anew(error: OperationalError) -> ResponseReturnValue | None:
    """The answer of the request carried out once more; None where that can't help or isn't safe.

    Call it after a rollback.
    """
    again = g.get("times_again", 0)
    if not was_undone(error) or g.get("has_kept") or again >= TIMES or request.mimetype not in FORMS:
        return None
    g.times_again = again + 1
    for files in request.files.listvalues():
        for file in files:
            file.seek(0)
    try:
        answer = current_app.preprocess_request()
        return current_app.dispatch_request() if answer is None else answer
    except Exception as fault:  # noqa: BLE001  as Flask does around every view
        return current_app.handle_user_exception(fault)


def carried_out_again(work: Callable[P, T]) -> Callable[P, T]:
    """For work that commits last of all, or nothing: undone by the database, it begins anew, twice at most.

    A Conflict after that.
    """

    @wraps(work)
    def patient(*args: P.args, **kwargs: P.kwargs) -> T:
        for _time in range(1 + TIMES):
            try:
                return work(*args, **kwargs)
            except OperationalError as error:
                db.session.rollback()
                if not was_undone(error):
                    raise
        raise Conflict(BUSY)

    return patient
