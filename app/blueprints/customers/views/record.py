"""The list of customers, registering one, the record with its whole story, and corrections."""

from typing import Any

from flask import render_template, request, url_for
from sqlalchemy.orm import joinedload

from app.blueprints.customers import bp
from app.blueprints.customers.forms import AddPhoneForm, CustomerForm, MergeForm, NewCustomerForm, WishForm
from app.blueprints.customers.presenters import story_of
from app.domain import access, privacy
from app.domain.accounts import branches
from app.domain.callbacks.models import Callback
from app.domain.cases.models import Case
from app.domain.core import clock
from app.domain.core.parsing.phones import Phone
from app.domain.customers import queries, records
from app.domain.customers.enums import CustomerStage
from app.domain.customers.models import Customer
from app.domain.projects.queries import projects_of
from app.domain.search.find import number_in
from app.domain.timeline import story
from app.web.access import get_customer_or_404, me, requires
from app.web.i18n import gettext
from app.web.lists import listed
from app.web.submit import submit

WHOLE = (
    joinedload(Customer.phones),
    joinedload(Customer.do_not_contact),
    joinedload(Customer.branch),
    joinedload(Customer.entered_by),
)
PARTS = {"phone_form": AddPhoneForm, "wish_form": WishForm, "merge_form": MergeForm}


@bp.get("/customers")
@requires("customers.see")
def index() -> str:
    """The customers, filtered."""
    wanted = {name: request.args.get(name, "") for name in ("branch", "stage", "key")}
    every = ("", gettext("全部"))
    return render_template(
        "customers/index.html",
        page=listed(queries.worklist(access.visible_customers(me()), wanted), queries.SORTS),
        wanted=wanted,
        stages=[every, *((stage.value, gettext(stage.label)) for stage in CustomerStage)],
        branches=[every, *((one.id, one.name) for one in branches.all_branches())] if me().is_hq else [],
    )


@bp.get("/customers/new")
@requires("customers.edit")
def new() -> str:
    """The form for a first call; the number may come from the search box."""
    return _new_page(_new_form())


@bp.post("/customers/new")
@requires("customers.edit")
def register() -> Any:
    """Register a customer."""
    return submit(
        _new_form(),
        _register,
        page=_new_page,
        to=lambda customer: url_for(".view", customer_id=customer.id),
        said=gettext("已登记。"),
    )


@bp.get("/customers/known")
@requires("customers.edit")
def known() -> str:
    """Who has the number that is being typed: a part of the page that registers."""
    number = number_in(request.args.get("phone", ""))
    return render_template("customers/known.html", **_known(Phone(number) if number else None))


@bp.get("/customers/<int:customer_id>")
@requires("customers.see")
def view(customer_id: int) -> str:
    """The customer: how to reach them, what matters, projects, the whole story."""
    return page(get_customer_or_404(customer_id, *WHOLE))


@bp.get("/customers/<int:customer_id>/edit")
@requires("customers.edit")
def edit(customer_id: int) -> str:
    """The record, to be corrected."""
    customer = get_customer_or_404(customer_id)
    return _edit_page(customer, _edit_form(customer))


@bp.post("/customers/<int:customer_id>/edit")
@requires("customers.edit")
def correct(customer_id: int) -> Any:
    """Correct the record."""
    customer = get_customer_or_404(customer_id)
    return submit(
        _edit_form(customer),
        lambda form: records.edit(customer, by=me(), at=clock.now(), **form.facts()),
        page=lambda form: _edit_page(customer, form),
        to=url_for(".view", customer_id=customer_id),
        said=gettext("已保存。"),
        record=customer,
    )


def page(customer: Customer, revealed: int | None = None, **forms: Any) -> str:
    """The customer's page; `forms` are those that were sent and stay as typed, `revealed` a number asked for."""
    projects = projects_of(access.visible_projects(me()), customer)
    calls = story.calls(Callback.customer_id == customer.id, me())
    cases = story.cases(Case.customer_id == customer.id, me())
    sees_phone = privacy.sees_phone(me(), customer)
    corrections = story.corrections(customer.id, [project.id for project in projects])
    events = story.told(customer=customer, projects=projects, calls=calls, cases=cases, corrections=corrections)
    return render_template(
        "customers/view.html",
        customer=customer,
        projects=projects,
        to_come=[row for row in calls if row.state in story.TO_COME],
        open_cases=[row for row in story.once(cases) if row.ended_at is None],
        sees_phone=sees_phone,
        revealed=revealed,
        story=story_of(events, sees_phone=sees_phone),
        wishes=[row for row in customer.do_not_contact if row.is_current],
        **{name: kind(formdata=None) for name, kind in PARTS.items()} | forms,
    )


def _register(form: NewCustomerForm) -> Customer:
    phones = [phone for phone in (form.phone.data, form.other_phone.data) if phone]
    return records.register(
        phones=phones, by=me(), at=clock.now(), same_phone_ok=form.same_phone_ok.data, **form.facts()
    )


def _new_form() -> NewCustomerForm:
    form = NewCustomerForm()
    form.offer_branches(me())
    return form


def _edit_form(customer: Customer) -> CustomerForm:
    form = CustomerForm(customer)
    form.offer_branches(me())
    return form


def _new_page(form: NewCustomerForm) -> str:
    if not form.is_submitted() and (called := number_in(request.args.get("phone", ""))):
        form.phone.data = Phone(called)
    phone = form.phone.data if isinstance(form.phone.data, Phone) else None
    return render_template("customers/new.html", form=form, **_known(phone))


def _edit_page(customer: Customer, form: CustomerForm) -> str:
    return render_template("customers/edit.html", customer=customer, form=form)


def _known(phone: Phone | None) -> dict[str, Any]:
    """Who has the number: those the person may open, and how many there are elsewhere."""
    everyone = records.duplicates(phone) if phone else []
    here = queries.visible_among(access.visible_customers(me()), everyone)
    return {"known": here, "elsewhere": len(everyone) - len(here)}
