"""The list of projects, registering and correcting one, and the page with everything about it."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from app.blueprints.customers.presenters import story_of
from app.blueprints.projects import bp
from app.blueprints.projects.forms import (
    CancellationForm,
    ContactForm,
    NewProjectForm,
    PersonForm,
    ProjectForm,
    ResumeForm,
    StageForm,
    SuspensionForm,
)
from app.blueprints.projects.presenters import next_stage, picture
from app.domain import access, privacy
from app.domain.accounts.roles import SERVICE, may
from app.domain.callbacks.models import Callback
from app.domain.cases.models import Case
from app.domain.core import clock
from app.domain.core.text import row_id
from app.domain.customers.models import Customer
from app.domain.plans.models import ServicePlan
from app.domain.projects import contacts, people, queries, records, stages
from app.domain.projects.enums import ProjectStatus
from app.domain.projects.models import Project
from app.domain.reports.quota_shortfall import short_of_calls
from app.domain.timeline import story
from app.extensions import db
from app.web.access import get_customer_or_404, get_project_or_404, me, requires
from app.web.i18n import gettext
from app.web.lists import listed
from app.web.submit import submit

WHOLE = (
    joinedload(Project.customer).joinedload(Customer.phones),
    joinedload(Project.branch),
    joinedload(Project.plan).selectinload(ServicePlan.stages),
    joinedload(Project.stages),
    joinedload(Project.suspensions),
    joinedload(Project.contacts),
)
PARTS = {
    "stage_form": StageForm,
    "person_form": PersonForm,
    "suspension_form": SuspensionForm,
    "resume_form": ResumeForm,
    "contact_form": ContactForm,
    "cancellation_form": CancellationForm,
}

SHORT, OWN_SHORT = "short", "own"
"""What the address says of sites that are short of this month's calls."""


@bp.get("/projects")
@requires("projects.see")
def index() -> str:
    """The projects, filtered."""
    wanted = {name: request.args.get(name, "") for name in ("status", "calls", "branch", "pm")}
    managers = queries.managers(me())
    every = ("", gettext("全部"))
    return render_template(
        "projects/index.html",
        page=listed(queries.worklist(access.visible_projects(me()), wanted, _short(wanted)), queries.SORTS),
        wanted=wanted,
        statuses=[every, *((status.value, gettext(status.label)) for status in ProjectStatus)],
        calls=[every, *_shortages()],
        managers=[every, *((person.id, person.name) for person in managers)],
        branches=[every, *((one.id, one.name) for one in queries.branches_of(managers))] if me().is_hq else [],
    )


@bp.get("/projects/new")
@requires("projects.edit")
def new() -> str:
    """The form for a contract of the customer whom the address names; without one, the way to find them."""
    asked = _asked_customer()
    if asked is None:
        return render_template("projects/whose.html")
    customer = get_customer_or_404(asked)
    return _new_page(customer, _new_form(customer))


@bp.post("/projects/new")
@requires("projects.edit")
def register() -> Any:
    """Register a contract of the customer whom the address names."""
    customer = get_customer_or_404(_asked_customer() or 0)
    return submit(
        _new_form(customer),
        lambda form: _register(customer, form),
        page=lambda form: _new_page(customer, form),
        to=lambda project: url_for(".view", project_id=project.id),
        said=gettext("已登记。"),
    )


@bp.get("/projects/<int:project_id>")
@requires("projects.see")
def view(project_id: int) -> str:
    """The project: stages, the year's calls, people, warranty, cases, story."""
    return page(get_project_or_404(project_id, *WHOLE))


@bp.get("/projects/<int:project_id>/edit")
@requires("projects.edit")
def edit(project_id: int) -> str:
    """The record, to be corrected."""
    project = get_project_or_404(project_id, joinedload(Project.customer))
    return _edit_page(project, _edit_form(project))


@bp.post("/projects/<int:project_id>/edit")
@requires("projects.edit")
def correct(project_id: int) -> Any:
    """Correct the record."""
    project = get_project_or_404(project_id, joinedload(Project.customer))
    return submit(
        _edit_form(project),
        lambda form: records.edit(project, by=me(), at=clock.now(), **form.facts()),
        page=lambda form: _edit_page(project, form),
        to=url_for(".view", project_id=project_id),
        said=gettext("已保存。"),
        record=project,
    )


def page(project: Project, revealed: int | None = None, **forms: Any) -> str:
    """The project's page; `forms` are those that were sent and stay as typed, `revealed` a contact asked for."""
    calls = story.calls(Callback.project_id == project.id, me())
    cases = story.cases(Case.project_id == project.id, me())
    sees_phone = privacy.sees_phone(me(), project.customer)
    events = story.told(projects=[project], calls=calls, cases=cases, corrections=story.corrections(None, [project.id]))
    functions = queries.load_people(project)
    sent = {name: kind(formdata=None) for name, kind in PARTS.items()} | forms
    if "stage_form" not in forms:
        sent["stage_form"].offer(project, next_stage(project))
    if may(me(), "projects.edit"):
        sent["person_form"].function.offer(functions)
        sent["person_form"].person.offer(queries.assignable(project.branch_id), empty=gettext("请选择"))
    return render_template(
        "projects/view.html",
        project=project,
        picture=picture(project, calls, functions),
        to_come=[row for row in calls if row.state in story.TO_COME],
        cases=story.once(cases),
        sees_phone=sees_phone,
        revealed=revealed,
        contacts=contacts.current(project, clock.today()),
        story=story_of(events, sees_phone=sees_phone),
        **sent,
    )


def _register(customer: Customer, form: NewProjectForm) -> Project:
    at = clock.now()
    project = records.register(customer, by=me(), at=at, **form.facts())
    if form.kickoff_on.data:
        stages.plan_start(project, form.kickoff_on.data, by=me(), at=at)
    for function, person in form.people():
        people.assign(project, function, person, since=clock.day_of(at), by=me(), at=at)
    db.session.flush()
    return project


def _short(wanted: Mapping[str, str]) -> Select[int] | None:
    """The sites that the list is narrowed to by their calls, if it is."""
    calls = wanted["calls"]
    return short_of_calls(me(), clock.now(), own=calls == OWN_SHORT) if calls in (SHORT, OWN_SHORT) else None


def _shortages() -> list[tuple[str, str]]:
    """Whose sites that are short of calls the list can show: on site, all in the scope are one's own."""
    found = [(SHORT, gettext("还差回访"))]
    return [*found, (OWN_SHORT, gettext("还差回访，我的"))] if me().has(*SERVICE) else found


def _asked_customer() -> int | None:
    return row_id(request.args.get("customer"))


def _new_form(customer: Customer) -> NewProjectForm:
    form = NewProjectForm()
    form.offer_choices(me())
    form.offer_people(queries.assignable(customer.branch_id))
    return form


def _edit_form(project: Project) -> ProjectForm:
    form = ProjectForm(project)
    form.offer_choices(me())
    return form


def _new_page(customer: Customer, form: NewProjectForm) -> str:
    if not form.is_submitted():
        for part, value in records.address_of(customer).items():
            form[part].data = value
    return render_template("projects/new.html", form=form, customer=customer)


def _edit_page(project: Project, form: ProjectForm) -> str:
    return render_template("projects/edit.html", form=form, project=project)
