"""The rail: where a person can go, in the order of their day."""

from dataclasses import dataclass
from typing import Final

from flask import current_app, request, url_for
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp

from app.domain.accounts.models import Person
from app.domain.accounts.roles import may

ITEMS: Final = (
    ("day.index", _l("我的一天"), "d", "day.see"),
    ("callbacks.index", _lp("list", "回访"), "b", "callbacks.see"),
    ("cases.index", _lp("list", "工单"), "c", "cases.see"),
    ("handoffs.index", _lp("list", "移交"), "h", "handoffs.see"),
    ("projects.index", _lp("list", "工程"), "p", "projects.see"),
    ("customers.index", _lp("list", "客户"), "k", "customers.see"),
    ("reports.index", _l("报表"), "r", "reports.see"),
    ("imports.index", _l("导入"), "i", "imports.run"),
    ("accounts.index", _lp("list", "人员"), "a", "accounts.manage"),
    ("audit.index", _l("审计"), "u", "audit.see"),
)


@dataclass(frozen=True)
class Item:
    """One entry of the rail. `key` is pressed after `g`."""

    endpoint: str
    url: str
    label: str
    key: str
    current: bool


def navigation(person: Person) -> list[Item]:
    """What this person may open, as far as it exists."""
    here = (request.endpoint or "").split(".")[0]
    return [
        Item(endpoint, url_for(endpoint), str(label), key, endpoint.split(".")[0] == here)
        for endpoint, label, key, permission in ITEMS
        if endpoint in current_app.view_functions and may(person, permission)
    ]
