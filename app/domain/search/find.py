"""Finding customers, projects and cases by what a caller says or what a screen shows.

Each kind of search text has its own path, and each path stands on an index: telephone tails and numbers, letter
pairs of names and addresses, pinyin and initials from their beginning, numbers of contracts and cases.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased, joinedload, selectinload

from app.domain import access
from app.domain.accounts.models import Person
from app.domain.cases.models import Case
from app.domain.cases.numbers import PREFIX
from app.domain.core.errors import Refused
from app.domain.core.parsing.phones import normalise
from app.domain.customers.models import Customer, CustomerPhone, SearchGram
from app.domain.projects.models import Contact, Project
from app.domain.search.bigrams import folded, grams, runs, words
from app.domain.search.indexing import reindex
from app.extensions import db

LIMIT: Final = 20
LONGEST: Final = 100
COMMON: Final = 200
"""A letter pair of so many customers is as common as any: its exact number tells nothing more."""
MOST_PAIRS: Final = 30
LAST: Final = "zzzz"
"""Sorts after every pinyin that begins with what stands before it."""


UNIT_WORDS: Final = frozenset(("幢", "栋", "号", "楼", "号楼", "单元", "室", "座", "房", "号房"))
"""Said between the numbers of an address; some files write them and some don't, so they find nothing."""


@dataclass(frozen=True)
class Found:
    """What a text leads to. `number`: the whole telephone number it was read as, if it was one."""

    customers: list[Customer] = field(default_factory=list)
    projects_of: dict[int, list[Project]] = field(default_factory=dict)
    projects: list[Project] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    number: str = ""

    @property
    def total(self) -> int:
        """How many records there are of all kinds."""
        return len(self.customers) + len(self.projects) + len(self.cases)


def find(person: Person, text: str, limit: int = LIMIT) -> Found:
    """What the person may see of it, at most `limit` of a kind, the closest first."""
    text = unicodedata.normalize("NFKC", text).replace("\x00", "").strip()[:LONGEST]
    number = number_in(text)
    customers, projects_of = _customers(person, _customer_ids(person, text, number, limit))
    wanted = _runs(text) if _is_for_grams(text) and not re.fullmatch(r"\d{4}", text) else []
    close = [one for one in customers if _says(words(one, [one, *projects_of.get(one.id, ())]), wanted)]
    projects: list[Project] = []
    cases: list[Case] = []
    if re.search(r"\d", text):
        projects = list(db.session.scalars(projects_by_number(person, text).limit(limit)).unique())
        cases = list(db.session.scalars(cases_by_number(person, text).limit(limit)).unique())
    return Found(close[:limit], projects_of, projects, cases, number)


def number_in(text: str) -> str:
    """The whole telephone number that the text is, or an empty text."""
    try:
        return normalise(text).number
    except Refused:
        return ""


def _customer_ids(person: Person, text: str, number: str, limit: int) -> list[int]:
    paths = [_in_scope(query, person, limit) for query in _paths(text, number)]
    if not paths:
        return []
    ids = db.session.scalars(union_all(*(select(path.subquery().c.id) for path in paths)))
    return list(dict.fromkeys(ids))[: limit * 2]


def _paths(text: str, number: str) -> list[Select[Any]]:
    """The ways to customers that fit the shape of the text, the closest first."""
    paths: list[Select[Any]] = []
    if number:
        paths += by_phone(CustomerPhone.number, Contact.number, number)
    elif re.fullmatch(r"\d{4}", text):
        paths += by_phone(CustomerPhone.tail4, Contact.tail4, text)
    if text.isascii() and folded(text).isalpha():
        paths += [by_start(Customer.initials, folded(text)), by_start(Customer.pinyin, folded(text))]
    if _is_for_grams(text) and (pairs := _pairs(text)):
        paths.append(by_grams(_rarest_first(pairs)))
    if re.search(r"\d", text):
        paths.append(select(Customer.id).where(Customer.number.in_(_spellings(text))))
    return paths


def _is_for_grams(text: str) -> bool:
    """Names and addresses: anything but Latin letters alone, and a number no longer than a room's."""
    return not text.isascii() or bool(re.fullmatch(r"[\w ]*\d{1,5}", text) and len(text) <= 5)


