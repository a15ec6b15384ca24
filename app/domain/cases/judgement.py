"""判定: does the complaint hold, and who is to solve it."""

from datetime import datetime

from app.domain.accounts.models import Person
from app.domain.cases import calls, transitions
from app.domain.cases.enums import Action, EventKind
from app.domain.cases.models import Case
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.plans.enums import DeadlineKind


def judge(
    case: Case,
    *,
    is_valid: bool,
    by: Person,
    at: datetime,
    needs_department: bool | None = None,
    reason: str = "",
    happened_at: datetime | None = None,
) -> None:
    """A complaint holds or doesn't. Refused before the customer was called; when it holds, without saying who solves
    it; when it doesn't, without a reason.
    """
    move = Action.FIND_VALID if is_valid else Action.FIND_INVALID
    happened = transitions.check(case, move, happened_at, at, by=by)
    if not is_verified(case):
        raise Refused(N_("请先回电核实，再判定。"))
    if is_valid and needs_department is None:
        raise Refused(N_("请选择由谁来解决。"), field="needs_department")
    if not is_valid:
        reason = transitions.require_text(reason, N_("判定不成立要写明理由。"), "reason")
    case.is_valid = is_valid
    case.needs_department = needs_department if is_valid else None
    transitions.apply(
        case, move, EventKind.JUDGED, happened, by=by, at=at, note=reason,
        valid=is_valid, needs_department=case.needs_department,
    )  # fmt: skip


def is_verified(case: Case) -> bool:
    """Whether the customer was asked, or called in vain often enough."""
    return transitions.has_event(case, EventKind.VERIFIED) or calls.is_given_up(case, DeadlineKind.VERIFY)
