"""Who acts on a case. Seeing it is not acting on it, and whoever had it once doesn't have it any more."""

from typing import Final

from sqlalchemy import Select, select, union

from app.domain.accounts.models import Person
from app.domain.accounts.roles import Role
from app.domain.accounts.scope import headed_by, reaches
from app.domain.cases.handoffs.models import Handoff
from app.domain.cases.models import Case
from app.extensions import db

ABOVE: Final = (Role.LEAD, Role.ENGINEERING)
"""Who stands above everybody in the branch."""


def acts_on(person: Person, case: Case) -> bool:
    """Whether the case is the person's to work on: as assignee or owner, as who stands above one of them (the head of
    their department, lead and engineering of the branch), or by an open handoff. Never in a branch they left.
    """
    if not reaches(person, case.branch_id):
        return False
    if person in (case.owner, case.assignee) or person.has(*ABOVE):
        return True
    theirs = select(Case.id).where(Case.id == case.id, Case.id.in_(union(*in_hands_of(person))))
    return db.session.scalar(theirs) is not None


def in_hands_of(person: Person) -> list[Select[int]]:
    """SELECTs of the ids of open cases that are now the person's, or of members of a department that they head; and of
    those that wait for them, for a department that they head or for whom they assigned. Each stands on its own index.
    """
    is_open = Case.ended_at.is_(None)
    headed = headed_by(person)
    members = select(Case.id).where(is_open, Person.department_id.in_(headed))
    waiting = select(Handoff.case_id).where(Handoff.answered_at.is_(None))
    return [
        select(Case.id).where(is_open, Case.assignee_id == person.id),
        select(Case.id).where(is_open, Case.owner_id == person.id),
        members.join(Person, Person.id == Case.assignee_id),
        members.join(Person, Person.id == Case.owner_id),
        waiting.where(Handoff.to_person_id == person.id),
        waiting.where(Handoff.to_department_id.in_(headed)),
    ]
