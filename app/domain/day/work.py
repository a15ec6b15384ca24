"""What one person must do: calls, cases, handoffs, tasks and notes as one list, most urgent first."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import joinedload

from app.domain.accounts.models import Department, Person
from app.domain.accounts.roles import SERVICE, SITE
from app.domain.accounts.scope import in_branch
from app.domain.callbacks.models import TO_CALL, Callback, Task
from app.domain.cases.enums import CaseState
from app.domain.cases.handoffs.models import Handoff
from app.domain.cases.handoffs.queries import handed_to
from app.domain.cases.models import NEVER, RUNNING, Case, Deadline
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.customers.models import Customer
from app.domain.followup.models import DepartmentNote
from app.domain.plans.enums import DeadlineKind
from app.extensions import db

SHOWN: Final = 50
"""How many of each sort of work are fetched: what comes after is not today's."""

INSTANT: Final = timedelta(microseconds=1)
"""What is due this very moment is not over yet."""

NEXT_BY_STATE: Final = {
    CaseState.REGISTERED: N_("处理工单"),
    CaseState.VALID: N_("处理或移交投诉"),
    CaseState.INVALID: N_("说明并办结"),
    CaseState.RETURNED: N_("重新移交"),
    CaseState.HANDED_OVER: N_("跟进签收"),
    CaseState.SIGNED: N_("联系客户、上门"),
    CaseState.CONTACTED: N_("上门定责"),
    CaseState.VISITED: N_("确认方案"),
    CaseState.PLANNED: N_("派工或开工"),
    CaseState.DISPATCHED: N_("跟进施工队"),
    CaseState.IN_WORK: N_("处理完成"),
    CaseState.RESOLVED: N_("看回访结果，办结"),
    CaseState.ANSWERED: N_("办结"),
}
NEXT_BY_DEADLINE: Final = {
    DeadlineKind.VERIFY: N_("核实投诉"),
    DeadlineKind.JUDGE: N_("判定投诉"),
    DeadlineKind.HANDOVER: N_("移交"),
    DeadlineKind.SIGN: N_("跟进签收"),
    DeadlineKind.CONTACT: N_("联系客户"),
    DeadlineKind.ON_SITE: N_("上门定责"),
    DeadlineKind.SOLUTION: N_("确认方案"),
    DeadlineKind.TEAM_CONTACT: N_("施工队联系客户"),
    DeadlineKind.WORK_DONE: N_("完工"),
    DeadlineKind.PROGRESS_TOLD: N_("告知进展"),
    DeadlineKind.CHECK_CALL: N_("48小时回访"),
    DeadlineKind.SATISFACTION: N_("满意度回访"),
    DeadlineKind.URGENT_CONTACT: N_("马上联系客户"),
}

FOLLOWED_UP: Final = NEXT_BY_DEADLINE | {
    DeadlineKind.CONTACT: N_("跟进联系客户"),
    DeadlineKind.ON_SITE: N_("跟进上门"),
    DeadlineKind.SOLUTION: N_("跟进方案"),
    DeadlineKind.TEAM_CONTACT: N_("跟进施工队联系"),
    DeadlineKind.WORK_DONE: N_("跟进完工"),
}
"""What the owner does about a promise that somebody else has to keep."""

EVERY_KIND: Final = tuple(DeadlineKind)
ON_SITE: Final = (
    DeadlineKind.CONTACT,
    DeadlineKind.ON_SITE,
    DeadlineKind.SOLUTION,
    DeadlineKind.TEAM_CONTACT,
    DeadlineKind.WORK_DONE,
    DeadlineKind.PROGRESS_TOLD,
    DeadlineKind.URGENT_CONTACT,
)
"""The promises that whoever signed for a case has to keep; the others are the owner's."""


@dataclass(frozen=True)
class Work:
    """One thing to do. `thing` is its record; `due_at` None: no clock runs. `verb` is a message id."""

    thing: Callback | Case | Handoff | Task | DepartmentNote
    verb: str
    customer: Customer
    due_at: datetime | None
    started_at: datetime
    deadline_kind: DeadlineKind | None = None


@dataclass(frozen=True)
class Group:
    """The work of one stretch of time. `tone` is how the group is coloured."""

    label: str
    tone: str | None
    works: list[Work]


def groups(person: Person, at: datetime) -> list[Group]:
    """The person's work in 已超时, 两小时内, 今天, 之后; groups without work are left out."""
    works = sorted(_each_once(work_of(person, at)), key=lambda work: work.due_at or NEVER)
    midnight = clock.at(clock.day_of(at) + timedelta(days=1))
    bounds = (
        (N_("已超时"), "over", at - INSTANT),
        (N_("两小时内"), "soon", at + timedelta(hours=2)),
        (N_("今天"), None, max(midnight, at + timedelta(hours=2))),
        (N_("之后"), None, NEVER),
    )
    found, rest = [], works
    for label, tone, until in bounds:
        inside = [work for work in rest if (work.due_at or NEVER) <= until]
        rest = rest[len(inside) :]
        if inside:
            found.append(Group(label, tone, inside))
    return found


