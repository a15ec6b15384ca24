"""Who does what on a project, from which day."""

from datetime import date, datetime
from typing import Final

from app.domain.accounts.models import Person
from app.domain.accounts.roles import Role
from app.domain.audit import trail
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.plans.enums import Function
from app.domain.projects import audit_events
from app.domain.projects.models import Project, ProjectPerson

FITTING: Final = {
    Function.PM: (Role.PM,),
    Function.SITE_LEAD: (Role.PM, Role.STAFF),
    Function.DESIGNER: (Role.STAFF,),
    Function.SUPERVISOR: (Role.STAFF, Role.ENGINEERING),
    Function.FOREMAN: (Role.STAFF,),
    Function.AGENT: (Role.AGENT, Role.LEAD),
}
"""The roles among which one looks first for who has a function."""
OFTEN_WITHOUT_ACCOUNT: Final = (Function.SITE_LEAD, Function.DESIGNER, Function.SUPERVISOR, Function.FOREMAN)


def fits(person: Person, function: Function) -> bool:
    """Whether one looks for the function among people like this one. Anybody else may have it, too."""
    return person.has(*FITTING[function]) if person.roles else function in OFTEN_WITHOUT_ACCOUNT


def assign(
    project: Project, function: Function, person: Person | None, *, since: date, by: Person | None, at: datetime
) -> ProjectPerson | None:
    """The person has the function from the firm's day `since`; whoever had it keeps a row until that day.

    None: nobody has it any more. Refused in the future, and before the day the present one began.
    """
    if since > clock.day_of(at):
        raise Refused(N_("不能从今天之后的日期起更换。"), field="since")
    current = [row for row in project.people if row.function is function and row.is_current]
    if [row.person for row in current] == ([person] if person else []):
        return current[0] if current else None
    if any(since < row.since for row in current):
        raise Refused(
            N_("不能早于现任接手的日期 %(day)s。"), field="since", day=max(row.since for row in current).isoformat()
        )
    before = "、".join(row.person.name for row in current) or None
    for row in current:
        row.until = since
    added = ProjectPerson(function=function, person=person, since=since) if person else None
    if added:
        project.people.append(added)
    changes = {function.value: [before, person.name if person else None], "since": [None, since.isoformat()]}
    trail.record(audit_events.ASSIGN, project, by=by, at=at, changes=changes)
    return added
