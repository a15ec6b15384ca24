"""Work changes hands only among those who can see it."""

import pytest

from app.domain.accounts.roles import Role
from app.domain.callbacks.enums import TaskKind
from app.domain.callbacks.models import Task
from app.domain.cases import assignment
from app.domain.cases.models import Case
from app.domain.core import clock
from app.domain.core.errors import Refused
from app.domain.followup import absence
from app.domain.plans.enums import CaseKind
from app.extensions import db
from tests.factories import a_callback, a_case, a_customer, a_person, a_project


@pytest.fixture
def work(cast):
    """A call, a task and a case of each branch, all in the hands of one agent."""
    held = {}
    for branch in (cast.east, cast.west):
        project = a_project(a_customer(branch=branch))
        task = Task(
            kind=TaskKind.LETTER, customer=project.customer, text="请寄信", owner=cast.agent, branch_id=branch.id,
            due_on=clock.today(), made_at=clock.now(),
        )  # fmt: skip
        db.session.add(task)
        call = a_callback(project, assigned_to=cast.agent)
        held[branch] = call, task, a_case(CaseKind.REPAIR, project=project, owner=cast.agent)
    db.session.flush()
    return held


def all_of(held):
    return [*held.callbacks, *held.tasks, *held.cases]


def test_a_lead_deals_out_what_an_absent_colleague_holds_in_the_lead_s_own_branch(cast, work):
    other = a_person(Role.AGENT, branch=cast.east)
    assert all_of(absence.held_by(cast.agent, cast.lead)) == [*work[cast.east]]
    absence.hand_over_all(cast.agent, [other], "请假", by=cast.lead, at=clock.now())
    assert all_of(absence.held_by(other, cast.hq)) == [*work[cast.east]]
    assert all_of(absence.held_by(cast.agent, cast.hq)) == [*work[cast.west]]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_nothing_is_given_to_who_would_not_see_it(cast, work, place):
    for row in (row for at, row in enumerate(work[cast.west]) if at != place):
        if isinstance(row, Case):
            row.owner = cast.hq
        elif isinstance(row, Task):
            row.owner = cast.hq
        else:
            row.assigned_to = cast.hq
    db.session.flush()
    with pytest.raises(Refused, match="看不到这个区域的工作"):
        absence.hand_over_all(cast.agent, [a_person(Role.AGENT, branch=cast.east)], "请假", by=cast.hq, at=clock.now())


def test_a_case_gets_no_owner_of_another_branch(cast):
    case = a_case(CaseKind.REPAIR, project=a_project(a_customer(branch=cast.east)), owner=cast.agent)
    with pytest.raises(Refused, match="看不到这个区域的工作"):
        assignment.reassign(case, cast.outsider, reason="换人", by=cast.lead, at=clock.now())
    assignment.reassign(case, cast.hq, reason="换人", by=cast.lead, at=clock.now())
    assert case.owner is cast.hq
