"""What a person of one branch learns of a customer whom both branches serve, and what who moved away still sees."""

from datetime import timedelta

import pytest

from app.domain import access, privacy
from app.domain.callbacks import queries as calls
from app.domain.callbacks.enums import CallbackState
from app.domain.cases.handoffs import refusing, sending
from app.domain.core import clock
from app.domain.customers.models import Customer
from app.domain.day import work
from app.domain.followup.queries import open_cases
from app.domain.plans.enums import CaseKind
from app.domain.search.find import find
from app.extensions import db
from tests.factories import a_callback, a_case, a_customer, a_project
from tests.shipped import Function


@pytest.fixture
def shared(cast):
    """A customer of the whole firm with a site of each branch: (customer, here, elsewhere)."""
    customer = a_customer("王共有", branch_id=None)
    here = a_project(customer, branch_id=cast.east.id, contract_number="HT-E", people={Function.PM: cast.pm})
    elsewhere = a_project(customer, branch_id=cast.west.id, contract_number="HT-W")
    return customer, here, elsewhere


def test_a_call_shows_the_cases_and_calls_of_ones_own_branch(shared, cast):
    _customer, here, elsewhere = shared
    own, others = (a_case(project=project, branch_id=project.branch_id) for project in (here, elsewhere))
    at = clock.now() - timedelta(days=3)
    said, said_elsewhere = (
        a_callback(project, reached_at=at, effective=True, state=CallbackState.DONE) for project in (here, elsewhere)
    )
    callback = a_callback(here)
    assert open_cases(access.visible_cases(cast.agent), callback) == [own]
    assert calls.earlier_calls(access.visible_callbacks(cast.agent), callback) == [said]
    assert open_cases(access.visible_cases(cast.hq), callback) in ([own, others], [others, own])
    assert said_elsewhere in calls.earlier_calls(access.visible_callbacks(cast.hq), callback)


def test_a_search_names_the_sites_of_ones_own_branch(shared, cast):
    customer, here, elsewhere = shared
    assert find(cast.agent, customer.phone).projects_of == {customer.id: [here]}
    assert find(cast.hq, customer.phone).projects_of == {customer.id: [here, elsewhere]}


def work_for(person):
    return [one.thing for one in work.work_of(person, clock.now() + timedelta(days=2))]


def test_who_moved_away_has_no_work_and_no_numbers_of_the_branch_they_left(shared, cast):
    customer, here, _elsewhere = shared
    case = a_case(project=here, branch_id=cast.east.id, owner=cast.agent, assignee=cast.agent)
    callback = a_callback(here, assigned_to=cast.agent)
    assert {case, callback} <= set(work_for(cast.agent))
    assert privacy.sees_phone(cast.agent, customer)
    cast.agent.branch = cast.west
    db.session.flush()
    assert work_for(cast.agent) == []
    assert not privacy.sees_phone(cast.agent, customer)


def test_who_refused_a_handoff_sees_the_number_masked_again(cast):
    site = a_project(a_customer("别人的", branch_id=cast.east.id), branch_id=cast.east.id)
    case = a_case(CaseKind.REPAIR, project=site, branch_id=cast.east.id, owner=cast.agent, assignee=cast.agent)
    customer: Customer = site.customer
    handoff = sending.send(case, cast.pm2, asked="请上门", by=cast.agent, at=clock.now())
    db.session.flush()
    assert privacy.sees_phone(cast.pm2, customer)
    assert handoff in work_for(cast.pm2)
    refusing.refuse(handoff, reason="不归我", by=cast.pm2, at=clock.now())
    db.session.flush()
    assert not privacy.sees_phone(cast.pm2, customer)
    assert handoff not in work_for(cast.pm2)
