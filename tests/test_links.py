"""Everybody follows every kind of link of the demo firm: each leads to a page, within its budget of queries."""

import re
from collections import defaultdict
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.accounts.models import Account
from app.domain.core import clock
from app.domain.demo import loading
from app.extensions import db
from tests.people import login
from tests.support.counting import queries

pytestmark = pytest.mark.sqlite  # the statements are the same on both, and the lists have tests of their own
LISTS = {
    "day.index": 10,
    "audit.index": 6,
    "callbacks.index": 6,
    "callbacks.make_up": 6,
    "callbacks.notes": 6,
    "callbacks.tasks": 6,
    "callbacks.unreachable": 6,
    "cases.index": 6,
    "customers.index": 6,
    "handoffs.index": 6,
    "projects.index": 6,
    "reports.view": 25,
    "reports.preview": 25,
}
PAGE = 10
OF_EACH_KIND = 4
"""So many addresses of a kind each person opens: records differ, and so do their pages."""
NOT_OPENED = re.compile(r"\.(pdf|xlsx|json)$|^/(static|files|logout)")


@pytest.fixture
def firm(app, freeze) -> Flask:
    """The demo firm on a Saturday in November."""
    freeze("2026-11-21 10:00")
    loading.load(clock.now())
    db.session.commit()
    return app


def test_every_link_leads_to_a_page_within_its_budget(firm: Flask) -> None:
    faults = {username: walk(firm, username) for username in db.session.scalars(select(Account.username)).all()}
    assert not any(faults.values()), "\n".join(f"{who}: {fault}" for who, some in faults.items() for fault in some)


def walk(app: Flask, username: str) -> list[str]:
    """What is wrong with the pages this account is led to, starting from their day."""
    account = db.session.scalars(select(Account).where(Account.username == username)).one()
    client = login(app.test_client(), account.person)
    client.get("/")  # marks the session as seen
    opened: dict[tuple[str, ...], int] = defaultdict(int)
    waiting, known, faults = ["/"], {"/": "the address bar"}, []
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(app, address)
        if opened[kind] >= OF_EACH_KIND:
            continue
        opened[kind] += 1
        db.session.commit()
        with queries() as asked:
            answer = client.get(address)
        if answer.status_code != 200:
            faults.append(f"{address} answers {answer.status_code}, linked from {known[address]}")
        elif len(asked) > LISTS.get(kind[0], PAGE):
            faults.append(f"{address} takes {len(asked)} queries")
        found = [one for one in links_of(answer.text) if one not in known and not NOT_OPENED.search(urlsplit(one).path)]
        known.update(dict.fromkeys(found, address))
        waiting.extend(found)
    return faults


def links_of(page: str) -> list[str]:
    """The addresses of our own that the page links to, in order."""
    return list(dict.fromkeys(unescape(link).split("#")[0] for link in re.findall(r'<a [^>]*?href="(/[^"]*)"', page)))


def kind_of(app: Flask, address: str) -> tuple[str, ...]:
    """The view of an address and what its query string names."""
    parts = urlsplit(address)
    endpoint, _values = app.url_map.bind("").match(parts.path, method="GET")
    return (str(endpoint), *sorted(name for name, value in parse_qsl(parts.query) if value))
