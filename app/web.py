"""What every page shares: languages, headers, errors in words, and the values templates see."""

from typing import Any

from flask import Flask, Response, abort, current_app, g, redirect, render_template, request
from flask_babel import get_locale
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException
from werkzeug.local import LocalProxy
from werkzeug.routing import IntegerConverter

from app import deadlocks, formats, translating
from app.assets import KEEP, static_url
from app.domain.accounts.roles import may
from app.domain.errors import Conflict, DomainError, Refused
from app.domain.once import tokens
from app.domain.settings import values
from app.extensions import babel, db
from app.navigation import navigation
from app.translating import gettext

LANGUAGES = {"zh-Hans": "zh_Hans_CN", "zh-Hant": "zh_Hant_TW", "en": "en"}
BROWSER_LANGUAGES = {
    "zh-cn": "zh-Hans", "zh-sg": "zh-Hans", "zh-hans": "zh-Hans", "zh": "zh-Hans",
    "zh-tw": "zh-Hant", "zh-hk": "zh-Hant", "zh-mo": "zh-Hant", "zh-hant": "zh-Hant", "en": "en",
}  # fmt: skip
READ_AWAY = 256 * 1024 * 1024
ERROR_PAGES = (400, 403, 404, 409, 413, 429, 500, 503)


class RowNumber(IntegerConverter):
    """A number in an address that a row can have: a longer one is no page, instead of a fault of the database."""

    regex = r"\d{1,10}"

    def __init__(self, url_map: Any, **limits: Any) -> None:
        super().__init__(url_map, **{"max": 2**31 - 1} | limits)


def init_app(app: Flask) -> None:
    """Bind it all to the app."""
    app.url_map.converters["int"] = RowNumber
    babel.init_app(app, locale_selector=_locale, timezone_selector=lambda: app.config["TZ_NAME"])
    translating.init_app(app)
    formats.register(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.do")
    app.context_processor(_template_values)
    app.after_request(_headers)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(Conflict, _conflict)
    app.register_error_handler(StaleDataError, _conflict)
    app.register_error_handler(IntegrityError, _sent_twice)
    app.register_error_handler(DataError, _unkeepable)
    app.register_error_handler(OperationalError, _busy)
    app.before_request(_refuse_nul)


def language() -> str:
    """The page's language: what the person chose, else the browser's, else Simplified Chinese."""
    chosen = getattr(getattr(current_user, "account", None), "language", "") or request.cookies.get("language", "")
    if chosen in LANGUAGES:
        return chosen
    for wanted, _quality in request.accept_languages:
        code = wanted.lower()
        if found := BROWSER_LANGUAGES.get(code) or BROWSER_LANGUAGES.get(code.split("-")[0]):
            return found
    return "zh-Hans"


def _locale() -> str:
    if "locale" not in g:
        g.locale = LANGUAGES[language()]
    return str(g.locale)


def say(error: DomainError) -> str:
    """A domain error in the user's language."""
    return error.said_in(gettext)


def _firm_name() -> str:
    return str(values.value("firm.name"))


def _template_values() -> dict[str, Any]:
    person = current_user.person if current_user and current_user.is_authenticated else None
    return {
        "me": person,
        "may": lambda permission: person is not None and may(person, permission),
        "nav": navigation(person) if person else [],
        "locale": next((tag for tag, code in LANGUAGES.items() if str(get_locale()) == code), "zh-Hans"),
        "static_url": static_url,
        "firm_name": LocalProxy(_firm_name),
    }


def _headers(response: Response) -> Response:
    response.headers.setdefault(
        "Content-Security-Policy",
        "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'",
    )
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("X-Frame-Options", "DENY")
    if request.endpoint == "static" and response.status_code < 400:
        response.headers["Cache-Control"] = KEEP
    elif current_user and current_user.is_authenticated:
        response.headers.setdefault("Cache-Control", "no-store")
    return response


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
    if (answer := deadlocks.answered_anew(error)) is not None:
        return answer
    current_app.logger.error("the database is busy or away: %s", error.orig)
    return error_page(503, firm_name="")


def _sent_twice(error: IntegrityError) -> Any:
    """Two sendings of one form at once: the second goes where the first one led."""
    db.session.rollback()
    if current_user and current_user.is_authenticated:
        location = tokens.led_to(request.form.get("once", "")[:40], by=current_user.person)
        if location:
            return redirect(location)
    return _conflict(error)


def _conflict(error: Exception) -> tuple[str, int]:
    db.session.rollback()
    return error_page(409, message=say(error) if isinstance(error, DomainError) else None)