def _runs(text: str) -> list[str]:
    return [run for word in text.split() for run in runs(word) if run not in UNIT_WORDS]


def _says(said: str, wanted: Sequence[str]) -> bool:
    return all(run in said for run in wanted)


def by_phone(own: Any, contact: Any, digits: str) -> list[Select[Any]]:
    """Customers with such a number, in use or not, and customers of whose projects a contact has it."""
    phones = select(Customer.id).join(CustomerPhone).where(own == digits)
    contacts = (
        select(Customer.id)
        .join(Project, Project.customer_id == Customer.id)
        .join(Contact, Contact.project_id == Project.id)
        .where(contact == digits)
    )
    return [phones, contacts]


def by_start(column: Any, start: str) -> Select[Any]:
    """Customers whose pinyin or initials begin so, the shortest of equal beginnings first."""
    return select(Customer.id).where(column >= start, column <= start + LAST).order_by(column, Customer.id)


def by_grams(pairs: list[str]) -> Select[Any]:
    """Customers with all the letter pairs, the newest first. The first pair leads, the others are looked up."""
    first, *others = pairs
    query = select(Customer.id).join(SearchGram, SearchGram.customer_id == Customer.id)
    query = query.where(SearchGram.gram == first)
    for pair in others:
        other = aliased(SearchGram)
        query = query.where(
            select(literal(1)).where(other.gram == pair, other.customer_id == SearchGram.customer_id).exists()
        )
    return query.order_by(SearchGram.customer_id.desc())


def projects_by_number(person: Person, text: str) -> Select[Any]:
    """Projects in the person's scope whose contract number begins so."""
    return (
        access.visible_projects(person)
        .where(_begins(Project.contract_number, text))
        .options(joinedload(Project.customer))
        .order_by(Project.contract_number)
    )


def cases_by_number(person: Person, text: str) -> Select[Any]:
    """Cases in the person's scope with the number, its letters said or not."""
    bare = re.fullmatch(r"\d{8}-\d{3,}", text)
    numbers = [f"{prefix}-{text}" for prefix in PREFIX.values()] if bare else _spellings(text)
    return access.visible_cases(person).where(Case.number.in_(numbers)).options(joinedload(Case.customer))


def _begins(column: Any, text: str) -> ColumnElement[bool]:
    return or_(*(column.between(start, start + "\U0010ffff") for start in _spellings(text)))


def _spellings(text: str) -> list[str]:
    return list(dict.fromkeys((text, text.upper(), text.lower())))


def _in_scope(query: Select[Any], person: Person, limit: int) -> Select[Any]:
    """The query within what the person may see, without merged records."""
    scope = access.visible_customers(person).whereclause
    query = query if scope is None else query.where(scope)
    return query.where(Customer.merged_into_id.is_(None)).limit(limit)


def _pairs(text: str) -> list[str]:
    return sorted({pair for run in _runs(text) for pair in grams(run)})[:MOST_PAIRS]


def _rarest_first(pairs: list[str]) -> list[str]:
    if len(pairs) == 1:
        return pairs
    row = db.session.execute(select(*(_how_common(pair) for pair in pairs))).one()
    return [pair for _count, pair in sorted(zip(row, pairs, strict=True))]


def _how_common(pair: str) -> ScalarSelect[int]:
    """How many customers the pair finds, up to COMMON; in the index's order, so that nobody reads the table."""
    some = select(SearchGram.customer_id).where(SearchGram.gram == pair).order_by(SearchGram.customer_id).limit(COMMON)
    return select(func.count()).select_from(some.subquery()).scalar_subquery()


def _customers(person: Person, ids: list[int]) -> tuple[list[Customer], dict[int, list[Project]]]:
    if not ids:
        return [], {}
    rows = db.session.scalars(select(Customer).where(Customer.id.in_(ids)).options(selectinload(Customer.phones)))
    place = {customer_id: place for place, customer_id in enumerate(ids)}
    projects_of: dict[int, list[Project]] = {}
    visible = access.visible_projects(person).where(Project.customer_id.in_(ids))
    for project in db.session.scalars(visible.order_by(Project.id)):
        projects_of.setdefault(project.customer_id, []).append(project)
    return sorted(rows, key=lambda customer: place[customer.id]), projects_of


__all__ = ["Found", "find", "number_in", "reindex"]
