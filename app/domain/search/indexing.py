"""Keeping what finds a customer in step with the record."""

from sqlalchemy import delete, inspect, select

from app.domain.core.parsing import pinyin
from app.domain.customers.events import CustomerChanged
from app.domain.customers.models import Customer, SearchGram
from app.domain.projects.models import Project
from app.domain.search import bigrams
from app.extensions import db


def customer_changed(event: CustomerChanged) -> None:
    """What finds the customer follows the record."""
    reindex(event.customer)


def reindex(customer: Customer) -> None:
    """Set pinyin, initials and letter pairs of the customer from the name, the address and the projects' addresses.

    A merged customer is found no more.
    """
    customer.pinyin, customer.initials = pinyin.of_name(customer.name)
    is_new = not inspect(customer).persistent
    db.session.flush()
    places = [] if is_new else list(db.session.scalars(select(Project).where(Project.customer_id == customer.id)))
    wanted = set() if customer.merged_into_id else bigrams.of_customer(customer, [customer, *places])
    kept = set() if is_new else _kept(customer)
    if gone := kept - wanted:
        db.session.execute(
            delete(SearchGram).where(SearchGram.customer_id == customer.id, SearchGram.gram.in_(gone)),
            execution_options={"synchronize_session": False},
        )
    db.session.add_all(SearchGram(gram=gram, customer_id=customer.id) for gram in sorted(wanted - kept))
    db.session.flush()


def _kept(customer: Customer) -> set[str]:
    return set(db.session.scalars(select(SearchGram.gram).where(SearchGram.customer_id == customer.id)))
