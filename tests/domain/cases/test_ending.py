"""How a case ends: the customer's word, closing, the next round, cancelling."""

import pytest

from app.domain.cases import assessment, closing, contact
from app.domain.cases.enums import CaseState
from app.domain.cases.handoffs import sending
from app.domain.cases.handoffs.enums import HandoffState
from app.domain.core.errors import Refused
from app.domain.plans.enums import CaseKind, DeadlineKind
from tests.domain.cases.walking import after, fate, handed, list_of, rated


def test_a_complaint_that_does_not_hold_needs_a_reason_and_ends_with_the_customer_s_reaction(verified, cast):
    with pytest.raises(Refused) as refused:
        assessment.judge(verified, is_valid=False, by=cast.agent, at=after(10))
    assert refused.value.field == "reason"
    assessment.judge(verified, is_valid=False, reason="合同外", by=cast.agent, at=after(10))
    with pytest.raises(Refused) as refused:
        closing.close(verified, by=cast.agent, at=after(20))
    assert refused.value.field == "note"
    closing.close(verified, note="客户理解", by=cast.agent, at=after(20))
    assert verified.state is CaseState.CLOSED


def test_a_customer_called_and_content_leaves_only_closing_to_do(resolved, cast):
    assert resolved.status_label == "待回访"
    rated(resolved, cast, 4)
    assert (resolved.state, resolved.status_label) == (CaseState.RESOLVED, "待办结")


def test_who_was_not_satisfied_gets_a_next_round_from_handover(resolved, cast):
    rated(resolved, cast, 2)
    assert (resolved.round, resolved.state, resolved.rating) == (2, CaseState.VALID, None)
    assert resolved.next_due_at == after(4000 + 120)
    handoff = sending.send(resolved, cast.pm, asked="再上门", by=cast.agent, at=after(4100))
    assert (handoff.round, handoff.ordinal) == (2, 1)
    assert fate(resolved, DeadlineKind.HANDOVER) == [True, True]


def test_a_lead_may_end_a_later_round_with_a_reason(resolved, cast):
    rated(resolved, cast, 1)
    cause, result = list_of()
    with pytest.raises(Refused, match="主管"):
        closing.close(resolved, cause=cause, result=result, lesson="无", note="已赔偿", by=cast.agent, at=after(4100))
    closing.close(resolved, cause=cause, result=result, lesson="无", note="已赔偿", by=cast.lead, at=after(4100))
    assert resolved.state is CaseState.CLOSED


def test_a_three_leaves_the_next_round_to_the_owner(resolved, cast):
    rated(resolved, cast, 3)
    assert closing.is_dissatisfied(resolved)
    assert resolved.state is CaseState.RESOLVED
    closing.reopen(resolved, reason="客户希望再修一次", by=cast.agent, at=after(4100))
    assert resolved.round == 2


def test_a_lead_may_close_without_a_satisfied_customer_with_a_reason(resolved, cast):
    cause, result = list_of()
    with pytest.raises(Refused) as refused:
        closing.close(resolved, cause=cause, result=result, lesson="无", by=cast.lead, at=after(4100))
    assert refused.value.field == "note"
    closing.close(resolved, cause=cause, result=result, lesson="无", note="多次联系不上", by=cast.lead, at=after(4100))
    assert resolved.state is CaseState.CLOSED


@pytest.mark.parametrize("missing", ["cause_id", "result_id", "lesson"])
def test_closing_asks_for_cause_result_and_lesson(resolved, cast, missing):
    rated(resolved, cast, 4)
    cause, result = list_of()
    given = {"cause": cause, "result": result, "lesson": "闭水拍照"}
    given.pop(missing.removesuffix("_id"))
    with pytest.raises(Refused) as refused:
        closing.close(resolved, by=cast.agent, at=after(4100), **given)
    assert refused.value.field == missing


def test_a_closed_case_may_be_opened_again(resolved, cast):
    rated(resolved, cast, 5)
    cause, result = list_of()
    closing.close(resolved, cause=cause, result=result, lesson="无", by=cast.agent, at=after(4100))
    closing.reopen(resolved, reason="又漏", by=cast.agent, at=after(5000))
    assert resolved.is_open
    assert resolved.round == 2


def test_cancelling_withdraws_what_waits_for_a_signature(valid, cast):
    handoff = handed(valid, cast)
    with pytest.raises(Refused):
        closing.cancel(valid, reason=" ", by=cast.agent, at=after(30))
    closing.cancel(valid, reason="客户撤回", by=cast.agent, at=after(30))
    assert handoff.state is HandoffState.WITHDRAWN
    assert {row.released_at for row in valid.deadlines if row.kind in (DeadlineKind.SIGN, DeadlineKind.ON_SITE)} == {
        after(30)
    }
    with pytest.raises(Refused):
        contact.chase(valid, by=cast.agent, at=after(40))


def test_answering_an_enquiry(register, cast):
    case = register(CaseKind.ENQUIRY)
    assert case.deadlines == []
    closing.answer(case, done="发了说明书", by=cast.agent, at=after(5))
    closing.close(case, by=cast.agent, at=after(6))
    assert case.state is CaseState.CLOSED
