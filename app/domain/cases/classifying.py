"""改分类: left open when the case came in, or chosen wrongly. Warranty and repeat follow from it."""

from datetime import datetime

from app.domain.accounts.models import Person
from app.domain.cases import transitions
from app.domain.cases.enums import Action, EventKind
from app.domain.cases.models import Case
from app.domain.cases.registration import look_up
from app.domain.cases.repeats import mark_later
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.core.text import clean_lines
from app.domain.plans.models import Category


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
        case, Action.CLASSIFY, EventKind.CLASSIFIED, happened, by=by, at=at, note=clean_lines(reason, 4000, "reason"),
        before=before.full_name if before else "—", after=category.full_name,
    )  # fmt: skip
    mark_later(case)
