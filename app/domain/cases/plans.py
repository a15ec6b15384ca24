"""方案: what will be done, agreed with the customer, by which day; where they pay, at a price they agreed to."""

from datetime import date, datetime
from decimal import Decimal

from app.domain.accounts.models import Person
from app.domain.cases import transitions
from app.domain.cases.enums import Action, EventKind, Payer, Responsibility
from app.domain.cases.models import Case
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.plans.enums import CaseKind


def agree(
    case: Case,
    *,
    solution: str,
    agreed_on: date | None,
    by: Person,
    at: datetime,
    quote: Decimal | None = None,
    is_quote_agreed: bool = False,
    happened_at: datetime | None = None,
) -> None:
    """The customer agreed to the plan. `agreed_on` is the day by which the work is to be done.

    Refused without plan or day, with a day before the agreement, and where the customer pays (`is_charged`)
    without the price they agreed to.
    """
    happened = transitions.check(case, Action.PLAN, happened_at, at, by=by)
    solution = transitions.require_text(solution, N_("请写下和客户商定的方案。"), "solution")
    if agreed_on is None:
        raise Refused(N_("请填写和客户约定的完工日期。"), field="agreed_on")
    if agreed_on < clock.day_of(happened):
        raise Refused(N_("约定的日期不能早于商定方案的那天。"), field="agreed_on")
    if is_charged(case):
        if quote is None:
            raise Refused(N_("这次要收费，请填写报价。"), field="quote")
        if not is_quote_agreed:
            raise Refused(N_("客户同意报价之后才能确认方案。"), field="is_quote_agreed")
        case.payer = Payer.CUSTOMER
    case.solution, case.agreed_on = solution, agreed_on
    transitions.apply(
        case, Action.PLAN, EventKind.PLANNED, happened, by=by, at=at, note=solution,
        agreed_on=agreed_on, quote=quote if is_charged(case) else None,
    )  # fmt: skip


def is_charged(case: Case) -> bool:
    """Whether the customer pays a repair: out of warranty, or by their own cause."""
    out = case.in_warranty is False or case.responsibility is Responsibility.CUSTOMER
    return case.kind is CaseKind.REPAIR and out
