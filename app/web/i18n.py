"""Texts in the page's language. The extension settles the language again for each text, and looks it up as if it had
never seen it; here it is settled once a request, and a text is looked up once a process. That was a sixth of a list.
"""

from typing import Any, Final

from flask import Flask, g
from flask_babel import get_locale, get_translations
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

MOST_KEPT: Final = 10_000


class _Texts(dict[str, tuple[str, Markup]]):
    """The texts of one language as far as they were asked for, plain and for templates."""

    def __init__(self, translations: Any) -> None:
        super().__init__()
        self.translations = translations

    def __missing__(self, text: str) -> tuple[str, Markup]:
        said = str(self.translations.ugettext(text)) if text else ""  # an empty one would be the catalogue's own head
        both = said, Markup(said)  # noqa: S704  our own words
        if len(self) < MOST_KEPT:
            self[text] = both
        return both


_languages: dict[str, _Texts] = {}


def init_app(app: Flask) -> None:
    """Let templates translate by the quick way."""
    app.jinja_env.globals["_"] = app.jinja_env.globals["gettext"] = _in_template


def gettext(text: str, /, **values: Any) -> str:
    """The text in the page's language, with its values; a percent sign in such a text is written twice."""
    said = _texts()[str(text)][0]
    return said % values if values else said


def _texts() -> _Texts:
    found = g.get("texts")
    if found is None:
        language = str(get_locale())
        if language not in _languages:
            _languages[language] = _Texts(get_translations())
        found = g.texts = _languages[language]
    return found  # type: ignore[no-any-return]


@pass_eval_context
def _in_template(context: EvalContext, text: str, /, **values: Any) -> str:
    """The text of a template with its values; a percent sign in it is written twice."""
    said = _texts()[str(text)][1 if context.autoescape else 0]
    return said % values if "%" in said else said
