"""派工: a team is sent, calls the customer, starts the work; the customer is told how it goes."""

from datetime import datetime

from app.domain.accounts.models import Person
from app.domain.callbacks.enums import Outcome, Purpose
from app.domain.cases import calls, transitions
from app.domain.cases.enums import Action, EventKind
from app.domain.cases.models import Case
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.projects.models import Team


def dispatch(
    case: Case, team: Team | None, *, by: Person, at: datetime, happened_at: datetime | None = None, note: str = ""
) -> None:
    """A team is sent to a repair. Refused without one."""
    happened = transitions.check(case, Action.DISPATCH, happened_at, at, by=by)
    if team is None:
        raise Refused(N_("请选择施工队。"), field="team_id")
    case.team = team
    transitions.apply(case, Action.DISPATCH, EventKind.DISPATCHED, happened, by=by, at=at, note=note, team=team.name)


def team_contacted(
    case: Case, *, by: Person, at: datetime, happened_at: datetime | None = None, note: str = ""
) -> None:
    """The team reached the customer."""
    happened = transitions.check(case, Action.CONTACT_BY_TEAM, happened_at, at, by=by)
    transitions.apply(case, Action.CONTACT_BY_TEAM, EventKind.TEAM_CONTACTED, happened, by=by, at=at, note=note)


def start_work(case: Case, *, by: Person, at: datetime, happened_at: datetime | None = None, note: str = "") -> None:
    """The work began; from now on the customer is told again and again how it goes."""
    happened = transitions.check(case, Action.START_WORK, happened_at, at, by=by)
    transitions.apply(case, Action.START_WORK, EventKind.WORK_STARTED, happened, by=by, at=at, note=note)


def tell(
    case: Case,
    outcome: Outcome,
    *,
    by: Person,
    at: datetime,
    happened_at: datetime | None = None,
    note: str = "",
) -> None:
    """The customer was called about the progress. Refused without what they were told, when they were reached."""
    happened = transitions.check(case, Action.TELL, happened_at, at, by=by)
    if outcome is Outcome.REACHED:
        note = transitions.require_text(note, N_("请写下告诉了客户什么。"), "note")
    calls.attempted(case, Purpose.PROGRESS, outcome, happened, by=by, at=at, note=note)
    if outcome is Outcome.REACHED:
        transitions.apply(case, Action.TELL, EventKind.TOLD, happened, by=by, at=at, note=note)
