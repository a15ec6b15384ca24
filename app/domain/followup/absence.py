"""All that an absent colleague holds, dealt out to others; and single callbacks given to somebody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from app.domain.accounts.models import Person
from app.domain.accounts.roles import SERVICE
from app.domain.accounts.scope import in_branch, refuse_beyond_reach
from app.domain.audit import trail
from app.domain.callbacks import audit_events
from app.domain.callbacks.enums import OPEN_STATES
from app.domain.callbacks.models import Callback, Task
from app.domain.cases import assignment
from app.domain.cases.models import Case
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.core.text import clean
from app.extensions import db


@dataclass
class Held:
    """What a person has open: callbacks, tasks and cases, most urgent first."""

    callbacks: list[Callback] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.callbacks) + len(self.tasks) + len(self.cases)


@dataclass
class Share:
    """What one of the others would get."""

    to: Person
    held: Held = field(default_factory=Held)


def held_by(person: Person, by: Person) -> Held:
    """All that the person has open within the reach of who asks."""
    callbacks = select(Callback).where(Callback.assigned_to_id == person.id, Callback.state.in_(OPEN_STATES))
    callbacks = callbacks.where(in_branch(by, Callback.branch_id))
    tasks = select(Task).where(Task.owner_id == person.id, Task.done_at.is_(None), in_branch(by, Task.branch_id))
    cases = select(Case).where(Case.owner_id == person.id, Case.ended_at.is_(None), in_branch(by, Case.branch_id))
    return Held(
        list(db.session.scalars(callbacks.order_by(Callback.wanted_at, Callback.id)).unique()),
        list(db.session.scalars(tasks.order_by(Task.due_on, Task.id)).unique()),
        list(db.session.scalars(cases.order_by(Case.next_due_at, Case.id)).unique()),
    )


def shares(absent: Person, to: Sequence[Person], *, by: Person) -> list[Share]:
    """How all that `absent` holds within the reach of `by` would be dealt out: one after the other, most urgent first.

    Refused without receivers, to the absent one, and to who can't call.
    """
    if not to:
        raise Refused(N_("请选择交给谁。"), field="to")
    for person in to:
        if person.id == absent.id:
            raise Refused(N_("不能再交给本人。"), field="to")
        _refuse_unfit(person)
    held = held_by(absent, by)
    dealt = [Share(person) for person in to]
    for ordinal, callback in enumerate(held.callbacks):
        dealt[ordinal % len(dealt)].held.callbacks.append(callback)
    for ordinal, task in enumerate(held.tasks):
        dealt[ordinal % len(dealt)].held.tasks.append(task)
    for ordinal, case in enumerate(held.cases):
        dealt[ordinal % len(dealt)].held.cases.append(case)
    return dealt


def hand_over_all(absent: Person, to: Sequence[Person], reason: str, *, by: Person, at: datetime) -> list[Share]:
    """Deal it out as previewed. Refused without a reason."""
    why = clean(reason, 200, "reason")
    if not why:
        raise Refused(N_("请写明为什么换人。"), field="reason")
    dealt = shares(absent, to, by=by)
    for share in dealt:
        give(share.held.callbacks, share.to, by=by, at=at, reason=why)
        for task in share.held.tasks:
            refuse_beyond_reach(share.to, task.branch_id)
            task.owner = share.to
            trail.record(audit_events.REASSIGN_TASK, task, by=by, at=at, reason=why, changes=trail.changes_of(task))
        assignment.reassign_all(share.held.cases, share.to, reason=why, by=by, at=at)
    return dealt


def give(callbacks: Iterable[Callback], to: Person, *, by: Person, at: datetime, reason: str = "") -> int:
    """Open callbacks are the person's from now on; how many changed hands. Refused for who can't call or wouldn't see
    them.
    """
    _refuse_unfit(to)
    given = [row for row in callbacks if row.is_open and row.assigned_to_id != to.id]
    for row in given:
        refuse_beyond_reach(to, row.branch_id)
        before = row.assigned_to_id
        row.assigned_to = to
        changes = {"assigned_to_id": [before, to.id]}
        trail.record(audit_events.REASSIGN, row, by=by, at=at, reason=reason, changes=changes)
    return len(given)


def _refuse_unfit(person: Person) -> None:
    if not person.active or not person.has(*SERVICE):
        raise Refused(N_("请选择在职的客服。"), field="to")
