"""Imported cases written: rows, events, handoffs, and the deadlines that follow from them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm.attributes import set_committed_value

from app.domain.accounts.models import Person
from app.domain.callbacks.models import Callback
from app.domain.cases.deadlines import sync
from app.domain.cases.deadlines.policy import is_urgent
from app.domain.cases.enums import CaseChannel, CaseState, EventKind
from app.domain.cases.models import Case, CaseEvent
from app.domain.imports.context import ImportContext, RowChange, audit, fetched
from app.domain.imports.kinds import case_times
from app.domain.imports.kinds.case_handoffs import Addressee, Handoffs, addressee_of, signer_of
from app.domain.imports.kinds.case_lists import Warranties
from app.domain.imports.kinds.case_repeats import mark_repeats
from app.domain.imports.models import AwaitedCase
from app.domain.imports.phases import DEADLINES, WRITING
from app.domain.plans.enums import Urgency
from app.domain.plans.models import ServicePlan
from app.extensions import db

MOVES_DEADLINES = {"kind", "urgency", "project"}
"""Columns of a case on which its deadlines depend."""
EVENTS_AT_ONCE = 10_000
LOOKED_UP = {"kind", "project", "category"}
IN_OTHER_HANDS = (
    CaseState.SIGNED, CaseState.CONTACTED, CaseState.VISITED, CaseState.PLANNED, CaseState.DISPATCHED,
    CaseState.IN_WORK,
)  # fmt: skip


class Writer:
    """Writes what was judged of a file of cases."""

    def __init__(self, work: ImportContext, handoffs: Handoffs) -> None:
        self.work, self.handoffs = work, handoffs
        self.warranties = Warranties()
        self.default_plan = db.session.scalars(select(ServicePlan).where(ServicePlan.is_default)).one()

    def write(self, changes: Sequence[RowChange]) -> None:
        """Rows and events first, then what is looked up among all of them, then the deadlines."""
        corrected: dict[int, list[CaseEvent]] = {}
        for place, change in enumerate(self.work.writing(changes)):
            needed_department = not change.is_new and bool(change.record.needs_department)
            events = self._write_case(change)
            if not change.is_new and (events or _moves_deadlines(change, needed_department=needed_department)):
                corrected[place] = events
        self._insert_events([change.record for change in changes if change.is_new])
        mark_repeats(self.work, changes)
        self._settle([change.record for place, change in enumerate(changes) if place not in corrected])
        for place, events in self.work.progress.passing(DEADLINES, list(corrected.items())):
            sync.supersede_from(changes[place].record, events, self.work.at)
        self._link_callbacks([change.record for change in changes if change.is_new])
        audit(self.work, changes)
        for change in changes:
            db.session.expire(change.record, ["events"])

    def _settle(self, cases: Sequence[Case]) -> None:
        for first in range(0, len(cases), sync.AT_ONCE):
            self.work.progress.reached(DEADLINES, first, len(cases))
            sync.sync_all(cases[first : first + sync.AT_ONCE], self.work.at)

    def _write_case(self, change: RowChange) -> list[CaseEvent]:
        """Write everything but the deadlines; the events that are replaced by others."""
        if change.is_new:
            change.record = self._new(change)
        case: Case = change.record
        self._pass_on(change)
        change.write()
        if "project" in change.values:
            self._place(case)
        if "step:受理时间" in change.more:
            case.received_at = change.more["step:受理时间"]
        replaced = self._write_events(change)
        if case.round == 1:
            case.needs_department = case_times.needs_department(case)
            case.state = case_times.state_of(case)
            case.ended_at = self._ended_at(case)
        if change.is_new or "step:受理时间" in change.more or not LOOKED_UP.isdisjoint(change.values):
            case.in_warranty = self.warranties.covers(case.project, case.category, case.received_at)
        self.handoffs.write(change)
        self._write_hands(change)
        return replaced

    def _new(self, change: RowChange) -> Case:
        receiver: Person = change.values["received_by"]
        received_at = change.more["step:受理时间"]
        case = Case(
            channel=CaseChannel.PHONE,
            urgency=Urgency.NORMAL,
            round=1,
            is_repeat=False,
            recorded_at=self.work.at,
            received_at=received_at,
            owner=receiver,
            assignee=receiver,
            assigned_at=received_at,
            customer=change.values["customer"],
            project=change.values.get("project"),
            received_by=receiver,
            events=[],
            deadlines=[],
            attempts=[],
            photos=[],
            request="",
        )
        db.session.add(case)
        self._place(case)
        return case

    def _place(self, case: Case) -> None:
        """Plan, branch and project manager as they are at the time of the import."""
        project = case.project
        manager = project.manager if project else None
        case.service_plan = project.plan if project else self.default_plan
        case.project_manager = manager
        case.branch = (project.branch if project else None) or case.customer.branch or case.received_by.branch

    def _write_events(self, change: RowChange) -> list[CaseEvent]:
        case: Case = change.record
        kept = case_times.standing(case)
        replaced, events = [], []
        for column, kind in case_times.EVENTS.items():
            at: datetime | None = change.more.get(f"step:{column}")
            if at is None:
                continue
            if kind in kept:
                kept[kind].superseded_at = self.work.at
                replaced.append(kept[kind])
            events.append(
                CaseEvent(
                    kind=kind,
                    round=1,
                    happened_at=at,
                    recorded_at=self.work.at,
                    by=case.received_by if kind in case_times.BY_SERVICE else self._worker(change),
                    details=_details(case, kind, change),
                    imported=True,
                )
            )
        if change.is_new:
            set_committed_value(case, "events", events)
        else:
            case.events.extend(events)
        return replaced

    def _insert_events(self, cases: Sequence[Case]) -> None:
        """The events of new cases, past the unit of work: a dozen a case, they took a third of the writing there."""
        columns = ("round", "kind", "happened_at", "recorded_at", "details", "imported")
        rows = [
            {name: getattr(event, name) for name in columns}
            | {"case_id": case.id, "by_id": event.by.id if event.by else None}
            for case in cases
            for event in case.events
        ]
        for first in range(0, len(rows), EVENTS_AT_ONCE):
            self.work.progress.reached(WRITING)
            db.session.execute(insert(CaseEvent), rows[first : first + EVENTS_AT_ONCE])

    def _worker(self, change: RowChange) -> Person | None:
        to = self._handed_to(change)
        return to if isinstance(to, Person) else None

    def _handed_to(self, change: RowChange) -> Addressee:
        handoff = self.handoffs.known(None if change.is_new else change.record)
        to: Addressee = change.more.get("to", addressee_of(handoff))
        return to

    def _ended_at(self, case: Case) -> datetime | None:
        reached = case_times.standing(case)
        ended = reached.get(EventKind.CANCELLED) or reached.get(EventKind.CLOSED)
        return ended.happened_at if ended else None

    def _pass_on(self, change: RowChange) -> None:
        """Who received the case owns it; a correction of the one is a correction of the other."""
        case: Case = change.record
        receiver = change.values.get("received_by")
        if change.is_new or receiver is None or case.owner is not case.received_by:
            return
        if case.assignee is case.owner:
            case.assignee = receiver
        case.owner = receiver

    def _write_hands(self, change: RowChange) -> None:
        """The department it went to, and who has it in hand now."""
        case: Case = change.record
        if to := change.more.get("to"):
            case.department = to.department if isinstance(to, Person) else to
        touched = change.is_new or any(key == "to" or key.startswith("step:") for key in change.more)
        if not touched or case.round > 1:
            return
        signed = case_times.standing(case).get(EventKind.SIGNED)
        signer = signer_of(self._handed_to(change)) if case.state in IN_OTHER_HANDS else None
        if signer is not None and signed is not None:
            case.assignee, case.assigned_at = signer, signed.happened_at
        elif case.state not in IN_OTHER_HANDS:
            case.assignee = case.owner

    def _link_callbacks(self, cases: Sequence[Case]) -> None:
        """Callbacks that named the case before it was imported."""
        by_number = {case.number: case for case in cases}
        awaited = list(fetched(select(AwaitedCase), AwaitedCase.case_number, by_number))
        callbacks = fetched(select(Callback), Callback.id, (one.callback_id for one in awaited))
        found = {callback.id: callback for callback in callbacks}
        for one in awaited:
            found[one.callback_id].case = by_number[one.case_number]
            db.session.delete(one)
        db.session.flush()


def _moves_deadlines(change: RowChange, *, needed_department: bool) -> bool:
    """Whether deadlines that stand may have to give way: not so where events are only added."""
    case: Case = change.record
    sooner = {f"step:{column}" for column in ("核实时间", "联系时间", "上门时间")}
    met_sooner = is_urgent(case.urgency) and not sooner.isdisjoint(change.more)
    unneeded = needed_department and not case.needs_department
    return met_sooner or unneeded or "to" in change.more or not MOVES_DEADLINES.isdisjoint(change.values)


def _details(case: Case, kind: EventKind, change: RowChange) -> dict[str, Any]:
    """What the story shows beside the event."""
    to = change.more.get("to")
    details: dict[EventKind, dict[str, Any]] = {
        EventKind.JUDGED: {"valid": case.is_valid},
        EventKind.HANDED_OVER: {"to": to.name if to else ""},
        EventKind.VISITED: {
            "responsibility": case.responsibility.value if case.responsibility else "",
            "responsible": case.responsible.name if case.responsible else case.responsible_name or "",
        },
        EventKind.DISPATCHED: {"team": case.team.name if case.team else ""},
        EventKind.SATISFACTION: {"rating": case.rating},
    }
    return {name: value for name, value in details.get(kind, {}).items() if value not in (None, "")}
