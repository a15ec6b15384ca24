"""What a group's key is called in a table."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from sqlalchemy import select

from app.domain.accounts.models import Account, Branch, Person
from app.domain.cases.enums import Responsibility
from app.domain.plans.enums import Occasion
from app.extensions import db

NONE: Final = "—"
OF_PEOPLE: Final = ("agent", "project_manager")


def names_of(keys: dict[str, set[str]]) -> dict[str, dict[str, str]]:
    """The names of the keys of each group. Two queries at most, for people and for branches."""
    people = _people({int(key) for group in OF_PEOPLE for key in keys.get(group, ())})
    branches = _branches({int(key) for key in keys.get("branch", ())})
    known = {
        "stage": {word.value: word.label for word in Occasion},
        "responsibility": {word.value: word.label for word in Responsibility},
        "branch": branches,
    }
    return {group: people if group in OF_PEOPLE else known.get(group, {}) for group in keys}


def in_order(group: str, rows: Iterable[tuple[str | None, str, int]]) -> list[str | None]:
    """The keys in a table's order: words as they are listed, the rest by size then name; nameless last.

    `rows` are (key, name, size).
    """
    listed: dict[str, list[str]] = {"stage": list(Occasion), "responsibility": list(Responsibility)}
    if words := listed.get(group):
        return [key for key, _, _ in sorted(rows, key=lambda row: words.index(row[0]) if row[0] else len(words))]
    return [key for key, _, _ in sorted(rows, key=lambda row: (row[0] is None, -row[2], row[1]))]


def _people(ids: set[int]) -> dict[str, str]:
    """Full names; two equal ones are told apart by their account, without one by their number."""
    if not ids:
        return {}
    query = select(Person.id, Person.name, Account.username).outerjoin(Account).where(Person.id.in_(ids))
    rows = db.session.execute(query).all()
    times = Counter(name for _, name, _ in rows)
    return {
        str(person_id): name if times[name] == 1 else f"{name}（{username or f'#{person_id}'}）"
        for person_id, name, username in rows
    }


def _branches(ids: set[int]) -> dict[str, str]:
    if not ids:
        return {}
    rows = db.session.execute(select(Branch.id, Branch.name).where(Branch.id.in_(ids)))
    return {str(branch_id): name for branch_id, name in rows}
