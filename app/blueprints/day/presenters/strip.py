"""The slim strip beside the list: what is done and due, what is short, what somebody waits for. By role."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from flask import url_for

from app.domain.accounts.models import Person
from app.domain.accounts.roles import Role
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.pagination import COUNTED_TO
from app.domain.day import overview
from app.web.i18n import gettext

Item = tuple[str, str, str | None, str | None]
"""Label, value, link, tone."""

BY_ROLE: Final = (
    ("reached_today", (Role.AGENT, Role.LEAD)),
    ("due_today", (Role.AGENT, Role.LEAD)),
    ("own_short_sites", (Role.AGENT,)),
    ("short_sites", (Role.LEAD, Role.PM)),
    ("in_pool", (Role.AGENT, Role.LEAD)),
    ("to_decide", (Role.LEAD,)),
    ("cases_over", (Role.LEAD, Role.ENGINEERING, Role.OFFICE)),
    ("unsigned_over", (Role.LEAD, Role.ENGINEERING, Role.OFFICE)),
)
LABELS: Final = {
    "reached_today": N_("今天已打通"),
    "due_today": N_("今天还要打"),
    "own_short_sites": N_("本月还差回访的工地"),
    "short_sites": N_("本月还差回访的工地"),
    "in_pool": N_("待领取的回访"),
    "to_decide": N_("联系不上，等您决定"),
    "cases_over": N_("超时的工单"),
    "unsigned_over": N_("逾期未签收"),
}
LINKS: Final[dict[str, Callable[[], str]]] = {
    "due_today": lambda: url_for("callbacks.index", whose="mine", until=clock.today()),
    "own_short_sites": lambda: url_for("projects.index", calls="own"),
    "short_sites": lambda: url_for("projects.index", calls="short"),
    "in_pool": lambda: url_for("callbacks.index", whose="pool"),
    "to_decide": lambda: url_for("callbacks.unreachable"),
    "cases_over": lambda: url_for("cases.index", overdue="1"),
    "unsigned_over": lambda: url_for("handoffs.index", late="1"),
}
TONES: Final = {"to_decide": "soon", "cases_over": "over", "unsigned_over": "over"}
"""How a number above 0 is coloured."""


def strip_of(person: Person, at: datetime) -> list[Item]:
    """What the person's roles keep an eye on; a number with rows behind it opens exactly these."""
    wanted = [name for name, roles in BY_ROLE if person.has(*roles)]
    if "short_sites" in wanted and "own_short_sites" in wanted:
        wanted.remove("own_short_sites")
    return [_item(name, number) for name, number in overview.counts(person, at, *wanted).items()]


def _item(name: str, number: int) -> Item:
    text = f"{COUNTED_TO}+" if number > COUNTED_TO else str(number)
    link = LINKS[name]() if number and name in LINKS else None
    return gettext(LABELS[name]), text, link, TONES.get(name) if number else None
