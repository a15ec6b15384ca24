"""催办: the customer calls again about the same thing. Counted, dated, seen by the owner; nothing else moves."""

from datetime import datetime

from sqlalchemy import select

from app.domain.accounts.models import Person
from app.domain.cases import transitions
from app.domain.cases.enums import Action, EventKind
from app.domain.cases.models import Case, CaseEvent
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Conflict
from app.extensions import db


def chase(case: Case, *, by: Person, at: datetime, note: str = "", seen: int | None = None) -> CaseEvent:
    """One more chase. Refused on an ended case.

    `seen`: how many chases the person knew of. A Conflict where there are more by now: one call of the customer,
    noted from two pages, counts once.
    """
    happened = transitions.check(case, Action.CHASE, None, at, by=by)
    if seen is not None:
        _refuse_unseen(case, seen)
    return transitions.apply(case, Action.CHASE, EventKind.CHASED, happened, by=by, at=at, note=note)


def chases_of(case: Case) -> int:
    """How often the case was chased, over all rounds."""
    return len(_chases(case))


def _chases(case: Case) -> list[CaseEvent]:
    return [event for event in case.events if event.kind is EventKind.CHASED and event.superseded_at is None]


def _refuse_unseen(case: Case, seen: int) -> None:
    db.session.execute(select(Case.id).where(Case.id == case.id).with_for_update())  # who chases too waits here
    db.session.expire(case, ["events"])
    chases = _chases(case)
    if len(chases) > seen:
        who = chases[-1].by.name if chases[-1].by else ""
        when = clock.local(chases[-1].happened_at).strftime("%Y-%m-%d %H:%M")
        message = N_("%(who)s已在 %(when)s 记过催办，这次没有重复记。客户要是又来催了一次，请打开工单再按。")
        raise Conflict(message, who=who, when=when)