def work_of(person: Person, at: datetime) -> Iterable[Work]:
    """Everything the person's roles make theirs, unsorted. What they left with their branch is no longer theirs."""
    parts: list[Iterable[Work]] = [_notes(person)]
    if person.has(*SERVICE):
        parts += [_callbacks(person, at), _tasks(person), _cases(person, Case.owner_id == person.id)]
    if person.has(*SITE):
        held = and_(Case.assignee_id == person.id, Case.owner_id != person.id)
        parts += [_handoffs(person), _cases(person, held, ON_SITE)]
    return chain.from_iterable(parts)


def _each_once(works: Iterable[Work]) -> list[Work]:
    """A satisfaction callback and the promise to make it are one thing to do: the call, due when the promise is."""
    found = list(works)
    promised = {work.thing.id: work.due_at for work in found if work.deadline_kind is DeadlineKind.SATISFACTION}
    called = {work.thing.case_id for work in found if isinstance(work.thing, Callback)}
    return [
        replace(work, due_at=promised.get(work.thing.case_id or 0, work.due_at))
        if isinstance(work.thing, Callback)
        else work
        for work in found
        if not (work.deadline_kind is DeadlineKind.SATISFACTION and work.thing.id in called)
    ]


def _callbacks(person: Person, at: datetime) -> Iterable[Work]:
    query = (
        select(Callback)
        .where(TO_CALL, Callback.assigned_to_id == person.id, Callback.window_first <= clock.day_of(at))
        .where(in_branch(person, Callback.branch_id))
        .options(joinedload(Callback.customer), joinedload(Callback.project))
        .order_by(Callback.wanted_at, Callback.id)
    )
    for row in _some(query):
        yield Work(row, N_("回访"), row.customer, row.wanted_at, clock.at(row.window_first))


def _cases(person: Person, whose: ColumnElement[bool], kinds: Collection[DeadlineKind] = EVERY_KIND) -> Iterable[Work]:
    """Open cases, each with the promise of these kinds that comes first, if one still runs."""
    query = (
        select(Case)
        .where(whose, Case.ended_at.is_(None), in_branch(person, Case.branch_id))
        .options(joinedload(Case.customer), joinedload(Case.project))
        .order_by(Case.next_due_at, Case.id)
    )
    cases = list(_some(query))
    promises = _first_promises(cases, kinds)
    for case in cases:
        promise = promises.get(case.id)
        if promise is None:
            yield Work(case, NEXT_BY_STATE[case.state], case.customer, None, case.received_at)
        else:
            verb = (FOLLOWED_UP if kinds is EVERY_KIND else NEXT_BY_DEADLINE)[promise.kind]
            yield Work(case, verb, case.customer, promise.due_at, promise.started_at, promise.kind)


def _first_promises(cases: Sequence[Case], kinds: Collection[DeadlineKind]) -> dict[int, Deadline]:
    """The running clock of each case that is due first; what the work has passed over is due before and left out."""
    due = {case.id: case.next_due_at for case in cases if case.next_due_at != NEVER}
    query = (
        select(Deadline)
        .where(RUNNING, Deadline.case_id.in_(due), Deadline.kind.in_(kinds))
        .order_by(Deadline.due_at.desc(), Deadline.id.desc())
    )
    rows = db.session.scalars(query) if due else ()
    return {row.case_id: row for row in rows if row.due_at >= due[row.case_id]}


def _handoffs(person: Person) -> Iterable[Work]:
    query = (
        select(Handoff)
        .join(Handoff.case)
        .where(handed_to(person, of_few=True), Handoff.answered_at.is_(None), in_branch(person, Case.branch_id))
        .options(joinedload(Handoff.case).joinedload(Case.customer), joinedload(Handoff.case).joinedload(Case.project))
        .order_by(Handoff.sent_at, Handoff.id)
    )
    for row in _some(query):
        yield Work(row, N_("签收"), row.case.customer, row.sign_by, row.sent_at, DeadlineKind.SIGN)


def _tasks(person: Person) -> Iterable[Work]:
    query = (
        select(Task)
        .where(Task.owner_id == person.id, Task.done_at.is_(None), in_branch(person, Task.branch_id))
        .options(joinedload(Task.customer), joinedload(Task.project))
        .order_by(Task.due_on, Task.id)
    )
    for row in _some(query):
        yield Work(row, row.kind.label, row.customer, clock.at(row.due_on + timedelta(days=1)), row.made_at)


def _notes(person: Person) -> Iterable[Work]:
    headed = select(Department.id).where(Department.head_id == person.id)
    query = (
        select(DepartmentNote)
        .join(DepartmentNote.callback)
        .where(
            in_branch(person, Callback.branch_id),
            DepartmentNote.answered_at.is_(None),
            or_(DepartmentNote.to_person_id == person.id, DepartmentNote.department_id.in_(headed)),
        )
        .options(joinedload(DepartmentNote.callback).joinedload(Callback.customer))
        .order_by(DepartmentNote.raised_at, DepartmentNote.id)
    )
    for row in _some(query):
        yield Work(row, N_("答复回访反馈"), row.callback.customer, None, row.raised_at)


def _some(query: Select[Any]) -> Iterable[Any]:
    return db.session.scalars(query.limit(SHOWN)).unique()
