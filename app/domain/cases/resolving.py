"""处理完成, and for suggestions, enquiries and praise the answer."""

from collections.abc import Sequence
from datetime import datetime

from app.domain.accounts.models import Person
from app.domain.cases import photos, transitions
from app.domain.cases.enums import Action, EventKind
from app.domain.cases.events import CaseResolved
from app.domain.cases.models import Case
from app.domain.cases.repeats import mark_later
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.core.events import publish
from app.domain.files.models import StoredFile
from app.domain.plans.enums import CaseKind


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
    event = transitions.apply(case, Action.RESOLVE, EventKind.RESOLVED, happened, by=by, at=at, note=done)
    transitions.assign_to(case, case.owner, happened)
    photos.attach(case, pictures, event)
    publish(CaseResolved(case, by, at))
    mark_later(case)


def answer(case: Case, *, done: str, by: Person, at: datetime, happened_at: datetime | None = None) -> None:
    """What the customer was answered. Refused without it."""
    happened = transitions.check(case, Action.ANSWER, happened_at, at, by=by)
    done = transitions.require_text(done, N_("请写下怎样答复客户的。"), "done")
    transitions.apply(case, Action.ANSWER, EventKind.RESOLVED, happened, by=by, at=at, note=done)
