"""The work on a case: what was found on the spot, the solution agreed, the team sent, the work done, what it cost."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from app.domain.accounts.models import Person
from app.domain.audit import trail
from app.domain.cases import audit_events, photos, transitions
from app.domain.cases.actions import Action
from app.domain.cases.enums import Payer, Responsibility
from app.domain.cases.events import CaseResolved
from app.domain.cases.models import Case
from app.domain.cases.repeats import mark_later
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.core.events import publish
from app.domain.core.text import clean
from app.domain.files.models import StoredFile
from app.domain.plans.enums import CaseKind
from app.domain.projects.models import Team
from app.extensions import db


def visit(
    case: Case,
    *,
    finding: str,
    responsibility: Responsibility | None,
    by: Person,
    at: datetime,
    responsible: Person | None = None,
    responsible_name: str = "",
    happened_at: datetime | None = None,
    pictures: Sequence[StoredFile] = (),
) -> None:
    """Someone was on the spot. Refused without what they found and whose responsibility it is."""
    happened = transitions.check(case, Action.VISIT, happened_at, at, by=by)
    finding = transitions.require_text(finding, N_("请写下现场看到的情况。"), "finding")
    if responsibility is None:
        raise Refused(N_("请选择责任方。"), field="responsibility")
    case.finding, case.responsibility = finding, responsibility
    case.responsible = responsible
    case.responsible_name = clean(responsible_name, 60, "responsible_name")
    event = transitions.apply(case, Action.VISIT, happened, by=by, at=at, note=finding)
    photos.attach(case, pictures, event)


def plan(
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
        case, Action.PLAN, happened, by=by, at=at, note=solution,
        agreed_on=agreed_on, quote=quote if is_charged(case) else None,
    )  # fmt: skip


def is_charged(case: Case) -> bool:
    """Whether the customer pays a repair: out of warranty, or by their own cause."""
    out = case.in_warranty is False or case.responsibility is Responsibility.CUSTOMER
    return case.kind is CaseKind.REPAIR and out


def dispatch(
    case: Case, team: Team | None, *, by: Person, at: datetime, happened_at: datetime | None = None, note: str = ""
) -> None:
    """A team is sent to a repair. Refused without one."""
    happened = transitions.check(case, Action.DISPATCH, happened_at, at, by=by)
    if team is None:
        raise Refused(N_("请选择施工队。"), field="team_id")
    case.team = team
    transitions.apply(case, Action.DISPATCH, happened, by=by, at=at, note=note)


def contact_by_team(
    case: Case, *, by: Person, at: datetime, happened_at: datetime | None = None, note: str = ""
) -> None:
    """The team reached the customer."""
    happened = transitions.check(case, Action.CONTACT_BY_TEAM, happened_at, at, by=by)
    transitions.apply(case, Action.CONTACT_BY_TEAM, happened, by=by, at=at, note=note)


def start_work(case: Case, *, by: Person, at: datetime, happened_at: datetime | None = None, note: str = "") -> None:
    """The work began; from now on the customer is told again and again how it goes."""
    happened = transitions.check(case, Action.START_WORK, happened_at, at, by=by)
    transitions.apply(case, Action.START_WORK, happened, by=by, at=at, note=note)


def resolve(
    case: Case,
    *,
    done: str,
    by: Person,
    at: datetime,
    is_confirmed: bool = False,
    is_advised: bool = False,
    happened_at: datetime | None = None,
    pictures: Sequence[StoredFile] = (),
) -> None:
    """The work is done, and the customer is to be asked how satisfied they are.

    Refused without saying what was done; a repair also without the customer's confirmation on the spot and the
    advice on care.
    """
    happened = transitions.check(case, Action.RESOLVE, happened_at, at, by=by)
    done = transitions.require_text(done, N_("请写下做了什么。"), "done")
    if case.kind is CaseKind.REPAIR:
        if not is_confirmed:
            raise Refused(N_("请客户当场确认之后再记处理完成。"), field="is_confirmed")
        if not is_advised:
            raise Refused(N_("请先告诉客户怎样保养。"), field="is_advised")
    event = transitions.apply(case, Action.RESOLVE, happened, by=by, at=at, note=done)
    photos.attach(case, pictures, event)
    publish(CaseResolved(case, by, at))
    mark_later(case)


def record_costs(
    case: Case, *, labour: Decimal | None, material: Decimal | None, payer: Payer | None, by: Person, at: datetime
) -> None:
    """What it cost. Sums in yuan, not below zero. Refused without the payer of a sum."""
    transitions.check(case, Action.RECORD_COSTS, None, at, by=by)
    for name, amount in (("labour", labour), ("material", material)):
        if amount is not None and amount < 0:
            raise Refused(N_("金额不能小于零。"), field=name)
    if (labour or material) and payer is None:
        raise Refused(N_("请选择由谁承担。"), field="payer")
    case.labour, case.material, case.payer = labour, material, payer
    trail.record(audit_events.BY_ACTION[Action.RECORD_COSTS], case, by=by, at=at, changes=trail.changes_of(case))
    db.session.flush()  # else the next entry of this transaction tells it again
