"""What a case is: whether a complaint holds and who is to solve it, its category, how urgent it turned out to be."""

from datetime import datetime
from typing import Final

from app.domain.accounts.models import Person
from app.domain.cases import contact, transitions
from app.domain.cases.actions import Action
from app.domain.cases.enums import EventKind
from app.domain.cases.intake import look_up
from app.domain.cases.models import Case
from app.domain.cases.repeats import mark_later
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.core.text import clean_lines
from app.domain.plans.enums import DeadlineKind, Urgency
from app.domain.plans.models import Category


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
    action = Action.FIND_VALID if is_valid else Action.FIND_INVALID
    happened = transitions.check(case, action, happened_at, at, by=by)
    if not is_verified(case):
        raise Refused(N_("请先回电核实，再判定。"))
    if is_valid and needs_department is None:
        raise Refused(N_("请选择由谁来解决。"), field="needs_department")
    if not is_valid:
        reason = transitions.require_text(reason, N_("判定不成立要写明理由。"), "reason")
    case.is_valid = is_valid
    case.needs_department = needs_department if is_valid else None
    transitions.apply(case, action, happened, by=by, at=at, note=reason)


def is_verified(case: Case) -> bool:
    """Whether the customer was asked, or called in vain often enough."""
    return transitions.has_event(case, EventKind.VERIFIED) or contact.is_given_up(case, DeadlineKind.VERIFY)


def classify(case: Case, category: Category | None, *, reason: str, by: Person, at: datetime) -> None:
    """The case belongs to this category. Refused without one, for the one it has, and, where it had one, without
    saying why.
    """
    happened = transitions.check(case, Action.CLASSIFY, None, at, by=by)
    before = case.category
    if category is None or category is before:
        raise Refused(N_("请选择另一个分类。"), field="category_id")
    if before is not None:
        reason = transitions.require_text(reason, N_("请写明为什么改分类。"), "reason")
    case.category = category
    look_up(case)
    transitions.apply(
        case, Action.CLASSIFY, happened, by=by, at=at, note=clean_lines(reason, 4000, "reason"),
        before=before.full_name if before else "—", after=category.full_name,
    )  # fmt: skip
    mark_later(case)


ORDER: Final = list(Urgency)


def urgencies_above(urgency: Urgency) -> list[Urgency]:
    """What the urgency can be raised to."""
    return ORDER[ORDER.index(urgency) + 1 :]


def raise_urgency(case: Case, urgency: Urgency | None, *, reason: str, by: Person, at: datetime) -> None:
    """More urgent from now on. Refused without a reason, and when it isn't more."""
    happened = transitions.check(case, Action.RAISE, None, at, by=by)
    if urgency is None or urgency not in urgencies_above(case.urgency):
        raise Refused(N_("请选择更高的紧急程度。"), field="urgency")
    reason = transitions.require_text(reason, N_("请写明为什么更紧急。"), "reason")
    before, case.urgency = case.urgency, urgency
    transitions.apply(
        case,
        Action.RAISE,
        happened,
        by=by,
        at=at,
        note=reason,
        before=before.value,
        after=urgency.value,
    )
