"""Who may open a page, and the one way a page fetches a record: through what the person may see."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar, cast

from flask import abort, current_app
from flask_login import current_user
from sqlalchemy import Select
from sqlalchemy.orm.interfaces import ORMOption
from sqlalchemy.sql.base import ExecutableOption

from app.domain import access
from app.domain.accounts.models import Person
from app.domain.accounts.roles import may
from app.domain.callbacks.models import Callback
from app.domain.cases.handoffs.models import Handoff
from app.domain.cases.models import Case
from app.domain.customers.models import Customer
from app.domain.projects.models import Project
from app.extensions import db

View = TypeVar("View", bound=Callable[..., Any])
PAGES: Final = {
    "callbacks": ("/callbacks", "callbacks.see"),
    "cases": ("/cases", "cases.see"),
    "customers": ("/customers", "customers.see"),
    "handoffs": ("/handoffs", "handoffs.see"),
    "people": ("/admin/people", "accounts.manage"),
    "projects": ("/projects", "projects.see"),
}
"""Where the rows of a table open, and who may open them."""
Thing = TypeVar("Thing", Callback, Case, Customer, Handoff, Project)


def public(view: View) -> View:
    """Mark a page that needs no sign-in."""
    view.public = True  # type: ignore[attr-defined]
    return view


def only_reads(view: View) -> View:
    """Mark a POST that leaves the database alone: it need not wait for who is writing."""
    view.only_reads = True  # type: ignore[attr-defined]
    return view


def requires(permission: str) -> Callable[[View], View]:
    """Only for who has the permission: others are asked to sign in, or get a 403."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
            if not may(me(), permission):
                abort(403)
            return view(*args, **kwargs)

        guarded.required_permission = permission  # type: ignore[attr-defined]
        return cast(View, guarded)

    return guard


def me() -> Person:
    """The signed-in person, as the domain takes them."""
    return cast(Person, current_user._get_current_object().person)


def address_of(table: str, record_id: int | None) -> str | None:
    """Where a record of the table opens; None for who may never open such pages, so that no link leads to a refusal,
    and for tables without pages."""
    pages, permission = PAGES.get(table, ("", ""))
    return f"{pages}/{record_id}" if pages and may(me(), permission) else None


def get_customer_or_404(customer_id: int, *options: ORMOption) -> Customer:
    """The customer, if in the person's scope; `options` say what to load with it."""
    return _get_or_404(access.visible_customers(me()).where(Customer.id == customer_id).options(*options))


def get_project_or_404(project_id: int, *options: ORMOption) -> Project:
    """The project, if in the person's scope; `options` say what to load with it."""
    return _get_or_404(access.visible_projects(me()).where(Project.id == project_id).options(*options))


def get_callback_or_404(callback_id: int, *options: ExecutableOption) -> Callback:
    """The callback, if in the person's scope; `options` say what to load with it."""
    return _get_or_404(access.visible_callbacks(me()).where(Callback.id == callback_id).options(*options))


def get_case_or_404(case_id: int) -> Case:
    """The case, if in the person's scope."""
    return _get_or_404(access.visible_cases(me()).where(Case.id == case_id))


def get_handoff_or_404(handoff_id: int) -> Handoff:
    """The handoff, if in the person's scope."""
    return _get_or_404(access.visible_handoffs(me()).where(Handoff.id == handoff_id))


def _get_or_404(query: Select[Thing]) -> Thing:
    thing = db.session.scalars(query).unique().one_or_none()
    if thing is None:
        abort(404)
    return thing
