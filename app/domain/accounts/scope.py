"""How far a person's roles reach: a branch, or the whole firm. Whose records follow from it: app/domain/access.py."""

from typing import Final

from sqlalchemy import ColumnElement, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from app.domain.accounts.models import Person
from app.domain.accounts.roles import Role
from app.domain.core.orm import unindexed

WHOLE_BRANCH: Final = (Role.AGENT, Role.LEAD, Role.QA, Role.ENGINEERING, Role.OFFICE, Role.ADMIN)


def in_branch(person: Person, branch_id: InstrumentedAttribute[int | None]) -> ColumnElement[bool]:
    """SQL: the branch column is the person's own or nobody's; anything with the hq flag.

    A record without a branch belongs to the whole firm.
    """
    if person.is_hq:
        return true()
    if person.branch_id is None:
        return branch_id.is_(None)
    branch = unindexed(branch_id)
    return or_(branch == person.branch_id, branch.is_(None))


def sees_branch(person: Person) -> bool:
    """Whether a role of the person reaches the whole branch; else only what is theirs."""
    return person.is_hq or person.has(*WHOLE_BRANCH)
