"""What is kept of cases: an event for each action, with the columns that it may change."""

from typing import Final

from app.domain.audit.events import Field, Subject
from app.domain.callbacks.enums import Outcome, Purpose
from app.domain.cases.actions import Action
from app.domain.cases.models import Case
from app.domain.core.enums import N_

CASES: Final = Subject(Case, "cases", N_("工单"))
ALWAYS: Final = ("state", "ended_at", "assignee_id", "assigned_at")
"""Where a case stands and in whose hands it is."""
CHANGED_BY: Final[dict[Action, tuple[str, ...]]] = {
    Action.FIND_VALID: ("is_valid", "needs_department"),
    Action.FIND_INVALID: ("is_valid", "needs_department"),
    Action.HAND_OVER: ("department_id",),
    Action.VISIT: ("finding", "responsibility", "responsible_id", "responsible_name"),
    Action.PLAN: ("solution", "agreed_on", "payer"),
    Action.DISPATCH: ("team_id",),
    Action.TAKE_RATING: ("rating",),
    Action.REOPEN: (
        "agreed_on", "finding", "needs_department", "next_due_at", "rating", "responsibility", "responsible_id",
        "responsible_name", "round", "solution", "team_id",
    ),
    Action.CLOSE: ("cause_id", "result_id", "lesson"),
    Action.RAISE: ("urgency",),
    Action.REASSIGN: ("owner_id",),
    Action.CLASSIFY: ("category_id", "in_warranty", "is_repeat", "repeat_of_id"),
    Action.RECORD_COSTS: ("labour", "material", "payer"),
}  # fmt: skip
FIELDS: Final[dict[Action, dict[str, Field]]] = {Action.ADD_PHOTOS: {"photos": Field(N_("照片"))}}
CALLED: Final = {
    Purpose.VERIFY: N_("打电话核实投诉"),
    Purpose.CONTACT: N_("打电话联系客户"),
    Purpose.CHECK_CALL: N_("打电话做48小时回访"),
    Purpose.PROGRESS: N_("打电话告知进展"),
}

REGISTER: Final = CASES.event("register", N_("登记工单"))
BY_ACTION: Final = {
    action: CASES.event(action.value, action.label, *ALWAYS, *CHANGED_BY.get(action, ()), fields=FIELDS.get(action))
    for action in Action
}
CALL_FOR: Final = {
    purpose: CASES.event(f"call_{purpose.value}", label, fields={"outcome": Field(N_("结果"), Outcome)})
    for purpose, label in CALLED.items()
}
