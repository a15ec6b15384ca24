"""The times of a case in a file: which step each is, and in which order they must lie."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from app.domain.cases.enums import CaseState, StepKind
from app.domain.cases.models import Case, CaseStep
from app.domain.core.enums import N_
from app.domain.plans.enums import CaseKind
from app.domain.transfer.problems import CellRefused

STEPS: Final = {
    "受理时间": StepKind.RECEIVED,
    "核实时间": StepKind.VERIFIED,
    "判定时间": StepKind.JUDGED,
    "移交时间": StepKind.HANDED_OVER,
    "签收时间": StepKind.SIGNED,
    "联系时间": StepKind.CONTACTED,
    "上门时间": StepKind.VISITED,
    "方案时间": StepKind.PLANNED,
    "派工时间": StepKind.DISPATCHED,
    "施工队联系时间": StepKind.TEAM_CONTACTED,
    "处理完成时间": StepKind.RESOLVED,
    "满意度回访时间": StepKind.SATISFACTION,
    "办结时间": StepKind.CLOSED,
    "撤销时间": StepKind.CANCELLED,
}
"""In the order in which they happen."""

BY_SERVICE: Final = (
    StepKind.RECEIVED, StepKind.VERIFIED, StepKind.JUDGED, StepKind.HANDED_OVER, StepKind.SATISFACTION,
    StepKind.CLOSED, StepKind.CANCELLED,
)  # fmt: skip
"""Steps that whoever received the case takes; the others are taken by whom it was handed to."""

LEADS_TO: Final = {
    StepKind.RECEIVED: CaseState.REGISTERED,
    StepKind.HANDED_OVER: CaseState.HANDED_OVER,
    StepKind.SIGNED: CaseState.SIGNED,
    StepKind.CONTACTED: CaseState.CONTACTED,
    StepKind.VISITED: CaseState.VISITED,
    StepKind.PLANNED: CaseState.PLANNED,
    StepKind.DISPATCHED: CaseState.DISPATCHED,
    StepKind.WORK_STARTED: CaseState.IN_WORK,
    StepKind.RESOLVED: CaseState.RESOLVED,
    StepKind.CLOSED: CaseState.CLOSED,
    StepKind.CANCELLED: CaseState.CANCELLED,
}
SIMPLE: Final = (CaseKind.SUGGESTION, CaseKind.ENQUIRY, CaseKind.PRAISE)
Times = Mapping[str, datetime]


def refuse_disorder(times: Times) -> None:
    """The first time that lies before one that must not be later is refused; equal ones may stand.

    Each follows the last one given before it, but for two: 联系时间 may be anywhere after 移交时间, and nothing
    waits for it; 撤销时间 anywhere after 受理时间.
    """
    earlier, until_handover = "受理时间", "受理时间"
    for column in STEPS:
        if column not in times or column == "受理时间":
            continue
        before = {"联系时间": until_handover, "撤销时间": "受理时间"}.get(column, earlier)
        if before in times and times[column] < times[before]:
            raise CellRefused(column, N_("%(column)s早于%(earlier)s。"), column=column, earlier=before)
        if column not in ("联系时间", "撤销时间"):
            earlier = column
        if column in ("核实时间", "判定时间", "移交时间"):
            until_handover = column


def standing(case: Case | None) -> dict[StepKind, CaseStep]:
    """The steps of the first round that hold, one of a kind: an imported one before others, else the earliest."""
    found: dict[StepKind, CaseStep] = {}
    for step in case.steps if case else ():
        if step.round != 1 or step.superseded_at is not None:
            continue
        known = found.get(step.kind)
        if known is None or (step.imported and not known.imported):
            found[step.kind] = step
    return found


def state_of(case: Case) -> CaseState:
    """The state to which the furthest step of the first round leads."""
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
    return StepKind.RESOLVED not in reached or StepKind.HANDED_OVER in reached
