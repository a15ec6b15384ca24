"""What the branch has not kept and still can: broken promises, and handoffs that nobody signed."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.domain.accounts.models import Person
from app.domain.accounts.scope import in_branch
from app.domain.cases.handoffs.models import Handoff
from app.domain.cases.models import RUNNING, Case, Deadline
from app.domain.plans.enums import DeadlineKind
from app.extensions import db

SHOWN: Final = 10
OUT_THERE: Final = (
    DeadlineKind.CONTACT,
    DeadlineKind.ON_SITE,
    DeadlineKind.SOLUTION,
    DeadlineKind.TEAM_CONTACT,
    DeadlineKind.WORK_DONE,
)
"""The promises that only who goes to the customer can keep."""


def broken_promises(person: Person, at: datetime, kinds: Collection[DeadlineKind] | None = None) -> list[Deadline]:
    """The promises of the branch that are broken and can still be met, oldest first: not what the work passed over.

    `kinds`: only those. Ten at most.
    """
    query = (
        select(Deadline)
        .join(Deadline.case)
        .where(RUNNING, Deadline.due_at < at, Deadline.due_at >= Case.next_due_at)
        .where(Case.ended_at.is_(None), in_branch(person, Case.branch_id))
        .options(
            joinedload(Deadline.case).joinedload(Case.customer), joinedload(Deadline.case).joinedload(Case.assignee)
        )
        .order_by(Deadline.due_at, Deadline.id)
        .limit(SHOWN)
    )
    return list(db.session.scalars(query if kinds is None else query.where(Deadline.kind.in_(kinds))))


def unsigned(person: Person) -> list[Handoff]:
    """The handoffs of the branch that wait for a signature, the one due first on top. Ten at most."""
    query = (
        select(Handoff)
        .join(Handoff.case)
        .where(Handoff.answered_at.is_(None), in_branch(person, Case.branch_id))
        .options(
            joinedload(Handoff.case).joinedload(Case.customer),
            joinedload(Handoff.to_person),
            joinedload(Handoff.to_department),
        )
        .order_by(Handoff.sign_by, Handoff.id)
        .limit(SHOWN)
    )
    return list(db.session.scalars(query).unique())
