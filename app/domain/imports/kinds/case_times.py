"""The times of a case in a file: which event each is, and in which order they must lie."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from app.domain.cases.enums import CaseState, EventKind
from app.domain.cases.models import Case, CaseEvent
from app.domain.core.enums import N_
from app.domain.imports.problems import CellRefused
from app.domain.plans.enums import CaseKind

EVENTS: Final = {
    "受理时间": EventKind.RECEIVED,
    "核实时间": EventKind.VERIFIED,
    "判定时间": EventKind.JUDGED,
    "移交时间": EventKind.HANDED_OVER,
    "签收时间": EventKind.SIGNED,
    "联系时间": EventKind.CONTACTED,
    "上门时间": EventKind.VISITED,
    "方案时间": EventKind.PLANNED,
    "派工时间": EventKind.DISPATCHED,
    "施工队联系时间": EventKind.TEAM_CONTACTED,
    "处理完成时间": EventKind.RESOLVED,
    "满意度回访时间": EventKind.SATISFACTION,
    "办结时间": EventKind.CLOSED,
    "撤销时间": EventKind.CANCELLED,
}
"""In the order in which they happen."""

BY_SERVICE: Final = (
    EventKind.RECEIVED, EventKind.VERIFIED, EventKind.JUDGED, EventKind.HANDED_OVER, EventKind.SATISFACTION,
    EventKind.CLOSED, EventKind.CANCELLED,
)  # fmt: skip
"""Steps that whoever received the case takes; the others are taken by whom it was handed to."""

LEADS_TO: Final = {
    EventKind.RECEIVED: CaseState.REGISTERED,
    EventKind.HANDED_OVER: CaseState.HANDED_OVER,
    EventKind.SIGNED: CaseState.SIGNED,
    EventKind.CONTACTED: CaseState.CONTACTED,
    EventKind.VISITED: CaseState.VISITED,
    EventKind.PLANNED: CaseState.PLANNED,
    EventKind.DISPATCHED: CaseState.DISPATCHED,
    EventKind.WORK_STARTED: CaseState.IN_WORK,
    EventKind.RESOLVED: CaseState.RESOLVED,
    EventKind.CLOSED: CaseState.CLOSED,
    EventKind.CANCELLED: CaseState.CANCELLED,
}
SIMPLE: Final = (CaseKind.SUGGESTION, CaseKind.ENQUIRY, CaseKind.PRAISE)
Times = Mapping[str, datetime]


def refuse_disorder(times: Times) -> None:
    """The first time that lies before one that must not be later is refused; equal ones may stand.

    Each follows the last one given before it, but for two: 联系时间 may be anywhere after 移交时间, and nothing
    waits for it; 撤销时间 anywhere after 受理时间.
    """
    earlier, until_handover = "受理时间", "受理时间"
    for column in EVENTS:
        if column not in times or column == "受理时间":
            continue
        before = {"联系时间": until_handover, "撤销时间": "受理时间"}.get(column, earlier)
        if before in times and times[column] < times[before]:
            raise CellRefused(column, N_("%(column)s早于%(earlier)s。"), column=column, earlier=before)
        if column not in ("联系时间", "撤销时间"):
            earlier = column
        if column in ("核实时间", "判定时间", "移交时间"):
            until_handover = column


def standing(case: Case | None) -> dict[EventKind, CaseEvent]:
    """The events of the first round that hold, one of a kind: an imported one before others, else the earliest."""
    found: dict[EventKind, CaseEvent] = {}
    for event in case.events if case else ():
        if event.round != 1 or event.superseded_at is not None:
            continue
        known = found.get(event.kind)
        if known is None or (event.imported and not known.imported):
            found[event.kind] = event
    return found


def state_of(case: Case) -> CaseState:
    """The state to which the furthest event of the first round leads."""
    reached = standing(case)
    state = next((LEADS_TO[kind] for kind in reversed(LEADS_TO) if kind in reached), CaseState.REGISTERED)
    if state is CaseState.REGISTERED and case.kind is CaseKind.COMPLAINT and case.is_valid is not None:
        return CaseState.VALID if case.is_valid else CaseState.INVALID
    return CaseState.ANSWERED if state is CaseState.RESOLVED and case.kind in SIMPLE else state


def needs_department(case: Case) -> bool | None:
    """A valid complaint resolved without a handoff needed no department, any other valid one did; else None."""
    if case.kind is not CaseKind.COMPLAINT or not case.is_valid:
        return None
    reached = standing(case)
    return EventKind.RESOLVED not in reached or EventKind.HANDED_OVER in reached
