"""How far a person's roles reach: a branch, or the whole firm. Whose records follow from it: app/domain/access.py."""

from typing import Final

from sqlalchemy import ColumnElement, Select, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from app.domain.accounts.models import Department, Person
from app.domain.accounts.roles import Role
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.core.orm import unindexed

WHOLE_BRANCH: Final = (Role.AGENT, Role.LEAD, Role.QA, Role.ENGINEERING, Role.OFFICE)
"""An administrator keeps accounts and settings: customers, cases and calls are theirs only through another role."""


def in_branch(person: Person, branch_id: InstrumentedAttribute[int | None]) -> ColumnElement[bool]:
    """SQL: the branch column is the person's own or nobody's; anything with the hq flag. As `reaches`.

    A record without a branch belongs to the whole firm.
    """
    if _reaches_all(person):
        return true()
    if person.branch_id is None:
        return branch_id.is_(None)
    branch = unindexed(branch_id)
    return or_(branch == person.branch_id, branch.is_(None))


def reaches(person: Person, branch_id: int | None) -> bool:
    """Whether a record of the branch is within the person's reach. Who left a branch doesn't reach its records."""
    return branch_id in (None, person.branch_id) or _reaches_all(person)


def refuse_beyond_reach(person: Person, branch_id: int | None) -> None:
    """Refused where work of the branch would be given to who can't even see it."""
    if not reaches(person, branch_id):
        raise Refused(N_("%(name)s看不到这个区域的工作，请选本区域的人。"), name=person.name)


def sees_branch(person: Person) -> bool:
    """Whether a role of the person reaches the whole branch; else only what is theirs."""
    return person.is_hq or person.has(*WHOLE_BRANCH)


def headed_by(person: Person) -> Select[int]:
    """SELECT the ids of the departments that the person heads."""
    return select(Department.id).where(Department.head_id == person.id)


def _reaches_all(person: Person) -> bool:
    """With the flag; and who goes out for the whole firm, of no branch: they see only what is theirs anyway."""
    return person.is_hq or (person.branch_id is None and not sees_branch(person))
