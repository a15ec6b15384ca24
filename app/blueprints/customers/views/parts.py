"""What hangs on a customer: numbers, wishes not to be contacted, a merge."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, url_for

from app.blueprints.customers import bp
from app.blueprints.customers.forms import AddPhoneForm, MergeForm, ReasonForm, WishForm
from app.blueprints.customers.views.record import WHOLE, page
from app.domain import access, privacy
from app.domain.core import clock
from app.domain.customers import merging, queries, records
from app.domain.customers.enums import Channel
from app.domain.customers.models import Customer, CustomerPhone
from app.extensions import db
from app.web.access import get_customer_or_404, me, requires
from app.web.forms import HouseForm
from app.web.i18n import gettext
from app.web.submit import submit


@bp.post("/customers/<int:customer_id>/phones")
@requires("customers.edit")
def add_phone(customer_id: int) -> Any:
    """Add a number, or make a known one the primary."""
    customer, form = get_customer_or_404(customer_id, *WHOLE), AddPhoneForm()
    chosen = {"is_primary": form.is_primary.data, "same_phone_ok": form.same_phone_ok.data}
    return _submit(
        customer,
        "phone_form",
        form,
        lambda: records.add_phone(customer, form.phone.data, by=me(), at=clock.now(), **chosen),
    )


@bp.post("/customers/<int:customer_id>/phones/<int:phone_id>/removal")
@requires("customers.edit")
def remove_phone(customer_id: int, phone_id: int) -> Any:
    """Take a number out of use."""
    customer, form = get_customer_or_404(customer_id, *WHOLE), ReasonForm()
    phone = _phone_or_404(customer, phone_id)
    records.remove_phone(customer, phone, by=me(), at=clock.now(), reason=form.reason.data or "")
    return _saved(customer)


@bp.post("/customers/<int:customer_id>/phones/<int:phone_id>/reveal")
@requires("customers.reveal")
def reveal(customer_id: int, phone_id: int) -> str:
    """Show a number once; the look is kept."""
    customer = get_customer_or_404(customer_id, *WHOLE)
    phone = _phone_or_404(customer, phone_id)
    privacy.reveal(customer, phone.number, by=me(), at=clock.now())
    db.session.commit()
    return page(customer, revealed=phone.id)


@bp.post("/customers/<int:customer_id>/do-not-contact")
@requires("customers.edit")
def do_not_contact(customer_id: int) -> Any:
    """The customer does not want a channel."""
    customer, form = get_customer_or_404(customer_id, *WHOLE), WishForm()
    return _submit(
        customer,
        "wish_form",
        form,
        lambda: records.do_not_contact(customer, form.channel.data, by=me(), at=clock.now(), reason=form.reason.data),
    )


@bp.post("/customers/<int:customer_id>/do-not-contact/<any(phone,message):channel>/lift")
@requires("customers.edit")
def lift(customer_id: int, channel: str) -> Any:
    """The channel may be used again."""
    customer = get_customer_or_404(customer_id, *WHOLE)
    records.lift_do_not_contact(customer, Channel.of(channel), by=me(), at=clock.now())
    return _saved(customer)


@bp.post("/customers/<int:customer_id>/merge")
@requires("customers.edit")
def merge(customer_id: int) -> Any:
    """Join this record to the one that stays."""
    customer, form = get_customer_or_404(customer_id, *WHOLE), MergeForm()
    return submit(
        form,
        lambda sent: _merge(customer, sent),
        page=lambda sent: page(customer, merge_form=sent),
        to=lambda into: url_for(".view", customer_id=into.id),
        said=gettext("已保存。"),
    )


def _merge(customer: Customer, form: MergeForm) -> Customer:
    into = queries.numbered(access.visible_customers(me()), form.into.data or "")
    merging.merge(customer, into, by=me(), at=clock.now(), reason=form.reason.data)
    return into


def _submit(customer: Customer, name: str, form: HouseForm, verb: Callable[[], object]) -> Any:
    """Call the verb and go back to the page; what was wrong is shown there with all that was typed."""
    return submit(
        form,
        lambda _form: verb(),
        page=lambda sent: page(customer, **{name: sent}),
        to=url_for(".view", customer_id=customer.id),
        said=gettext("已保存。"),
    )


def _phone_or_404(customer: Customer, phone_id: int) -> CustomerPhone:
    return next((row for row in customer.phones_now if row.id == phone_id), None) or abort(404)


def _saved(customer: Customer) -> Any:
    db.session.commit()
    flash(gettext("已保存。"), "good")
    return redirect(url_for(".view", customer_id=customer.id))
