"""The table of actions, every kind × state × action, against a list written by hand."""

import pytest

from app.domain.accounts.models import Person, PersonRole
from app.domain.accounts.roles import PERMISSIONS, Role
from app.domain.cases import actions
from app.domain.cases.actions import Action
from app.domain.cases.enums import CaseState
from app.domain.cases.models import Case
from app.domain.core.errors import Refused
from app.domain.plans.enums import CaseKind

ALWAYS = "cancel>cancelled chase reassign classify add_photos"
WORKED = ALWAYS + " raise"
AGAIN = "hand_over>handed_over"

COMPLAINT = {
    "registered": f"{WORKED} verify find_valid>valid find_invalid>invalid",
    "valid": f"{WORKED} {AGAIN} resolve>resolved",
    "invalid": f"{ALWAYS} close>closed",
    "handed_over": f"{WORKED} {AGAIN} sign>signed refuse>returned",
    "returned": f"{WORKED} {AGAIN}",
    "signed": f"{WORKED} {AGAIN} contact>contacted visit>visited",
    "contacted": f"{WORKED} {AGAIN} visit>visited",
    "visited": f"{WORKED} {AGAIN} plan>planned record_costs",
    "planned": f"{WORKED} plan>planned start_work>in_work tell resolve>resolved record_costs",
    "dispatched": f"{WORKED} tell resolve>resolved record_costs",
    "in_work": f"{WORKED} tell resolve>resolved record_costs",
    "resolved": f"{ALWAYS} take_rating reopen>valid close>closed record_costs",
    "closed": "reopen>valid",
}
REPAIR = {
    "registered": f"{WORKED} check {AGAIN}",
    "valid": f"{WORKED} check",
    "invalid": ALWAYS,
    "handed_over": f"{WORKED} check {AGAIN} sign>signed refuse>returned",
    "returned": f"{WORKED} check {AGAIN}",
    "signed": f"{WORKED} check {AGAIN} contact>contacted visit>visited",
    "contacted": f"{WORKED} check {AGAIN} visit>visited",
    "visited": f"{WORKED} check {AGAIN} plan>planned record_costs",
    "planned": f"{WORKED} check plan>planned dispatch>dispatched start_work>in_work tell resolve>resolved record_costs",
    "dispatched": f"{WORKED} check contact_by_team start_work>in_work tell resolve>resolved record_costs",
    "in_work": f"{WORKED} check tell resolve>resolved record_costs",
    "resolved": f"{ALWAYS} take_rating reopen>registered close>closed record_costs",
    "closed": "reopen>registered",
}
SIMPLE = {
    **{state: ALWAYS for state in COMPLAINT if state != "closed"},
    "registered": f"{ALWAYS} answer>answered",
    "answered": f"{ALWAYS} close>closed",
}
EXPECTED = {
    CaseKind.COMPLAINT: {**COMPLAINT, "answered": ALWAYS},
    CaseKind.REPAIR: {**REPAIR, "answered": ALWAYS},
    CaseKind.SUGGESTION: SIMPLE,
    CaseKind.ENQUIRY: SIMPLE,
    CaseKind.PRAISE: SIMPLE,
}


def case_in(kind, state):
    return Case(kind=kind, state=state, events=[], deadlines=[], attempts=[], photos=[], round=1)


@pytest.mark.parametrize("kind", CaseKind)
@pytest.mark.parametrize("state", CaseState)
def test_every_action_leads_where_the_list_says_or_is_refused(kind, state):
    allowed = {}
    for word in EXPECTED[kind].get(state.value, "").split():
        action, _, to = word.partition(">")
        allowed[action] = CaseState.of(to) if to else state
    for action in Action:
        case = case_in(kind, state)
        if action is Action.RESOLVE:
            case.needs_department = False
        if action.value in allowed:
            assert actions.state_after(case, action) is allowed[action.value], action
        else:
            with pytest.raises(Refused):
                actions.state_after(case, action)
        assert case.state is state


@pytest.mark.parametrize(("kind", "state"), [(CaseKind.COMPLAINT, "valid"), (CaseKind.REPAIR, "registered")])
def test_a_later_round_may_be_ended_where_it_starts(kind, state):
    case = case_in(kind, CaseState.of(state))
    assert not actions.is_possible(case, Action.CLOSE)
    case.round = 2
    assert actions.is_possible(case, Action.CLOSE)


@pytest.mark.parametrize("needs_department", [True, False])
def test_a_complaint_is_either_handed_over_or_solved_by_customer_service(needs_department):
    case = case_in(CaseKind.COMPLAINT, CaseState.VALID)
    case.needs_department = needs_department
    assert actions.is_possible(case, Action.HAND_OVER) is needs_department
    assert actions.is_possible(case, Action.RESOLVE) is not needs_department


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.AGENT, {Action.VISIT, Action.HAND_OVER, Action.CANCEL, Action.CHASE, Action.CONTACT}),
        (Role.PM, {Action.VISIT, Action.CONTACT}),
        (Role.STAFF, {Action.VISIT, Action.CONTACT}),
        (Role.QA, set()),
        (Role.OFFICE, set()),
        (Role.ADMIN, set()),
    ],
)
def test_each_role_is_offered_what_it_may_do(role, sees):
    person = Person(name="某人", role_rows=[PersonRole(role=role)])
    case = case_in(CaseKind.REPAIR, CaseState.SIGNED)
    case.owner = person
    offered = actions.actions_of(case, person)
    assert sees <= set(offered)
    if not sees:
        assert offered == []
    assert (Action.CANCEL in offered) is (role is Role.AGENT)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", Role)
def test_a_verb_refuses_the_owner_whose_roles_may_not(action, role):
    person = Person(name="某人", role_rows=[PersonRole(role=role)])
    case = case_in(CaseKind.REPAIR, CaseState.SIGNED)
    case.owner = person
    if role in PERMISSIONS[action.permission]:
        actions.refuse_stranger(case, action, person)
    else:
        with pytest.raises(Refused):
            actions.refuse_stranger(case, action, person)
