"""Branches and departments on one small page."""

from collections.abc import Callable
from typing import Any

from flask import abort, render_template, url_for

from app.blueprints.accounts import bp
from app.blueprints.accounts.forms import BranchForm, DepartmentForm
from app.domain.accounts import branches as places
from app.domain.accounts.models import Branch, Department
from app.domain.core import clock
from app.extensions import db
from app.web.access import me, requires
from app.web.forms import HouseForm
from app.web.submit import submit


@bp.get("/admin/branches")
@requires("accounts.manage")
def branches() -> str:
    """All of them, to rename, and a line to add one."""
    return _page()


@bp.post("/admin/branches/new")
@requires("accounts.manage")
def add_branch() -> Any:
    """Add a branch."""
    return _submit("branch_form", BranchForm(), lambda form: places.add_branch(form.name.data, **_who()))


@bp.post("/admin/branches/<int:branch_id>/name")
@requires("accounts.manage")
def rename_branch(branch_id: int) -> Any:
    """Give a branch another name."""
    branch = db.session.get(Branch, branch_id) or abort(404)
    return _submit("branch_form", BranchForm(), lambda form: places.rename_branch(branch, form.name.data, **_who()))


@bp.post("/admin/departments/new")
@requires("accounts.manage")
def add_department() -> Any:
    """Add a department."""
    return _submit(
        "department_form",
        DepartmentForm(),
        lambda form: places.add_department(form.name.data, form.branch.chosen, **_who()),
    )


@bp.post("/admin/departments/<int:department_id>/name")
@requires("accounts.manage")
def rename_department(department_id: int) -> Any:
    """Give a department another name."""
    department = db.session.get(Department, department_id) or abort(404)
    return _submit(
        "branch_form", BranchForm(), lambda form: places.rename_department(department, form.name.data, **_who())
    )


def _who() -> dict[str, Any]:
    return {"by": me(), "at": clock.now()}


def _submit(name: str, form: HouseForm, verb: Callable[[Any], object]) -> Any:
    return submit(form, verb, page=lambda sent: _page(**{name: sent}), to=url_for(".branches"))


def _page(branch_form: Any = None, department_form: Any = None) -> str:
    return render_template(
        "accounts/branches.html",
        branches=places.all_branches(),
        departments=places.all_departments(),
        branch_form=branch_form or BranchForm(formdata=None),
        department_form=department_form or DepartmentForm(formdata=None),
    )
