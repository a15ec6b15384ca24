"""What a list of cases is narrowed to, read from its address, and what it offers to narrow by."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from app.domain.accounts.branches import all_branches
from app.domain.accounts.models import Person
from app.domain.accounts.scope import sees_branch
from app.domain.cases import queries
from app.domain.cases.queries import Wanted
from app.domain.core.text import row_id
from app.domain.plans.enums import CaseKind
from app.web.i18n import gettext

OPEN = {"": True, "open": True, "closed": False, "all": None}


@dataclass(frozen=True)
class Chips:
    """The choices of the filters, as (code, text)."""

    kinds: list[tuple[str, str]]
    branches: list[tuple[str, str]]
    categories: list[tuple[str, str]]
    states: list[tuple[str, str]]


def wanted_by(args: Mapping[str, str]) -> Wanted:
    """What the address asks for; what it doesn't know is as if not said."""
    kinds: dict[str, CaseKind] = {word.value: word for word in CaseKind}
    return Wanted(
        open=OPEN.get(args.get("state", ""), True),
        kind=kinds.get(args.get("kind", "")),
        mine=args.get("mine") == "1",
        overdue=args.get("overdue") == "1",
        branch_id=row_id(args.get("branch")),
        category_id=row_id(args.get("category")),
    )


def chips_of(person: Person) -> Chips:
    """What the person can narrow by: branches only where they see several."""
    every = ("", gettext("全部"))
    branches = all_branches() if person.is_hq else []
    return Chips(
        kinds=[every, *((word.value, gettext(word.label)) for word in CaseKind)],
        branches=[every, *((str(row.id), row.name) for row in branches)] if person.is_hq else [],
        categories=[every, *((str(row.id), row.name) for row in queries.first_level_categories())],
        states=[("", gettext("未办结")), ("closed", gettext("已结束")), ("all", gettext("全部"))],
    )


def views_of(wanted: Wanted, person: Person) -> list[dict[str, Any]]:
    """The lists one opens most."""
    plain = replace(wanted, kind=None, branch_id=None, category_id=None)
    mine = gettext("我的") if sees_branch(person) else gettext("在我手上")
    items = (
        (gettext("未办结"), {}, Wanted()),
        (mine, {"mine": "1"}, Wanted(mine=True)),
        (gettext("已超时"), {"overdue": "1"}, Wanted(overdue=True)),
        (gettext("已结束"), {"state": "closed"}, Wanted(open=False)),
    )
    return [
        {"label": label, "url": url_for("cases.index", **query), "count": None, "current": plain == view}
        for label, query, view in items
    ]
