"""Two records of one customer made one."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import select, update

from app.domain.accounts.models import Person
from app.domain.audit import trail
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.core.events import publish
from app.domain.core.orm import Base
from app.domain.core.text import clean
from app.domain.customers import audit_events
from app.domain.customers.events import CustomerChanged
from app.domain.customers.models import Customer, CustomerPhone, DoNotContact, SearchGram
from app.extensions import db

PARTS: Final = (CustomerPhone, DoNotContact, SearchGram)
"""Parts of the record itself: what of them comes along is chosen row by row."""


def merge(customer: Customer, into: Customer, *, by: Person | None, at: datetime, reason: str) -> None:
    """Everything of `customer` goes to `into`; the record stays behind, found no more, and says where it went.

    Numbers and wishes not to be contacted come along. Both histories keep it. Refused without a reason, into itself,
    into a merged record, and for a record that was merged before.
    """
    cleaned = clean(reason, 200, "reason")
    if not cleaned:
        raise Refused(N_("请写明合并的原因。"), field="reason")
    if into is customer:
        raise Refused(N_("不能并入自己。"), field="into")
    if customer.merged_into_id is not None or into.merged_into_id is not None:
        raise Refused(N_("已经合并过的记录不能再合并。"), field="into")
    moved = {rows.__tablename__: _follow(rows, customer, into) for rows in _what_follows()}
    _bring_phones(customer, into, at)
    _bring_wishes(customer, into)
    customer.merged_into_id = into.id
    db.session.flush()
    db.session.expire(into, ["phones", "do_not_contact"])
    publish(CustomerChanged(customer))
    publish(CustomerChanged(into))
    gone = {"merged_into": [None, f"{into.name} #{into.id}"]}
    came = {"absorbed": [None, f"{customer.name} #{customer.id}"]}
    came |= {name: [None, str(ids)] for name, ids in moved.items() if ids}
    trail.record(audit_events.MERGE, customer, by=by, at=at, reason=cleaned, changes=gone)
    trail.record(audit_events.ABSORB, into, by=by, at=at, reason=cleaned, changes=came)


def _what_follows() -> list[Any]:
    """Everything whose rows belong to a customer, whichever room it is of: projects, callbacks, cases, tasks."""
    found = (mapper.class_ for mapper in Base.registry.mappers if "customer_id" in mapper.columns)
    return sorted((rows for rows in found if rows not in PARTS), key=lambda rows: str(rows.__tablename__))


def _follow(rows: Any, customer: Customer, into: Customer) -> list[int]:
    ids = list(db.session.scalars(select(rows.id).where(rows.customer_id == customer.id).order_by(rows.id)))
    db.session.execute(update(rows).where(rows.customer_id == customer.id).values(customer_id=into.id))
    return ids


def _bring_phones(customer: Customer, into: Customer, at: datetime) -> None:
    known = {(row.number, row.extension) for row in into.phones_now}
    for row in customer.phones_now:
        if (row.number, row.extension) not in known:
            into.phones.append(
                CustomerPhone(number=row.number, extension=row.extension, tail4=row.tail4, is_primary=not known)
            )
            known.add((row.number, row.extension))
        row.removed_at = at


def _bring_wishes(customer: Customer, into: Customer) -> None:
    kept = {row.channel for row in into.do_not_contact if row.is_current}
    for row in customer.do_not_contact:
        if row.is_current and row.channel not in kept:
            into.do_not_contact.append(
                DoNotContact(channel=row.channel, since=row.since, reason=row.reason, by_id=row.by_id)
            )
