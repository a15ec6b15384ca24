"""What every page shares: languages, headers, and the values templates see."""

from typing import Any

from flask import Flask, Response, g, request
from flask_babel import get_locale
from flask_login import current_user
from werkzeug.local import LocalProxy
from werkzeug.routing import IntegerConverter

from app.domain.accounts.roles import may
from app.domain.settings import values
from app.extensions import babel
from app.web import components, errors, formats, i18n
from app.web.assets import KEEP, static_url
from app.web.navigation import navigation

LANGUAGES = {"zh-Hans": "zh_Hans_CN", "zh-Hant": "zh_Hant_TW", "en": "en"}
BROWSER_LANGUAGES = {
    "zh-cn": "zh-Hans", "zh-sg": "zh-Hans", "zh-hans": "zh-Hans", "zh": "zh-Hans",
    "zh-tw": "zh-Hant", "zh-hk": "zh-Hant", "zh-mo": "zh-Hant", "zh-hant": "zh-Hant", "en": "en",
}  # fmt: skip


class RowNumber(IntegerConverter):
    """A number in an address that a row can have: a longer one is no page, instead of a fault of the database."""

    regex = r"\d{1,10}"

    def __init__(self, url_map: Any, **limits: Any) -> None:
        super().__init__(url_map, **{"max": 2**31 - 1} | limits)


def init_app(app: Flask) -> None:
    """Bind it all to the app."""
    app.url_map.converters["int"] = RowNumber
    babel.init_app(app, locale_selector=_locale, timezone_selector=lambda: app.config["TZ_NAME"])
    i18n.init_app(app)
    formats.register(app)
    components.init_app(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.do")
    app.context_processor(_template_values)
    app.after_request(_headers)
    errors.init_app(app)


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
