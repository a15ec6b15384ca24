"""分派: the head of a department names who of it is to sign."""

from datetime import datetime

from sqlalchemy import select

from app.domain.accounts.models import Account, Person, PersonRole
from app.domain.accounts.roles import SITE
from app.domain.audit import trail
from app.domain.cases.handoffs import audit_events, sending, signing
from app.domain.cases.handoffs.models import Handoff
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.extensions import db


def assign(handoff: Handoff, to: Person | None, *, by: Person, at: datetime) -> None:
    """Name who signs. Refused for others than the head, to someone of another department or who can't sign;
    Conflict when it was answered meanwhile.
    """
    signing.refuse_answered(handoff)
    if not may_assign(handoff, by):
        raise Refused(N_("由部门负责人分派。"))
    if to is None or to.department_id != handoff.to_department_id:
        raise Refused(N_("请选择本部门的人。"), field="to")
    sending.refuse_addressee(to)
    before = handoff.to_person
    handoff.to_person = to
    changes = {"to_person": [before.name if before else None, to.name]}
    trail.record(audit_events.ASSIGN, handoff, by=by, at=at, changes=changes)


def may_assign(handoff: Handoff, person: Person) -> bool:
    """Whether the person heads the department that it was sent to."""
    return handoff.to_department is not None and handoff.to_department.head_id == person.id


def members(handoff: Handoff) -> list[Person]:
    """Who of the department could sign."""
    query = (
        select(Person)
        .join(Account, Account.person_id == Person.id)
        .where(Person.department_id == handoff.to_department_id, Person.active, Account.disabled_at.is_(None))
        .where(Person.id.in_(select(PersonRole.person_id).where(PersonRole.role.in_(SITE))))
        .order_by(Person.name, Person.id)
    )
    return list(db.session.scalars(query).unique())
