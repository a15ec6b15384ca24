"""换人负责: another owner, one case or all that an absent colleague has open."""

from collections.abc import Iterable
from datetime import datetime

from app.domain.accounts.models import Person
from app.domain.accounts.roles import SERVICE
from app.domain.accounts.scope import refuse_beyond_reach
from app.domain.cases import transitions
from app.domain.cases.actions import Action
from app.domain.cases.models import Case
from app.domain.core.enums import N_
from app.domain.core.errors import Refused


def reassign(case: Case, to: Person | None, *, reason: str, by: Person, at: datetime) -> None:
    """Another owner from now on. Refused without a reason, and to who can't handle cases, can't see this one or owns
    it already.
    """
    happened = transitions.check(case, Action.REASSIGN, None, at, by=by)
    if to is None or not to.active or not to.has(*SERVICE):
        raise Refused(N_("请选择一位在职的客服。"), field="to_id")
    refuse_beyond_reach(to, case.branch_id)
    if to is case.owner:
        raise Refused(N_("已经由%(name)s负责。"), field="to_id", name=to.name)
    reason = transitions.require_text(reason, N_("请写明为什么换人。"), "reason")
    before, case.owner = case.owner, to
    if case.assignee is before:
        transitions.assign_to(case, to, happened)
    transitions.apply(
        case,
        Action.REASSIGN,
        happened,
        by=by,
        at=at,
        note=reason,
        before=before.name,
        after=to.name,
    )


def reassign_all(cases: Iterable[Case], to: Person, *, reason: str, by: Person, at: datetime) -> int:
    """Give every open case of the list to `to`; how many there were."""
    mine = [case for case in cases if case.is_open and case.owner is not to]
    for case in mine:
        reassign(case, to, reason=reason, by=by, at=at)
    return len(mine)
