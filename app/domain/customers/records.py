"""Customers registered, corrected, and the numbers they are called on."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final, TypedDict, Unpack

from sqlalchemy import select

from app.domain.accounts.models import Branch, Person
from app.domain.audit import trail
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.core.events import publish
from app.domain.core.parsing.phones import Phone, tail4
from app.domain.core.text import clean, clean_lines
from app.domain.customers import audit_events
from app.domain.customers.enums import Channel, CustomerStage, Salutation
from app.domain.customers.events import CustomerChanged
from app.domain.customers.models import Customer, CustomerPhone, DoNotContact
from app.extensions import db


class CustomerFacts(TypedDict, total=False):
    """What a form or a file says about a customer; what it does not name stays as it is."""

    number: str | None
    name: str
    salutation: Salutation | None
    source: str
    stage: CustomerStage
    is_key: bool
    birthday: date | None
    notes: str
    branch_id: int | None
    entered_by_id: int | None
    city: str
    district: str
    estate: str
    building: str
    unit: str
    room: str


LONGEST: Final = {
    "number": 40, "name": 60, "source": 60, "city": 30, "district": 30, "estate": 80, "building": 20, "unit": 20,
    "room": 20,
}  # fmt: skip


def register(
    *,
    phones: Sequence[Phone],
    by: Person | None,
    at: datetime,
    same_phone_ok: bool = False,
    **facts: Unpack[CustomerFacts],
) -> Customer:
    """A new customer; the first of `phones` is the primary one.

    Refused without a name or a number, and when another customer has one of the numbers, unless `same_phone_ok`:
    couples share telephones, but never unseen.
    """
    if not phones:
        raise Refused(N_("请填写电话号码。"), field="phone")
    if not same_phone_ok:
        refuse_known(phones)
    defaults: CustomerFacts = {"entered_by_id": by.id if by else None, "branch_id": by.branch_id if by else None}
    customer = Customer(created_at=at, stage=CustomerStage.SIGNED)
    _write(customer, {**defaults, "name": "", **facts}, at)
    customer.phones = [_row(phone, is_primary=place == 0) for place, phone in enumerate(dict.fromkeys(phones))]
    db.session.add(customer)
    publish(CustomerChanged(customer))
    trail.record(audit_events.REGISTER, customer, by=by, at=at)
    return customer


def edit(customer: Customer, *, by: Person | None, at: datetime, **facts: Unpack[CustomerFacts]) -> bool:
    """Write the facts that are named; the audit keeps before and after. False when nothing differs."""
    _write(customer, facts, at)
    changes = trail.changes_of(customer)
    if not changes:
        return False
    publish(CustomerChanged(customer))
    trail.record(audit_events.EDIT, customer, by=by, at=at, changes=told(changes))
    return True


def told(changes: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """The changes as people read them: the branch by its name."""
    if "branch_id" in changes:
        changes["branch"] = [_name_of(branch_id) for branch_id in changes.pop("branch_id")]
    return changes


def _name_of(branch_id: int | None) -> str | None:
    branch = db.session.get(Branch, branch_id) if branch_id else None
    return branch.name if branch else None


def refuse_known(phones: Sequence[Phone], than: Customer | None = None) -> None:
    """Refused when another customer than `than` has one of the numbers."""
    for phone in phones:
        if known := duplicates(phone, than):
            raise Refused(
                N_("这个号码已有 %(count)s 位客户登记。确是另一位客户，请勾选确认后再保存。"),
                field="phone",
                count=len(known),
            )


def duplicates(phone: Phone, than: Customer | None = None) -> list[Customer]:
    """The customers who are called on this number, other than `than`; the firm over, at most ten."""
    query = (
        select(Customer)
        .join(CustomerPhone)
        .where(CustomerPhone.number == phone.number, CustomerPhone.removed_at.is_(None))
        .where(Customer.merged_into_id.is_(None))
    )
    with db.session.no_autoflush:
        known = db.session.scalars(query.order_by(Customer.id).limit(11)).unique().all()
    return [customer for customer in known if customer is not than][:10]


def add_phone(
    customer: Customer,
    phone: Phone,
    *,
    by: Person | None,
    at: datetime,
    is_primary: bool = False,
    same_phone_ok: bool = False,
) -> CustomerPhone:
    """One more number, or the known one made primary. Refused when another customer has it, as in `register`."""
    if not same_phone_ok:
        refuse_known([phone], than=customer)
    row = next((row for row in customer.phones_now if (row.number, row.extension) == phone), None)
    if row is not None and (row.is_primary or not is_primary):
        return row
    before = customer.phone
    if row is None:
        row = _row(phone, is_primary=False)
        customer.phones.append(row)
    if is_primary or len(customer.phones_now) == 1:
        for other in customer.phones_now:
            other.is_primary = other is row
    _reload(customer)
    changes = {"phone": [before, customer.phone]} if customer.phone != before else {"phone_added": [None, row.number]}
    trail.record(audit_events.ADD_PHONE, customer, by=by, at=at, changes=changes)
    return row


def remove_phone(customer: Customer, phone: CustomerPhone, *, by: Person | None, at: datetime, reason: str) -> None:
    """Take a number out of use. Refused for the last one, and without a reason."""
    reason = _reasoned(reason)
    if phone not in customer.phones_now:
        return
    if len(customer.phones_now) == 1:
        raise Refused(N_("这是唯一的电话。请先添加新的，再停用它。"))
    phone.removed_at, phone.is_primary = at, False
    customer.phones_now[0].is_primary = True
    _reload(customer)
    changes = {"phone_removed": [phone.number, None]}
    trail.record(audit_events.REMOVE_PHONE, customer, by=by, at=at, reason=reason, changes=changes)


def do_not_contact(customer: Customer, channel: Channel, *, by: Person | None, at: datetime, reason: str) -> None:
    """The customer is not to be reached on the channel from now on. Refused without a reason."""
    reason = _reasoned(reason)
    if any(row.channel is channel and row.is_current for row in customer.do_not_contact):
        return
    customer.do_not_contact.append(DoNotContact(channel=channel, since=at, reason=reason, by_id=by.id if by else None))
    changes = {"do_not_contact": [None, channel.value]}
    trail.record(audit_events.DO_NOT_CONTACT, customer, by=by, at=at, reason=reason, changes=changes)


def lift_do_not_contact(customer: Customer, channel: Channel, *, by: Person | None, at: datetime) -> None:
    """The channel may be used again."""
    rows = [row for row in customer.do_not_contact if row.channel is channel and row.is_current]
    for row in rows:
        row.lifted_at = at
    if rows:
        changes = {"do_not_contact": [channel.value, None]}
        trail.record(audit_events.LIFT_DO_NOT_CONTACT, customer, by=by, at=at, changes=changes)


def _reasoned(reason: str) -> str:
    cleaned = clean(reason, 200, "reason")
    if not cleaned:
        raise Refused(N_("请写明原因。"), field="reason")
    return cleaned


def _row(phone: Phone, *, is_primary: bool) -> CustomerPhone:
    return CustomerPhone(
        number=phone.number, extension=phone.extension, tail4=tail4(phone.number), is_primary=is_primary
    )


def _reload(customer: Customer) -> None:
    """Read the numbers again in their order, the primary one first."""
    db.session.flush()
    db.session.expire(customer, ["phones"])


def _write(customer: Customer, facts: CustomerFacts, at: datetime) -> None:
    fit = {field: _fit(field, value) for field, value in facts.items()}
    if not fit.get("name", customer.name):
        raise Refused(N_("请填写姓名。"), field="name")
    birthday = facts.get("birthday")
    if birthday and not date(1900, 1, 1) <= birthday <= clock.day_of(at):
        raise Refused(N_("生日不会在今天之后，也不会早于 1900 年。"), field="birthday")
    for field, value in fit.items():
        setattr(customer, field, value)


def _fit(field: str, value: Any) -> Any:
    if field == "number":
        return clean(value, LONGEST[field], field) or None
    if field == "notes":
        return clean_lines(value, field=field)
    return clean(value, LONGEST[field], field) if field in LONGEST else value
