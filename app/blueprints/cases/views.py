"""The list of cases, how one comes in, and its page."""

from typing import Any

from flask import abort, render_template, request, url_for

from app.blueprints.cases import bp
from app.blueprints.cases.filters import chips_of, views_of, wanted_by
from app.blueprints.cases.forms.photos import keep_photos
from app.blueprints.cases.forms.registration import RegistrationForm
from app.blueprints.cases.presenters.case import show
from app.blueprints.cases.presenters.registration import intake_of, kinds_of, side_of
from app.domain import access, privacy
from app.domain.cases import intake, queries, transitions
from app.domain.cases.deadlines import display
from app.domain.cases.models import Case
from app.domain.core import clock
from app.domain.core.text import row_id
from app.domain.customers.models import Customer
from app.domain.plans.enums import CaseKind
from app.domain.projects.queries import projects_of
from app.domain.search import find
from app.domain.settings import values
from app.extensions import db
from app.web.access import get_case_or_404, get_customer_or_404, me, requires
from app.web.badges import badge
from app.web.lists import listed
from app.web.submit import submit


@bp.get("")
@requires("cases.see")
def index() -> str:
    """The cases in the person's scope, the most urgent first."""
    wanted, at = wanted_by(request.args), clock.now()
    sorts = queries.SORTS if wanted.open else queries.SORTS_WITH_ENDED
    page = listed(queries.worklist(access.visible_cases(me()), me(), wanted, at), sorts)
    deadlines = display.next_deadlines(page.rows, at, soon_share=values.value("cases.soon_share"))
    return render_template(
        "cases/index.html",
        page=page,
        deadlines={case_id: badge(one) for case_id, one in deadlines.items()},
        wanted=wanted,
        views=views_of(wanted, me()),
        chips=chips_of(me()),
        default_sort=next(iter(sorts)),
    )


@bp.get("/new")
@requires("cases.register")
def new() -> Any:
    """First whose case it is, then what they say."""
    kind = kind_wanted()
    if "customer" not in request.args:
        text = request.args.get("q", "").strip()
        found = find.find(me(), text) if text else None
        kinds = kinds_of(kind, q=text) if text else kinds_of(kind)
        return render_template("cases/find.html", kind=kind, kinds=kinds, text=text, found=found)
    return _registration(kind)


@bp.post("/new")
@requires("cases.register")
def create() -> Any:
    """The case comes in."""
    kind, customer = kind_wanted(), customer_asked_for()
    return submit(
        RegistrationForm(kind, customer, projects_of(access.visible_projects(me()), customer)),
        lambda form: _register(form, kind, customer),
        page=lambda form: _registration(kind, form),
        to=lambda case: url_for(".view", case_id=case.id),
    )


@bp.get("/<int:case_id>")
@requires("cases.see")
def view(case_id: int) -> str:
    """The case: its deadlines, the next event, the story, the facts."""
    case = queries.whole_case(access.visible_cases(me()), case_id)
    if case is None:
        abort(404)
    return show(case, wanted=request.args.get("do", ""))


@bp.get("/<int:case_id>/newer")
@requires("cases.see")
def newer(case_id: int) -> Any:
    """Asked by an open page now and then: whether somebody changed the case since `version`."""
    case = get_case_or_404(case_id)
    if str(case.version) == request.args.get("version"):
        return "", 204
    return render_template("cases/newer.html", case=case, last=transitions.last_recorded(case))


@bp.post("/<int:case_id>/phone")
@requires("customers.reveal")
def reveal_phone(case_id: int) -> str:
    """Show the customer's number to who has no task with them; that they looked is kept."""
    case = get_case_or_404(case_id)
    privacy.reveal(case.customer, case.customer.phone, by=me(), at=clock.now())
    db.session.commit()
    return show(case, phone_shown=True)


def _register(form: RegistrationForm, kind: CaseKind, customer: Customer) -> Case:
    who: dict[str, Any] = {"by": me(), "at": clock.now()}
    return intake.register(intake_of(form, kind, customer), pictures=keep_photos(form.photos, **who), **who)


def kind_wanted() -> CaseKind:
    """The kind that the address names; a complaint when it names none."""
    try:
        return CaseKind.of(request.args.get("kind", CaseKind.COMPLAINT.value))
    except KeyError:
        abort(404)


def customer_asked_for() -> Customer:
    """The customer that the address names."""
    return get_customer_or_404(row_id(request.args.get("customer")) or 0)


def _registration(kind: CaseKind, form: RegistrationForm | None = None) -> str:
    customer = customer_asked_for()
    projects = projects_of(access.visible_projects(me()), customer)
    form = form or RegistrationForm(kind, customer, projects, row_id(request.args.get("project")))
    return render_template(
        "cases/new.html",
        kind=kind,
        kinds=kinds_of(kind, customer=customer.id),
        customer=customer,
        form=form,
        side=side_of(customer, projects, me()),
        url=url_for(".create", kind=kind.value, customer=customer.id),
    )
