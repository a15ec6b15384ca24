"""Who does what on a project, from which day."""

from datetime import date, datetime

from app.domain.accounts.models import Person
from app.domain.accounts.roles import Role
from app.domain.audit import trail
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.plans.models import Function
from app.domain.projects import audit_events
from app.domain.projects.models import Project, ProjectPerson


def fits(person: Person, function: Function) -> bool:
    """Whether one looks for the function among people like this one. Anybody else may have it, too.

    Colleagues of the departments often have no account, and so no role.
    """
    return not (person.roles or {Role.STAFF}).isdisjoint(function.roles)


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
    changes = {f"{function.name}.person": [before, person.name if person else None], "since": [None, since.isoformat()]}
    trail.record(audit_events.ASSIGN, project, by=by, at=at, changes=changes)
    return added
