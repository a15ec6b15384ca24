"""费用: labour, material, and who pays."""

from datetime import datetime
from decimal import Decimal

from app.domain.accounts.models import Person
from app.domain.audit import trail
from app.domain.cases import audit_events, transitions
from app.domain.cases.enums import Action, Payer
from app.domain.cases.models import Case
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.extensions import db


def record(
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
