"""TS-20261121-003: a case's number, without gaps on a day, whoever registers at the same moment."""

from datetime import datetime
from typing import Final

from sqlalchemy import select

from app.domain.cases.models import Case, CaseNumber
from app.domain.core import clock
from app.domain.core.sql import insert
from app.domain.plans.enums import CaseKind
from app.extensions import db

PREFIX: Final = {
    CaseKind.COMPLAINT: "TS",
    CaseKind.REPAIR: "BX",
    CaseKind.SUGGESTION: "JY",
    CaseKind.ENQUIRY: "ZX",
    CaseKind.PRAISE: "BY",
}


def next_number(kind: CaseKind, at: datetime) -> str:
    """The next number of the kind on the firm's day of `at`. A number that an import brought is passed over.

    The counter's row stays locked until the caller's transaction ends: who rolls back gives the number back.
    """
    while True:
        day = clock.day_of(at)
        number = f"{PREFIX[kind]}-{day:%Y%m%d}-{_raised(kind, at):03d}"
        if db.session.scalar(select(Case.id).where(Case.number == number)) is None:
            return number


def _raised(kind: CaseKind, at: datetime) -> int:
    counted = insert(CaseNumber).values(day=clock.day_of(at), kind=kind, last=1)
    raised = counted.on_conflict_do_update(index_elements=["day", "kind"], set_={"last": CaseNumber.last + 1})
    return int(db.session.execute(raised.returning(CaseNumber.last)).scalar_one())
