"""Seeing a case is not acting on it, and whoever had it once doesn't have it any more."""

import pytest

from app.domain import access
from app.domain.accounts.roles import Role
from app.domain.callbacks.enums import Outcome
from app.domain.cases import acting, actions, assignment, closing, contact
from app.domain.cases.actions import Action
from app.domain.cases.enums import CaseState
from app.domain.cases.handoffs import assigning, refusing, sending
from app.domain.core.errors import Refused
from app.domain.plans.enums import CaseKind
from app.extensions import db
from tests.domain.cases.walking import after, signed
from tests.factories import a_callback, a_department, a_person


def seen_by(person):
    return set(db.session.scalars(access.visible_cases(person)))


def refuses(case, person):
    """Whether the person is offered nothing but the chase, and the verb itself refuses them."""
    assert set(actions.actions_of(case, person)) <= {Action.CHASE}
    with pytest.raises(Refused) as refused:
        contact.contact(case, Outcome.REACHED, by=person, at=after(900))
    return "不由您处理" in refused.value.message


@pytest.fixture
def in_hand(valid, cast):
    """A complaint that the project manager signed for."""
    signed(valid, cast)
    return valid


@pytest.mark.parametrize("name", ["agent", "lead", "engineering", "pm"])
def test_who_acts_on_a_case(in_hand, cast, name):
    person = getattr(cast, name)
    assert acting.acts_on(person, in_hand)
    contact.contact(in_hand, Outcome.REACHED, by=person, at=after(900))
    assert in_hand.state is CaseState.CONTACTED


def test_a_colleague_sees_it_and_notes_a_chase_but_does_nothing_else(in_hand, cast):
    colleague = a_person(Role.AGENT, name="同事", branch=cast.east)
    assert in_hand in seen_by(colleague)
    assert refuses(in_hand, colleague)
    contact.chase(in_hand, by=colleague, at=after(910))


def test_nobody_of_another_branch_notes_a_chase(in_hand, cast):
    with pytest.raises(Refused):
        contact.chase(in_hand, by=cast.outsider, at=after(910))


def test_the_site_lead_sees_the_case_of_their_site_but_does_not_act_on_it(in_hand, cast):
    assert in_hand in seen_by(cast.pm2)
    assert refuses(in_hand, cast.pm2)


def test_who_refused_a_handoff_keeps_what_they_refused_and_nothing_else(valid, cast):
    other = a_person(Role.PM, name="外人", branch=cast.east)
    handoff = sending.send(valid, other, asked="请上门", by=cast.agent, at=after(20))
    assert acting.acts_on(other, valid)
    refusing.refuse(handoff, reason="不是我的工地", by=other, at=after(25))
    db.session.flush()
    assert refuses(valid, other)
    assert valid not in seen_by(other)
    assert handoff in set(db.session.scalars(access.visible_handoffs(other)))


def test_who_moved_to_another_branch_keeps_nothing(in_hand, cast):
    cast.pm.branch = cast.west
    db.session.flush()
    assert in_hand not in seen_by(cast.pm)
    assert refuses(in_hand, cast.pm)
    cast.agent.branch = cast.west
    db.session.flush()
    assert refuses(in_hand, cast.agent)


def test_the_former_owner_acts_no_more(in_hand, cast):
    other = a_person(Role.AGENT, name="接手", branch=cast.east)
    assignment.reassign(in_hand, other, reason="休假", by=cast.lead, at=after(900))
    db.session.flush()
    assert refuses(in_hand, cast.agent)
    assert acting.acts_on(other, in_hand)


def test_a_departments_head_acts_for_its_members_and_a_member_not_for_the_head(valid, cast):
    head, member, third = (a_person(Role.STAFF, name=name, branch=cast.east) for name in ("头儿", "组员", "另一位"))
    material = a_department("材料部", cast.east)
    material.head, member.department, third.department = head, material, material
    handoff = sending.send(valid, material, asked="查一下", by=cast.agent, at=after(20))
    assert acting.acts_on(head, valid)
    assert not acting.acts_on(member, valid)
    assigning.assign(handoff, member, by=head, at=after(22))
    db.session.flush()
    assert acting.acts_on(member, valid)
    assert not acting.acts_on(third, valid)


def test_whoever_takes_the_satisfaction_call_begins_the_next_round(resolved, cast):
    colleague = a_person(Role.AGENT, name="回访员", branch=cast.east)
    callback = a_callback(resolved.project, case=resolved, rating=1, reached_at=after(4000), effective=True)
    closing.take_rating(resolved, callback, colleague, after(4000))
    assert (resolved.round, resolved.state) == (2, CaseState.VALID)


def test_an_ended_case_leaves_the_hands_of_who_only_had_it_in_hand(in_hand, cast, register):
    other = a_person(Role.PM, name="外人", branch=cast.east)
    repair = register(CaseKind.REPAIR)
    sending.send(repair, other, asked="请上门", by=cast.agent, at=after(20))
    assert repair in seen_by(other)
    closing.cancel(repair, reason="不修了", by=cast.agent, at=after(30))
    db.session.flush()
    assert repair not in seen_by(other)
