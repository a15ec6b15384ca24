"""What is decided on a project: stages, people, suspensions, contacts, cancellation. Each a small resource."""

from collections.abc import Callable
from typing import Any

from flask import abort, redirect, url_for

from app.blueprints.projects import bp
from app.blueprints.projects.forms import (
    CancellationForm,
    ContactForm,
    PersonForm,
    ResumeForm,
    StageForm,
    SuspensionForm,
)
from app.blueprints.projects.views.record import WHOLE, page
from app.domain import privacy
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.plans.queries import functions
from app.domain.projects import contacts, people, queries, records, stages, suspensions
from app.domain.projects.models import Contact, Project, Suspension
from app.extensions import db
from app.web.access import get_project_or_404, me, requires
from app.web.forms import HouseForm
from app.web.i18n import gettext
from app.web.submit import submit


@bp.post("/projects/<int:project_id>/stages")
@requires("projects.reach_stage")
def reach(project_id: int) -> Any:
    """A stage was reached, or is planned for another day."""
    project, form = get_project_or_404(project_id, *WHOLE), StageForm()
    form.offer(project)
    return _submit(project, "stage_form", form, lambda: _keep_days(project, form))


@bp.post("/projects/<int:project_id>/people")
@requires("projects.edit")
def assign(project_id: int) -> Any:
    """A function passes to somebody else."""
    project, form = get_project_or_404(project_id, *WHOLE), PersonForm()
    form.function.offer(functions())
    form.person.offer(queries.assignable(project.branch_id), empty=gettext("请选择"))
    return _submit(
        project,
        "person_form",
        form,
        lambda: people.assign(
            project, form.function.chosen, form.person.chosen, since=form.since.data, by=me(), at=clock.now()
        ),
    )


@bp.post("/projects/<int:project_id>/suspensions")
@requires("projects.edit")
def suspend(project_id: int) -> Any:
    """Work stands still."""
    project, form = get_project_or_404(project_id, *WHOLE), SuspensionForm()
    return _submit(
        project,
        "suspension_form",
        form,
        lambda: suspensions.suspend(
            project, form.first_day.data, form.last_day.data, form.reason.data, by=me(), at=clock.now()
        ),
    )


@bp.post("/projects/<int:project_id>/suspensions/<int:suspension_id>/end")
@requires("projects.edit")
def resume(project_id: int, suspension_id: int) -> Any:
    """Work goes on."""
    project, form = get_project_or_404(project_id, *WHOLE), ResumeForm()
    suspension: Suspension = _row_or_404(project.suspensions, suspension_id)
    return _submit(
        project,
        "resume_form",
        form,
        lambda: suspensions.resume(suspension, form.last_day.data, by=me(), at=clock.now()),
    )


@bp.post("/projects/<int:project_id>/contacts")
@requires("projects.edit")
def add_contact(project_id: int) -> Any:
    """Calls go to somebody else from now on."""
    project, form = get_project_or_404(project_id, *WHOLE), ContactForm()
    return _submit(
        project,
        "contact_form",
        form,
        lambda: contacts.add(
            project, form.name.data, form.relation.data or "", form.phone.data, by=me(), at=clock.now()
        ),
    )


@bp.post("/projects/<int:project_id>/contacts/<int:contact_id>/end")
@requires("projects.edit")
def end_contact(project_id: int, contact_id: int) -> Any:
    """Calls no longer go there."""
    project = get_project_or_404(project_id, *WHOLE)
    contacts.end(_row_or_404(project.contacts, contact_id), by=me(), at=clock.now())
    db.session.commit()
    return redirect(url_for(".view", project_id=project_id))


@bp.post("/projects/<int:project_id>/contacts/<int:contact_id>/reveal")
@requires("customers.reveal")
def reveal_contact(project_id: int, contact_id: int) -> str:
    """Show a contact's number once; the look is kept."""
    project = get_project_or_404(project_id, *WHOLE)
    contact: Contact = _row_or_404(project.contacts, contact_id)
    privacy.reveal_contact(contact, by=me(), at=clock.now())
    db.session.commit()
    return page(project, revealed=contact.id)


@bp.post("/projects/<int:project_id>/cancellation")
@requires("projects.edit")
def cancel(project_id: int) -> Any:
    """The project ends without completion."""
    project, form = get_project_or_404(project_id, *WHOLE), CancellationForm()
    return _submit(
        project,
        "cancellation_form",
        form,
        lambda: records.cancel(project, form.reason.data, by=me(), at=clock.now()),
    )


def _submit(project: Project, name: str, form: HouseForm, verb: Callable[[], object]) -> Any:
    """Call the verb and go back to the page; what was wrong is shown there with all that was typed."""
    return submit(
        form,
        lambda _form: verb(),
        page=lambda sent: page(project, **{name: sent}),
        to=url_for(".view", project_id=project.id),
        said=gettext("已保存。"),
    )


def _keep_days(project: Project, form: StageForm) -> None:
    stage, reached, planned = form.stage.data, form.actual_on.data, form.planned_on.data
    if reached is None and planned is None:
        raise Refused(N_("请填到达日期，或新的计划日期。"), field="actual_on")
    if planned is not None:
        stages.plan(project, stage, planned, by=me(), at=clock.now())
    if reached is not None:
        stages.reach(project, stage, reached, by=me(), at=clock.now(), reason=form.reason.data or "")


def _row_or_404(rows: list[Any], row_id: int) -> Any:
    return next((row for row in rows if row.id == row_id), None) or abort(404)
