"""Lists of customers."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from app.domain.accounts import access
from app.domain.accounts.models import Person
from app.domain.customers.models import Customer
from app.domain.customers.words import CustomerStage
from app.domain.paging import Sort
from app.domain.texts import row_id

SORTS: Final = {
    "-new": Sort((Customer.id,), descending=True),
    "new": Sort((Customer.id,)),
    "name": Sort((Customer.pinyin, Customer.id)),
    "-name": Sort((Customer.pinyin, Customer.id), descending=True),
}


def customers(person: Person, wanted: Mapping[str, str]) -> Select[Any]:
    """Those the person may see, by `branch` (id), `stage` (code) and `key` (1: key customers); unknown ones count
    as not said.
    """
    query = access.visible_customers(person).where(Customer.merged_into_id.is_(None))
    if branch := row_id(wanted.get("branch")):
        query = query.where(Customer.branch_id == branch)
    if (stage := wanted.get("stage")) in set(CustomerStage):
        query = query.where(Customer.stage == CustomerStage.of(stage))
    if wanted.get("key") == "1":
        query = query.where(Customer.is_key)
    return query.options(joinedload(Customer.branch))
