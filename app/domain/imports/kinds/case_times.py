"""The times of a case in a file: which event each is, and in which order they must lie."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from app.domain.cases.enums import EventKind
from app.domain.core.enums import N_
from app.domain.imports.problems import CellRefused

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
