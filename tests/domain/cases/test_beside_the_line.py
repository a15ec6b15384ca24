"""What may happen beside the work itself: chases, urgency, another owner, costs."""

from decimal import Decimal

import pytest

from app.domain.cases import assessment, assignment, contact, queries, site_work
from app.domain.cases.enums import Payer
from app.domain.cases.handoffs import sending
from app.domain.core.errors import Refused
from app.domain.plans.enums import DeadlineKind, Urgency
from tests.domain.cases.walking import after


def test_a_chase_is_counted_and_moves_no_deadline(valid, cast):
    before = {row.id: row.due_at for row in valid.deadlines}
    for minutes in (30, 40):
        contact.chase(valid, by=cast.agent, at=after(minutes))
    assert contact.chases_of(valid) == 2
    assert {row.id: row.due_at for row in valid.deadlines} == before
    sending.send(valid, cast.pm, asked="上门", by=cast.agent, at=after(50), happened_at=after(35))


def test_urgency_is_only_raised(valid, cast):
    assessment.raise_urgency(valid, Urgency.SAFETY, reason="漏电", by=cast.agent, at=after(30))
    assert [row.due_at for row in valid.deadlines if row.kind is DeadlineKind.URGENT_CONTACT] == [after(90)]
    with pytest.raises(Refused):
        assessment.raise_urgency(valid, Urgency.URGENT, reason="好些了", by=cast.agent, at=after(40))


def test_another_owner_takes_over_what_the_first_had_in_hand(valid, cast):
    assignment.reassign(valid, cast.lead, reason="休假", by=cast.lead, at=after(30))
    assert (valid.owner, valid.assignee) == (cast.lead, cast.lead)
    with pytest.raises(Refused):
        assignment.reassign(valid, cast.pm, reason="休假", by=cast.lead, at=after(30))


def test_costs_name_who_pays(resolved, cast):
    with pytest.raises(Refused) as refused:
        site_work.record_costs(resolved, labour=Decimal(100), material=None, payer=None, by=cast.agent, at=after(3100))
    assert refused.value.field == "payer"
    site_work.record_costs(
        resolved, labour=Decimal(100), material=Decimal("20.5"), payer=Payer.FIRM, by=cast.agent, at=after(3100)
    )
    assert resolved.cost == Decimal("120.5")


def test_a_category_left_open_is_chosen_later_and_changed_only_with_a_reason(valid, cast):
    tiling, proofing = (next(row for row in queries.categories() if row.name == name) for name in ("泥瓦", "防水"))
    assessment.classify(valid, tiling, reason="", by=cast.agent, at=after(30))
    refusals = ((tiling, "同一个", "category_id"), (None, "空", "category_id"), (proofing, "", "reason"))
    for category, reason, field in refusals:
        with pytest.raises(Refused) as refused:
            assessment.classify(valid, category, reason=reason, by=cast.agent, at=after(40))
        assert refused.value.field == field
    assessment.classify(valid, proofing, reason="是防水层破了", by=cast.agent, at=after(50))
    assert valid.category is proofing
    said = [(event.details["before"], event.details["after"]) for event in valid.events[-2:]]
    assert said == [("—", "泥瓦"), ("泥瓦", "防水")]
