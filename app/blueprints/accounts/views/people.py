"""People and their accounts, for the administrator; and who may do what."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for

from app.blueprints.accounts import bp
from app.blueprints.accounts.forms import NewPersonForm, PersonForm
from app.domain.accounts import branches, people, permission_words, queries
from app.domain.accounts.models import Person
from app.domain.accounts.roles import PERMISSIONS, Role
from app.domain.core import clock
from app.extensions import db
from app.web.access import me, requires
from app.web.i18n import gettext
from app.web.lists import listed
from app.web.login import signed_in
from app.web.submit import submit

FILTERS = ("q", "branch", "role", "state")


@bp.get("/admin/people")
@requires("accounts.manage")
def index() -> str:
    """Everyone, filtered."""
    wanted = {name: request.args.get(name, "").strip()[:60] for name in FILTERS}
    page = listed(queries.people(wanted["q"], wanted["branch"], wanted["role"], wanted["state"]), queries.SORTS)
    every = ("", gettext("全部"))
    return render_template(
        "accounts/index.html",
        page=page,
        wanted=wanted,
        branch_choices=[every, *((branch.id, branch.name) for branch in branches.all_branches())],
        role_choices=[every, *((role.value, gettext(role.label)) for role in Role)],
    )


@bp.get("/admin/people/new")
@requires("accounts.manage")
def new() -> str:
    """The form of a person to add."""
    return _new_page(NewPersonForm())


@bp.post("/admin/people/new")
@requires("accounts.manage")
def create() -> Any:
    """Add a person."""
    return submit(
        NewPersonForm(),
        lambda form: people.register(form.facts(), by=me(), at=clock.now()),
        page=_new_page,
        to=lambda person: url_for(".view", person_id=person.id),
    )


@bp.get("/admin/people/<int:person_id>")
@requires("accounts.manage")
def view(person_id: int) -> str:
    """A person, to see and to change."""
    person = get_person_or_404(person_id)
    return _page(person, PersonForm(person))


@bp.post("/admin/people/<int:person_id>")
@requires("accounts.manage")
def update(person_id: int) -> Any:
    """Change a person."""
    person = get_person_or_404(person_id)
    return submit(
        PersonForm(person),
        lambda form: people.edit(person, form.facts(), by=me(), at=clock.now(), here=signed_in().session),
        page=lambda form: _page(person, form),
        to=url_for(".view", person_id=person_id),
        said=gettext("已保存。"),
        record=person,
    )


@bp.post("/admin/people/<int:person_id>/password")
@requires("accounts.manage")
def set_password(person_id: int) -> str:
    """A temporary password, shown on this answer only."""
    person = get_person_or_404(person_id)
    password = people.set_temporary_password(person, by=me(), at=clock.now())
    db.session.commit()
    return render_template("accounts/password.html", person=person, password=password)


@bp.post("/admin/people/<int:person_id>/disable")
@requires("accounts.manage")
def disable(person_id: int) -> Any:
    """Lock an account."""
    people.disable(get_person_or_404(person_id), by=me(), at=clock.now())
    db.session.commit()
    return redirect(url_for(".view", person_id=person_id))


@bp.post("/admin/people/<int:person_id>/enable")
@requires("accounts.manage")
def enable(person_id: int) -> Any:
    """Unlock an account."""
    people.enable(get_person_or_404(person_id), by=me(), at=clock.now())
    db.session.commit()
    return redirect(url_for(".view", person_id=person_id))


@bp.get("/admin/permissions")
@requires("accounts.manage")
def permissions() -> str:
    """The whole matrix."""
    rows = [(permission_words.WORDS[code], roles) for code, roles in PERMISSIONS.items()]
    return render_template("accounts/permissions.html", rows=rows, roles=Role)


def get_person_or_404(person_id: int) -> Person:
    """The person. Whoever manages accounts sees them all."""
    return db.session.get(Person, person_id) or abort(404)


def _new_page(form: NewPersonForm) -> str:
    return render_template("accounts/new.html", form=form)


def _page(person: Person, form: PersonForm) -> str:
    return render_template("accounts/view.html", person=person, form=form)
