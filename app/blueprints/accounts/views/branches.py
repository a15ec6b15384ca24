"""Branches and departments on one small page."""

from typing import Any

from flask import abort, redirect, render_template, url_for

from app.blueprints.accounts import bp
from app.blueprints.accounts.forms import BranchForm, DepartmentForm
from app.domain.accounts import branches as places
from app.domain.accounts.models import Branch, Department
from app.domain.core import clock
from app.domain.core.errors import Refused
from app.extensions import db
from app.web.access import me, requires


@bp.get("/admin/branches")
@requires("accounts.manage")
def branches() -> str:
    """All of them, to rename, and a line to add one."""
    return _page()


@bp.post("/admin/branches/new")
@requires("accounts.manage")
def add_branch() -> Any:
    """Add a branch."""
    form = BranchForm()
    if form.already(me()):
        return redirect(url_for(".branches"))
    if not form.validate_on_submit() or not _done(form, lambda: places.add_branch(form.name.data, **_who())):
        return _page(branch_form=form), 422
    return redirect(url_for(".branches"))


@bp.post("/admin/branches/<int:branch_id>/name")
@requires("accounts.manage")
def rename_branch(branch_id: int) -> Any:
    """Give a branch another name."""
    branch, form = db.session.get(Branch, branch_id) or abort(404), BranchForm()
    if not form.validate_on_submit() or not _done(form, lambda: places.rename_branch(branch, form.name.data, **_who())):
        return _page(branch_form=form), 422
    return redirect(url_for(".branches"))


@bp.post("/admin/departments/new")
@requires("accounts.manage")
def add_department() -> Any:
    """Add a department."""
    form = DepartmentForm()
    if form.already(me()):
        return redirect(url_for(".branches"))
    if not form.validate_on_submit() or not _done(
        form, lambda: places.add_department(form.name.data, form.branch.chosen, **_who())
    ):
        return _page(department_form=form), 422
    return redirect(url_for(".branches"))


@bp.post("/admin/departments/<int:department_id>/name")
@requires("accounts.manage")
def rename_department(department_id: int) -> Any:
    """Give a department another name."""
    department, form = db.session.get(Department, department_id) or abort(404), BranchForm()
    if not form.validate_on_submit() or not _done(
        form, lambda: places.rename_department(department, form.name.data, **_who())
    ):
        return _page(branch_form=form), 422
    return redirect(url_for(".branches"))


def _who() -> dict[str, Any]:
    return {"by": me(), "at": clock.now()}


def _done(form: BranchForm | DepartmentForm, verb: Any) -> bool:
    try:
        verb()
    except Refused as refused:
        return form.take(refused)
    form.remember(url_for(".branches"), **_who())
    db.session.commit()
    return True


def _page(branch_form: BranchForm | None = None, department_form: DepartmentForm | None = None) -> str:
    return render_template(
        "accounts/branches.html",
        branches=places.all_branches(),
        departments=places.all_departments(),
        branch_form=branch_form or BranchForm(formdata=None),
        department_form=department_form or DepartmentForm(formdata=None),
    )
