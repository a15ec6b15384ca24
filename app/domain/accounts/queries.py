"""The list of people."""

from sqlalchemy import Select, exists, false, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.domain.accounts.models import Account, Person, PersonRole
from app.domain.accounts.roles import Role
from app.domain.core.pagination import Sort
from app.domain.core.text import row_id

SORTS = {
    "name": Sort((Person.name, Person.id)),
    "-name": Sort((Person.name, Person.id), descending=True),
    "-added": Sort((Person.id,), descending=True),
}


def people(text: str = "", branch: str = "", role: str = "", state: str = "") -> Select[Person]:
    """Everyone the filters leave: part of a name, user name or number; a branch's id; a role's code; active or left."""
    query = select(Person).options(
        joinedload(Person.branch),
        joinedload(Person.department),
        joinedload(Person.account),
        selectinload(Person.role_rows),
    )
    if text:
        named = exists().where(Account.person_id == Person.id, Account.username.icontains(text, autoescape=True))
        query = query.where(
            or_(Person.name.icontains(text, autoescape=True), Person.phone.contains(text, autoescape=True), named)
        )
    if branch:
        known = row_id(branch)
        query = query.where(Person.branch_id == known if known is not None else false())
    if role in {each.value for each in Role}:
        query = query.where(exists().where(PersonRole.person_id == Person.id, PersonRole.role == Role.of(role)))
    if state in ("active", "left"):
        query = query.where(Person.active.is_(state == "active"))
    if state == "disabled":
        query = query.where(exists().where(Account.person_id == Person.id, Account.disabled_at.is_not(None)))
    return query
