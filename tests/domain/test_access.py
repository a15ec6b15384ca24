"""What a person sees, where a page alone wouldn't tell: each rule of access.py by its bare rows."""

from app.domain import access
from app.domain.audit import trail
from app.domain.cases.handoffs import sending, signing
from app.domain.core import clock
from app.domain.customers.audit_events import EDIT
from app.domain.plans.enums import CaseKind
from app.extensions import db
from tests.factories import a_callback, a_case, a_customer, a_person, a_project
from tests.shipped import Function


def rows(query):
    return set(db.session.scalars(query))


def a_site(cast, **people):
    customer = a_customer(branch_id=cast.east.id)
    functions = {Function[name.upper()]: person for name, person in people.items()}
    return a_project(customer, branch_id=cast.east.id, people=functions)


def test_on_site_one_sees_the_calls_about_ones_own_projects_and_a_branch_all_of_its_own(cast):
    own, others = a_callback(a_site(cast, pm=cast.pm)), a_callback(a_site(cast, pm=cast.pm2))
    assert rows(access.visible_callbacks(cast.pm)) == {own}
    assert rows(access.visible_callbacks(cast.agent)) == {own, others}
    assert rows(access.visible_callbacks(cast.outsider)) == set()


def test_whether_a_case_is_seen_is_asked_of_that_case(cast):
    own, others = (a_case(project=a_site(cast, pm=who), branch_id=cast.east.id) for who in (cast.pm, cast.pm2))
    assert access.sees_case(cast.pm, own.id)
    assert not access.sees_case(cast.pm, others.id)


def test_what_was_signed_for_one_by_telephone_stays_readable_when_another_has_the_case(cast):
    case = a_case(CaseKind.REPAIR, project=a_site(cast), branch_id=cast.east.id, owner=cast.agent)
    at = clock.now()
    signed = sending.send(case, cast.pm, asked="请上门", by=cast.agent, at=at)
    signing.sign_by_telephone(signed, seen=signed.sha256, who="潘经理", by=cast.agent, at=at)
    next_one = sending.send(case, cast.pm2, asked="请上门", by=cast.agent, at=at)
    assert rows(access.visible_handoffs(cast.pm)) == {signed}
    assert rows(access.visible_handoffs(cast.pm2)) == {signed, next_one}
    assert not access.sees_case(cast.pm, case.id)


def test_the_audit_opens_to_nobody_by_default(cast):
    trail.record(EDIT, a_customer(branch_id=cast.east.id), by=cast.agent, at=clock.now())
    assert rows(access.visible_entries(cast.agent)) == set()
    assert len(rows(access.visible_entries(cast.office))) == 1


def test_whose_doings_can_be_asked_for(cast):
    """A branch's office names those of its branch; the flag and administrators all; nobody without an account."""
    foreman = a_person(name="工长", branch=cast.east)
    assert foreman.account is None
    everyone, here = set(access.actors(cast.admin)), set(access.actors(cast.office))
    assert (cast.outsider in everyone, cast.outsider in here) == (True, False)
    assert cast.agent in here
    assert set(access.actors(cast.hq)) == everyone
    assert foreman not in everyone
