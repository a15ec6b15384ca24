"""Imported cases written: rows, events, handoffs, and the deadlines that follow from them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm.attributes import set_committed_value

from app.domain.accounts.models import Person
from app.domain.audit import trail
from app.domain.callbacks.models import Callback
from app.domain.cases import history, intake, repeats, transitions
from app.domain.cases.deadlines import sync
from app.domain.cases.deadlines.policy import is_urgent
from app.domain.cases.enums import CaseChannel, EventKind
from app.domain.cases.handoffs import sending
from app.domain.cases.models import Case, CaseEvent
from app.domain.imports.context import ImportContext, RowChange, audit, fetched
from app.domain.imports.kinds import case_times
from app.domain.imports.kinds.case_handoffs import Addressee, Handoffs, addressee_of, signer_of
from app.domain.imports.models import AwaitedCase
from app.domain.imports.phases import DEADLINES, WRITING
from app.domain.plans.enums import CaseKind, Urgency
from app.domain.projects import warranty
from app.extensions import db

MOVES_DEADLINES = {"kind", "urgency", "project"}
"""Columns of a case on which its deadlines depend."""
EVENTS_AT_ONCE = 10_000
LOOKED_UP = {"kind", "project", "category"}
MOVES_REPEATS = {"kind", "project", "category", "step:受理时间", "step:处理完成时间", "step:撤销时间"}


class Writer:
    """Writes what was judged of a file of cases."""

    def __init__(self, work: ImportContext, handoffs: Handoffs) -> None:
        self.work, self.handoffs = work, handoffs

    def write(self, changes: Sequence[RowChange]) -> None:
        """Rows and events first, then what is looked up among all of them, then the deadlines."""
        corrected: dict[int, list[CaseEvent]] = {}
        for place, change in enumerate(self.work.writing(changes)):
            needed_department = not change.is_new and bool(change.record.needs_department)
            events = self._write_case(change)
            if not change.is_new and (events or _moves_deadlines(change, needed_department=needed_department)):
                corrected[place] = events
        self._insert_events([change.record for change in changes if change.is_new])
        self._mark_repeats(changes)
        self._sync([change.record for place, change in enumerate(changes) if place not in corrected])
        for place, events in self.work.progress.passing(DEADLINES, list(corrected.items())):
            sync.supersede_from(changes[place].record, events, self.work.at)
        self._link_callbacks([change.record for change in changes if change.is_new])
        audit(self.work, changes)
        for change in changes:
            db.session.expire(change.record, ["events"])

    def _sync(self, cases: Sequence[Case]) -> None:
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
            intake.place(case)
        if "step:受理时间" in change.more:
            case.received_at = change.more["step:受理时间"]
        replaced = self._write_events(change)
        if case.round == 1 and _tells_of_the_work(change):
            history.replay(case, signer_of(self._handed_to(change)))
        if change.is_new or "step:受理时间" in change.more or not LOOKED_UP.isdisjoint(change.values):
            case.in_warranty = warranty.verdict(case.project, case.category, case.received_at).in_warranty
        self.handoffs.write(change)
        if to := change.more.get("to"):
            case.department = sending.department_of(to)
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
        intake.place(case)
        return case

    def _write_events(self, change: RowChange) -> list[CaseEvent]:
        case, events = change.record, self._events(change)
        if not change.is_new:
            return history.amend(case, events, self.work.at)
        set_committed_value(case, "events", events)  # written by _insert_events
        return []

    def _events(self, change: RowChange) -> list[CaseEvent]:
        """What the file tells anew, in the order of the work."""
        case: Case = change.record
        to = self._handed_to(change)
        worker = to if isinstance(to, Person) else None
        return [
            CaseEvent(
                kind=kind,
                round=1,
                happened_at=change.more[f"step:{column}"],
                recorded_at=self.work.at,
                by=worker if kind in history.BY_SITE else case.received_by,
                details=_details(case, kind, change),
                imported=True,
            )
            for column, kind in case_times.EVENTS.items()
            if f"step:{column}" in change.more
        ]

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

    def _handed_to(self, change: RowChange) -> Addressee:
        handoff = self.handoffs.known(None if change.is_new else change.record)
        to: Addressee = change.more.get("to", addressee_of(handoff))
        return to

    def _pass_on(self, change: RowChange) -> None:
        """Who received the case owns it; a correction of the one is a correction of the other."""
        case: Case = change.record
        receiver = change.values.get("received_by")
        if change.is_new or receiver is None or case.owner is not case.received_by:
            return
        if case.assignee is case.owner:
            case.assignee = receiver
        case.owner = receiver

    def _mark_repeats(self, changes: Sequence[RowChange]) -> None:
        """What the file gives; by the rule all other repairs of every project of which it says something new."""
        for case in (change.record for change in changes if "repeat_given" in change.values):
            case.is_repeat, case.repeat_of_id = bool(case.repeat_given), None
        touched = [change for change in changes if not MOVES_REPEATS.isdisjoint(change.values.keys() | change.more)]
        projects = sorted({change.record.project_id for change in touched if change.record.project_id})
        repairs = select(Case).where(Case.kind == CaseKind.REPAIR, Case.repeat_given.is_(None))
        judged = list(fetched(repairs, Case.project_id, projects))
        repeats.mark(judged, repeats.resolutions(projects))
        new = {change.record.id for change in changes if change.is_new}
        changed = ((case, trail.changes_of(case)) for case in judged if case.id not in new)
        flipped = [(case, changes) for case, changes in changed if changes]
        trail.record_all(self.work.event, flipped, by=self.work.by, at=self.work.at, reason=self.work.source[:500])

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


def _tells_of_the_work(change: RowChange) -> bool:
    judged = not {"kind", "is_valid"}.isdisjoint(change.values)
    return change.is_new or judged or any(key == "to" or key.startswith("step:") for key in change.more)


def _details(case: Case, kind: EventKind, change: RowChange) -> dict[str, Any]:
    """What the story shows beside the event."""
    to = change.more.get("to")
    handed = {"to": to.name} if kind is EventKind.HANDED_OVER and to else {}
    return transitions.facts_after(case, kind) | handed
