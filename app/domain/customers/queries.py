"""Lists of customers, and finding one by the number on its page."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.core.pagination import Sort
from app.domain.core.text import row_id
from app.domain.customers.enums import CustomerStage
from app.domain.customers.models import Customer
from app.extensions import db

SORTS: Final = {
    "-new": Sort((Customer.id,), descending=True),
    "new": Sort((Customer.id,)),
    "name": Sort((Customer.pinyin, Customer.id)),
    "-name": Sort((Customer.pinyin, Customer.id), descending=True),
}


def worklist(visible: Select[Customer], wanted: Mapping[str, str]) -> Select[Any]:
    """Those of the visible customers by `branch` (id), `stage` (code) and `key` (1: key customers); unknown ones count
    as not said.
    """
    query = visible.where(Customer.merged_into_id.is_(None))
    if branch := row_id(wanted.get("branch")):
        query = query.where(Customer.branch_id == branch)
    if (stage := wanted.get("stage")) in set(CustomerStage):
        query = query.where(Customer.stage == CustomerStage.of(stage))
    if wanted.get("key") == "1":
        query = query.where(Customer.is_key)
    return query.options(joinedload(Customer.branch))


def visible_among(visible: Select[Customer], customers: Sequence[Customer]) -> list[Customer]:
    """Those of the customers that are among the visible ones."""
    if not customers:
        return []
    query = visible.where(Customer.id.in_([customer.id for customer in customers]))
    seen = set(db.session.scalars(query.with_only_columns(Customer.id)))
    return [customer for customer in customers if customer.id in seen]


def numbered(visible: Select[Customer], text: str) -> Customer:
    """The customer whose number on the page was typed. Refused when none of the visible ones has it."""
    number = row_id(text.strip().lstrip("#"))
    found = db.session.scalar(visible.where(Customer.id == number)) if number else None
    if found is None:
        raise Refused(N_("没有编号为“%(text)s”的客户。"), field="into", text=text[:20])
    return found
