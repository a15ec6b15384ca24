"""Whom to call about a project from now on."""

from datetime import date, datetime

from app.domain.accounts.models import Person
from app.domain.audit import trail
from app.domain.core import clock
from app.domain.core.effective import lasts
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.core.parsing.phones import Phone, tail4
from app.domain.core.text import clean
from app.domain.projects import audit_events
from app.domain.projects.models import Contact, Project


def add(
    project: Project,
    name: str,
    relation: str,
    phone: Phone,
    *,
    by: Person | None,
    at: datetime,
    since: date | None = None,
) -> Contact:
    """Calls go to this contact from the firm's day `since` (today when None). Refused without a name."""
    cleaned = clean(name, 60, "name")
    if not cleaned:
        raise Refused(N_("请填写联系人姓名。"), field="name")
    contact = Contact(
        name=cleaned,
        relation=clean(relation, 30, "relation"),
        number=phone.number,
        tail4=tail4(phone.number),
        since=since or clock.day_of(at),
    )
    project.contacts.append(contact)
    changes = {"contact": [None, contact.name], "contact_number": [None, contact.number]}
    trail.record(audit_events.ADD_CONTACT, project, by=by, at=at, changes=changes)
    return contact


def end(contact: Contact, *, by: Person | None, at: datetime) -> None:
    """Calls no longer go to this contact."""
    if contact.until is not None:
        return
    contact.until = clock.day_of(at)
    changes = {"contact": [contact.name, None], "contact_number": [contact.number, None]}
    trail.record(audit_events.END_CONTACT, contact.project, by=by, at=at, changes=changes)


def current(project: Project, day: date) -> list[Contact]:
    """Whom to call on the day, the latest named first."""
    rows = [row for row in project.contacts if lasts(row.since, row.until, day)]
    return sorted(rows, key=lambda row: (row.since, row.id or 0), reverse=True)
