"""The rail: where a person can go, in the order of their day."""

from dataclasses import dataclass
from typing import Final

from flask import current_app, request, url_for

from app.domain.accounts.models import Person
from app.domain.accounts.roles import may
from app.domain.words import N_

ITEMS: Final = (
    ("day.index", N_("我的一天"), "d", "day.see"),
    ("callbacks.index", N_("回访"), "b", "callbacks.see"),
    ("cases.index", N_("工单"), "c", "cases.see"),
    ("handoffs.index", N_("移交"), "h", "handoffs.see"),
    ("projects.index", N_("工程"), "p", "projects.see"),
    ("customers.index", N_("客户"), "k", "customers.see"),
    ("reports.index", N_("报表"), "r", "reports.see"),
    ("imports.index", N_("导入"), "i", "imports.run"),
    ("accounts.index", N_("人员"), "a", "accounts.manage"),
    ("audit.index", N_("审计"), "u", "audit.see"),
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
        Item(endpoint, url_for(endpoint), label, key, endpoint.split(".")[0] == here)
        for endpoint, label, key, permission in ITEMS
        if endpoint in current_app.view_functions and may(person, permission)
    ]
