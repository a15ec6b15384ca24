"""The whole story of a customer or a project in time order: calls, cases, handoffs, stages, corrections."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from app.domain import access
from app.domain.accounts.models import Department, Person
from app.domain.audit.models import AuditEntry
from app.domain.callbacks.enums import CallbackState
from app.domain.callbacks.models import Callback
from app.domain.cases.handoffs.enums import HandoffState
from app.domain.cases.handoffs.models import Handoff
from app.domain.cases.models import Case
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.customers.models import Customer
from app.domain.plans.models import CallbackRule
from app.domain.projects.models import Project
from app.domain.timeline.corrections import STAFFED, TITLES, is_first_assignment, is_told
from app.extensions import db

TO_COME = (CallbackState.DUE, CallbackState.SCHEDULED)
MOST_CORRECTIONS = 200


@dataclass(frozen=True)
class Event:
    """Something that happened. `title` is a message id, `words` its parameters that need translating themselves.

    `link` is the page and the record it opens; `is_day`: only the day is known; `changed`: the table that `changes`
    are about.
    """

    at: datetime
    kind: str
    title: str
    params: dict[str, Any] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    who: str = ""
    body: str = ""
    rating: int | None = None
    changed: str = ""
    changes: dict[str, list[Any]] = field(default_factory=dict)
    link: tuple[str, int] | None = None
    is_day: bool = False


Rows = Sequence[Any]


def calls(of: ColumnElement[bool], person: Person) -> Rows:
    """The callbacks of a project or customer that the person may see, the oldest window first: one query."""
    seen = access.visible_callbacks(person).where(of).with_only_columns(Callback.id).correlate(None)
    query = (
        select(
            Callback.id, Callback.project_id, Callback.occasion, Callback.state, Callback.state_reason,
            Callback.reached_at, Callback.window_first, Callback.window_last, Callback.effective,
            Callback.rating, Callback.remarks, Person.name.label("who"), CallbackRule.stage,
        )
        .outerjoin(CallbackRule, CallbackRule.id == Callback.rule_id)
        .outerjoin(Person, Person.id == Callback.reached_by_id)
        .where(Callback.id.in_(seen))
        .order_by(Callback.window_last, Callback.id)
    )  # fmt: skip
    return db.session.execute(query).all()


def cases(of: ColumnElement[bool], person: Person) -> Rows:
    """The cases of a project or customer that the person may see, a row for each handoff: one query."""
    seen = access.visible_cases(person).where(of).with_only_columns(Case.id).correlate(None)
    query = (
        select(
            Case.id, Case.number, Case.kind, Case.state, Case.content, Case.received_at, Case.ended_at, Case.agreed_on,
            Case.next_due_at, Case.rating, Handoff.id.label("handoff_id"), Handoff.sent_at, Handoff.answered_at,
            Handoff.state.label("handoff_state"), Person.name.label("to_person"),
            Department.name.label("to_department"),
        )
        .outerjoin(Handoff, Handoff.case_id == Case.id)
        .outerjoin(Person, Person.id == Handoff.to_person_id)
        .outerjoin(Department, Department.id == Handoff.to_department_id)
        .where(Case.id.in_(seen))
        .order_by(Case.received_at, Case.id, Handoff.id)
    )  # fmt: skip
    return db.session.execute(query).all()


def once(rows: Rows) -> list[Any]:
    """One row for each case, in order."""
    return list({row.id: row for row in rows}.values())


def corrections(customer_id: int | None, project_ids: Iterable[int]) -> Rows:
    """What was changed on the records, the newest 200: one query."""
    about = [and_(AuditEntry.subject == Project.__tablename__, AuditEntry.subject_id.in_(list(project_ids)))]
    if customer_id is not None:
        about.append(and_(AuditEntry.subject == Customer.__tablename__, AuditEntry.subject_id == customer_id))
    query = (
        select(
            AuditEntry.id, AuditEntry.at, AuditEntry.action, AuditEntry.reason, AuditEntry.subject,
            AuditEntry.subject_id, AuditEntry.changes,
            Person.name.label("who"),
        )
        .outerjoin(Person, Person.id == AuditEntry.by_id)
        .where(or_(*about), AuditEntry.action.in_(TITLES))
        .order_by(AuditEntry.id.desc())
        .limit(MOST_CORRECTIONS)
    )  # fmt: skip
    return db.session.execute(query).all()


def told(
    *,
    customer: Customer | None = None,
    projects: Iterable[Project] = (),
    calls: Rows = (),
    cases: Rows = (),
    corrections: Rows = (),
) -> list[Event]:
    """Everything as events, the newest last; what happened at once stands in the order in which work goes."""
    events = []
    if customer is not None:
        who = customer.entered_by.name if customer.entered_by else ""
        events.append(Event(customer.created_at, "user", N_("登记客户"), who=who))
    events += [event for project in projects for event in _of_project(project)]
    events += [_received(row) for row in once(cases)]
    events += [event for row in cases if row.handoff_id for event in _of_handoff(row)]
    events += [_of_call(row) for row in calls if row.state not in TO_COME]
    events += [_ended(row) for row in once(cases) if row.ended_at]
    events += _of_corrections([row for row in reversed(corrections) if is_told(row.action, row.changes)])
    return sorted(events, key=lambda event: event.at)


def _of_call(row: Any) -> Event:
    words = {"occasion": row.occasion.label, "state": row.state.label}
    done = row.state is CallbackState.DONE
    return Event(
        row.reached_at or clock.at(row.window_last),
        "callbacks",
        N_("回访 · %(occasion)s") if done else N_("回访 · %(occasion)s：%(state)s"),
        words=words,
        who=row.who or "",
        body=row.remarks or row.state_reason,
        rating=row.rating,
        link=("callbacks", row.id),
        is_day=row.reached_at is None,
    )


def _received(row: Any) -> Event:
    title, words, params = N_("受理%(kind)s %(number)s"), {"kind": row.kind.label}, {"number": row.number}
    return Event(row.received_at, "cases", title, params, words, body=row.content, link=("cases", row.id))


def _ended(row: Any) -> Event:
    title, params = N_("%(kind)s %(number)s %(state)s"), {"number": row.number}
    words = {"kind": row.kind.label, "state": row.state.label}
    return Event(row.ended_at, "done", title, params, words, rating=row.rating, link=("cases", row.id))


def _of_handoff(row: Any) -> list[Event]:
    to = row.to_person or row.to_department or ""
    params, link = {"number": row.number, "to": to}, ("cases", row.id)
    events = [Event(row.sent_at, "handoffs", N_("%(number)s 移交给%(to)s"), params, link=link)]
    if row.answered_at:
        signed = row.handoff_state is not HandoffState.REFUSED
        title = N_("%(to)s签收 %(number)s") if signed else N_("%(to)s退回 %(number)s")
        events.append(Event(row.answered_at, "check" if signed else "back", title, params, link=link))
    return events


def _of_project(project: Project) -> list[Event]:
    link, params = ("projects", project.id), {"number": project.contract_number}
    events = [Event(project.created_at, "projects", N_("登记工程 %(number)s"), params, link=link)]
    for stage in project.plan.stages:
        if (day := project.actual(stage.code)) is not None:
            title, words = N_("%(stage)s · %(number)s"), {"stage": stage.label}
            events.append(Event(clock.at(day), "flag", title, params, words, link=link, is_day=True))
    return events


def _of_corrections(rows: Rows) -> list[Event]:
    """An event for each; one for all who were given their first function on a project at one moment."""
    events: dict[Any, Event] = {}
    for row in rows:
        staffed = is_first_assignment(row.action, row.changes)
        key = (row.at, row.who, row.subject_id) if staffed else row.id
        changes = events[key].changes | row.changes if key in events else row.changes
        title = STAFFED if staffed else TITLES[row.action]
        events[key] = Event(
            row.at, "edit", title, who=row.who or "", body=row.reason, changed=row.subject, changes=changes
        )
    return list(events.values())
