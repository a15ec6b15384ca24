"""Errors in words: a page for each, with what to do next; never a stack trace."""

from typing import Any

from flask import Flask, abort, current_app, redirect, render_template, request
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from app.domain.core.errors import Conflict, DomainError, Refused
from app.domain.idempotency import tokens
from app.extensions import db
from app.web import retry
from app.web.i18n import gettext

READ_AWAY = 256 * 1024 * 1024
"""Bytes of a body that is too long which are still taken in."""
ERROR_PAGES = (400, 403, 404, 409, 413, 429, 500, 503)


def init_app(app: Flask) -> None:
    """Answer every error with its page."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(Conflict, _conflict)
    app.register_error_handler(StaleDataError, _conflict)
    app.register_error_handler(IntegrityError, _sent_twice)
    app.register_error_handler(DataError, _unkeepable)
    app.register_error_handler(OperationalError, _busy)
    app.before_request(_refuse_nul)


def say(error: DomainError) -> str:
    """A domain error in the user's language."""
    return error.said_in(gettext)


def error_page(code: int, **values: Any) -> tuple[str, int]:
    """An error in words, with what to do next."""
    return render_template(f"errors/{code if code in ERROR_PAGES else 400}.html", **values), code


def _http_error(error: HTTPException) -> Any:
    if error.code is None or error.code < 400 or error.response is not None:
        return error
    if error.code >= 500:
        db.session.rollback()
        return error_page(500, firm_name="")
    if error.code == 413:
        _read_away()
    return error_page(error.code)


def _read_away() -> None:
    """Take what is still being sent: a browser that can't finish sending shows a broken line, not the answer."""
    body, left = request.environ["wsgi.input"], min(request.content_length or 0, READ_AWAY)
    while left > 0 and (piece := body.read(min(left, 1 << 16))):
        left -= len(piece)


def _stale_form(error: CSRFError) -> Any:
    if not (current_user and current_user.is_authenticated):
        return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    return error_page(400, message=gettext("页面放得太久了，请返回、刷新后再提交。"))


def _refused(error: Refused) -> tuple[str, int]:
    db.session.rollback()
    return error_page(400, message=say(error))


def _refuse_nul() -> None:
    """PostgreSQL keeps no NUL, and nobody types one."""
    sent = [request.path, *request.args.values(), *(request.form.values() if request.method == "POST" else ())]
    if any("\x00" in text for text in sent):
        abort(400)


def _unkeepable(_error: DataError) -> tuple[str, int]:
    db.session.rollback()
    return error_page(400, message=gettext("有一项太长，或含有无法保存的字符。"))


def _busy(error: OperationalError) -> Any:
    """Somebody else writes just now and took too long, or the database does not answer: nothing was saved."""
    db.session.rollback()
    if (answer := retry.answered_anew(error)) is not None:
        return answer
    current_app.logger.error("the database is busy or away: %s", error.orig)
    return error_page(503, firm_name="")


def _sent_twice(error: IntegrityError) -> Any:
    """Two sendings of one form at once: the second goes where the first one led."""
    db.session.rollback()
    if current_user and current_user.is_authenticated:
        location = tokens.redirect_for(request.form.get("once", "")[:40], by=current_user.person)
        if location:
            return redirect(location)
    return _conflict(error)


def _conflict(error: Exception) -> tuple[str, int]:
    db.session.rollback()
    return error_page(409, message=say(error) if isinstance(error, DomainError) else None)
