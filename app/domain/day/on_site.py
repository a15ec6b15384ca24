"""The work of who goes out to the customer: by what is to be done next, since that decides where they drive."""

from datetime import datetime
from typing import Final

from app.domain.accounts.models import Person
from app.domain.cases.enums import CaseState
from app.domain.cases.handoffs.models import Handoff
from app.domain.cases.models import NEVER, Case
from app.domain.core.enums import N_
from app.domain.day.work import Group, Work, work_of
from app.domain.followup.models import DepartmentNote
from app.domain.plans.enums import CaseKind

TO_SIGN, TO_ANSWER, TO_CONTACT, TO_VISIT, IN_HAND = (
    N_("待签收"), N_("待答复"), N_("待联系"), N_("待上门"), N_("处理中"),
)  # fmt: skip
IN_ORDER: Final = (TO_SIGN, TO_ANSWER, TO_CONTACT, TO_VISIT, IN_HAND)


def groups(person: Person, at: datetime) -> list[Group]:
    """The person's work as IN_ORDER, each by its time; groups without work are left out."""
    works = sorted(work_of(person, at), key=lambda work: work.due_at or NEVER)
    found = [Group(label, None, [work for work in works if _step(work) == label]) for label in IN_ORDER]
    return [group for group in found if group.works]


def _step(work: Work) -> str:
    match work.thing:
        case Handoff():
            return TO_SIGN
        case DepartmentNote():
            return TO_ANSWER
        case Case(state=CaseState.SIGNED, kind=CaseKind.REPAIR):
            return TO_CONTACT
        case Case(state=CaseState.SIGNED | CaseState.CONTACTED):
            return TO_VISIT
    return IN_HAND
