"""The settings that nearly every page shows something by, as they are today: one query a request for all of them."""

from typing import Any, Final

from flask import g

from app.domain.settings import values

NEEDED: Final = ("firm.name", "cases.soon_share")


def page_setting(name: str) -> Any:
    """Today's value of one of NEEDED."""
    if "page_settings" not in g:
        g.page_settings = values.several(*NEEDED)
    return g.page_settings[name]
