"""Branches and departments: added and renamed, never deleted, since records stand on them."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.domain.accounts import audit_events
from app.domain.accounts.models import Branch, Department, Person
from app.domain.audit import trail
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.core.text import clean
from app.extensions import db


def all_branches() -> list[Branch]:
    """Every branch, by name."""
    return list(db.session.scalars(select(Branch).order_by(Branch.name, Branch.id)))


def all_departments() -> list[Department]:
    """Every department with its branch and head, by branch and name."""
    query = select(Department).options(joinedload(Department.branch), joinedload(Department.head))
    return list(db.session.scalars(query.order_by(Department.branch_id, Department.name, Department.id)))


def add_branch(name: str, *, by: Person, at: datetime) -> Branch:
    """A new branch. Refused: no name, or one that exists."""
    branch = Branch(name=_free_branch_name(name))
    db.session.add(branch)
    trail.record(audit_events.ADD_BRANCH, branch, by=by, at=at)
    return branch


def rename_branch(branch: Branch, name: str, *, by: Person, at: datetime) -> None:
    """Another name; what stands on the branch stays. Refused as in `add_branch`."""
    branch.name = _free_branch_name(name, branch)
    trail.record(audit_events.RENAME_BRANCH, branch, by=by, at=at, changes=trail.changes_of(branch))


def add_department(name: str, branch: Branch | None, *, by: Person, at: datetime) -> Department:
    """A new department of the branch, or of the whole firm. Refused: no name, or one that the branch has."""
    department = Department(name=_free_department_name(name, branch), branch=branch)
    db.session.add(department)
    trail.record(audit_events.ADD_DEPARTMENT, department, by=by, at=at)
    return department


def rename_department(department: Department, name: str, *, by: Person, at: datetime) -> None:
    """Another name. Refused as in `add_department`."""
    department.name = _free_department_name(name, department.branch, department)
    trail.record(audit_events.RENAME_DEPARTMENT, department, by=by, at=at, changes=trail.changes_of(department))


def _free_branch_name(name: str, itself: Branch | None = None) -> str:
    name = _named(name)
    other = db.session.scalar(select(Branch).where(Branch.name == name))
    if other is not None and other is not itself:
        raise Refused(N_("已经有“%(name)s”了。"), field="name", name=name)
    return name


def _free_department_name(name: str, branch: Branch | None, itself: Department | None = None) -> str:
    name = _named(name)
    of_branch = Department.branch_id.is_(None) if branch is None else Department.branch_id == branch.id
    other = db.session.scalar(select(Department).where(Department.name == name, of_branch))
    if other is not None and other is not itself:
        raise Refused(N_("已经有“%(name)s”了。"), field="name", name=name)
    return name


def _named(name: str) -> str:
    name = clean(name, 60, "name")
    if not name:
        raise Refused(N_("名称要填。"), field="name")
    return name
