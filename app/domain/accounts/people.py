"""People and their accounts, as the administrator keeps them."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import flag_modified

from app.domain.accounts import audit_events, passwords, sessions
from app.domain.accounts.models import Account, Branch, Department, LoginSession, Person, PersonRole
from app.domain.accounts.roles import Role
from app.domain.audit import trail
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.core.text import clean
from app.extensions import db

READABLE: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is misread from paper


@dataclass(frozen=True)
class Facts:
    """What is said of a person. `username` empty: no account. `heads`: is the head of the department."""

    name: str
    username: str = ""
    roles: frozenset[Role] = frozenset()
    phone: str = ""
    branch: Branch | None = None
    department: Department | None = None
    heads: bool = False
    is_hq: bool = False
    active: bool = True


def register(facts: Facts, *, by: Person | None, at: datetime) -> Person:
    """A new person. Refused: no name, a user name that is taken or has blanks, a department of another branch."""
    _check(facts)
    person = Person(name=clean(facts.name, 60, "name"), created_at=at)
    db.session.add(person)
    _put(person, facts)
    trail.record(audit_events.REGISTER, person, by=by, at=at, changes={"roles": [[], _codes(person)]})
    return person


def edit(person: Person, facts: Facts, *, by: Person, at: datetime, here: LoginSession | None = None) -> None:
    """Put the facts. Other roles, another scope or leaving signs the person out everywhere but `here`, at once.

    Refused as in `register`, when an account would be taken away, and when nobody could administer any more.
    """
    lock_administrators()
    if person.account is not None and not facts.username:
        raise Refused(N_("账号用过就要留着，请改为停用。"), field="username")
    _check(facts, person)
    before: dict[str, Any] = {"roles": _codes(person), "username": person.account.username if person.account else None}
    scope = (before["roles"], person.branch_id, person.is_hq, person.active)
    _put(person, facts)
    after = {"roles": _codes(person), "username": person.account.username if person.account else None}
    changes = trail.changes_of(person) | {key: [before[key], after[key]] for key in after if before[key] != after[key]}
    flag_modified(person, "name")  # roles and headship count as a change of the person
    db.session.flush()
    trail.record(audit_events.EDIT, person, by=by, at=at, changes=changes)
    if person.account is not None and scope != (after["roles"], person.branch_id, person.is_hq, person.active):
        sessions.end_all(person.account, by=by, at=at, why="roles", keep=here)
    refuse_without_administrator()


def set_temporary_password(person: Person, *, by: Person, at: datetime) -> str:
    """A made-up password, told once; the person is asked to change it. Signs them out everywhere."""
    account = _account_of(person)
    password = "-".join("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(3))
    passwords.put(account, password, at=at, temporary=True)
    trail.record(audit_events.SET_PASSWORD, account, by=by, at=at)
    sessions.end_all(account, by=by, at=at, why="password")
    return password


def disable(person: Person, *, by: Person, at: datetime) -> None:
    """Lock the account and sign it out at once. Refused for the last administrator."""
    lock_administrators()
    account = _account_of(person)
    if account.disabled_at is None:
        account.disabled_at = at
        db.session.flush()
        trail.record(audit_events.DISABLE, account, by=by, at=at)
        sessions.end_all(account, by=by, at=at, why="disabled")
    refuse_without_administrator()


def enable(person: Person, *, by: Person, at: datetime) -> None:
    """Unlock the account."""
    account = _account_of(person)
    if account.disabled_at is not None:
        account.disabled_at = None
        trail.record(audit_events.ENABLE, account, by=by, at=at)


def administrators() -> int:
    """How many people can sign in as administrator."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Person)
            .join(PersonRole)
            .join(Account)
            .where(
                PersonRole.role == Role.ADMIN,
                Person.active,
                Account.disabled_at.is_(None),
                Account.password_hash.is_not(None),
            )
        )
        or 0
    )


def lock_administrators() -> None:
    """Two administrators who take the right from each other at once do it one after the other."""
    db.session.scalars(select(PersonRole).where(PersonRole.role == Role.ADMIN).with_for_update()).all()


def refuse_without_administrator() -> None:
    """Refused when the change just made leaves nobody who can administer."""
    db.session.flush()
    if not administrators():
        raise Refused(N_("这样就没有系统管理员了，请先另设一位。"))


def _check(facts: Facts, person: Person | None = None) -> None:
    if not facts.name.strip():
        raise Refused(N_("姓名要填。"), field="name")
    if any(letter.isspace() for letter in facts.username) or len(facts.username) > 60:
        raise Refused(N_("账号不能有空格，最多 60 个字。"), field="username")
    department = facts.department
    if department is not None and department.branch_id not in (None, facts.branch.id if facts.branch else None):
        raise Refused(N_("%(department)s不在这个区域。"), field="department", department=department.name)
    if facts.heads and department is None:
        raise Refused(N_("先选部门，再定负责人。"), field="heads")
    taken = db.session.scalar(select(Account).where(func.lower(Account.username) == facts.username.lower()))
    if facts.username and taken is not None and (person is None or taken.person_id != person.id):
        raise Refused(N_("账号“%(username)s”已经有人用了。"), field="username", username=facts.username)


def _put(person: Person, facts: Facts) -> None:
    person.name, person.phone = clean(facts.name, 60, "name"), facts.phone
    person.branch, person.is_hq, person.active = facts.branch, facts.is_hq, facts.active
    _set_department(person, facts.department, facts.heads)
    _set_roles(person, facts.roles)
    if person.account is not None:
        person.account.username = facts.username
    elif facts.username:
        person.account = Account(username=facts.username)


def _set_department(person: Person, department: Department | None, heads: bool) -> None:
    if person.department is not None and person.department.head is person and person.department is not department:
        person.department.head = None
    person.department = department
    if department is not None and heads:
        department.head = person
    elif department is not None and department.head is person:
        department.head = None


def _set_roles(person: Person, roles: frozenset[Role]) -> None:
    person.role_rows = [row for row in person.role_rows if row.role in roles] + [
        PersonRole(role=role) for role in sorted(roles - person.roles)
    ]


def _codes(person: Person) -> list[str]:
    return sorted(role.value for role in person.roles)


def _account_of(person: Person) -> Account:
    if person.account is None:
        raise Refused(N_("%(name)s还没有账号。"), name=person.name)
    return person.account
