"""移交: to a person, or to a department whose head assigns. What is sent never changes; another one may follow."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from app.domain.accounts.models import Department, Person
from app.domain.accounts.roles import SITE
from app.domain.cases import transitions
from app.domain.cases.actions import Action
from app.domain.cases.deadlines import sync
from app.domain.cases.handoffs import snapshots
from app.domain.cases.handoffs.enums import HandoffState
from app.domain.cases.handoffs.models import Handoff
from app.domain.cases.models import Case
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.plans.enums import DeadlineKind
from app.domain.projects import contacts
from app.domain.projects.models import Contact
from app.extensions import db


def send(
    case: Case,
    to: Person | Department | None,
    *,
    asked: str,
    by: Person,
    at: datetime,
    happened_at: datetime | None = None,
) -> Handoff:
    """Hand the case over. An earlier handoff that nobody answered yet is replaced by this one.

    Refused without addressee, to a person who can't sign in or a department without a head, and without saying
    what is asked for.
    """
    sent_at = transitions.check(case, Action.HAND_OVER, happened_at, at, by=by)
    refuse_addressee(to)
    asked = transitions.require_text(asked, N_("请写明需要对方做什么。"), "asked")
    assert to is not None
    for earlier in unanswered(case):
        earlier.end(HandoffState.SUPERSEDED, sent_at)
    case.department = department_of(to) or case.department
    transitions.apply(case, Action.HAND_OVER, sent_at, by=by, at=at, note=asked, to=to.name)
    handoff = written(
        case, to, asked=asked, sender=by, sent_at=sent_at, ordinal=1 + count_of(case),
        sign_by=sync.due_from(case, DeadlineKind.SIGN, sent_at),
        contacts=contacts_of(case, sent_at), deadline=on_site_by(case),
    )  # fmt: skip
    sync.sync_deadlines(case, at)
    return handoff


def department_of(to: Person | Department | None) -> Department | None:
    """The department that a case goes to with a handoff."""
    return to.department if isinstance(to, Person) else to


def written(
    case: Case,
    to: Person | Department | None,
    *,
    asked: str,
    sender: Person,
    sent_at: datetime,
    ordinal: int,
    sign_by: datetime | None,
    contacts: Sequence[Contact] = (),
    deadline: datetime | None = None,
    imported: bool = False,
) -> Handoff:
    """One more handoff of the round, with what was handed over. `sign_by` None: the plan promises no time for it."""
    sign_by = sign_by or sent_at
    content = snapshots.content_of(
        case,
        asked=asked,
        addressee=to.name if to else "",
        sender=sender.name,
        contacts=contacts,
        sign_by=sign_by,
        deadline=deadline,
        sent_at=sent_at,
    )
    text = snapshots.canonical(content)
    handoff = Handoff(
        case=case,
        round=case.round,
        ordinal=ordinal,
        sender=sender,
        to_person=to if isinstance(to, Person) else None,
        to_department=to if isinstance(to, Department) else None,
        sent_at=sent_at,
        sign_by=sign_by,
        snapshot=text,
        sha256=snapshots.digest(text),
        state=HandoffState.SENT,
        imported=imported,
        signature=None,
    )
    db.session.add(handoff)
    return handoff


def refuse_addressee(to: Person | Department | None) -> None:
    """Refused when nobody could sign for it: no addressee, no account or no right to sign, no head."""
    if to is None:
        raise Refused(N_("请选择移交给谁。"), field="to")
    if isinstance(to, Department):
        if to.head is None or to.head.account is None:
            raise Refused(N_("%(name)s还没有负责人账号，没人能签收或分派。"), field="to", name=to.name)
    elif not to.active or to.account is None or not to.has(*SITE):
        raise Refused(N_("%(name)s没有可以签收的账号，请移交给项目经理或所在部门。"), field="to", name=to.name)


def on_site_by(case: Case) -> datetime | None:
    """By when somebody must have been on the spot in this round."""
    deadlines = (row for row in case.deadlines if row.kind is DeadlineKind.ON_SITE and row.superseded_at is None)
    return next((row.due_at for row in deadlines if row.round == case.round), None)


def contacts_of(case: Case, at: datetime) -> list[Contact]:
    """Whom to call beside the customer: the project's contacts on that day."""
    return contacts.current(case.project, clock.day_of(at)) if case.project else []


def unanswered(case: Case) -> list[Handoff]:
    """The case's handoffs that nobody signed or refused."""
    query = select(Handoff).where(Handoff.case_id == case.id, Handoff.answered_at.is_(None)).order_by(Handoff.id)
    return list(db.session.scalars(query))


def count_of(case: Case) -> int:
    """How many handoffs the round that runs has."""
    query = select(func.count()).where(Handoff.case_id == case.id, Handoff.round == case.round)
    return db.session.scalar(query) or 0
