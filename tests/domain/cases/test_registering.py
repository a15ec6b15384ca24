"""What is looked up, numbered and refused when a case is registered."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app.domain.cases import assessment, site_work
from app.domain.cases.enums import CaseState
from app.domain.core import clock
from app.domain.core.errors import Refused
from app.domain.plans.enums import CaseKind
from app.domain.plans.models import Category
from app.extensions import db
from tests.domain.cases.walking import T, after
from tests.factories import a_project


def test_a_repair_of_the_same_kind_within_thirty_days_repeats_the_first(register, cast):
    categories = db.session.scalars(select(Category).where(Category.parent_id.is_not(None)).order_by(Category.id)).all()
    first_level = categories[0].parent
    siblings = [row for row in categories if row.parent is first_level]
    first = register(CaseKind.REPAIR, category=siblings[0])
    first.state = CaseState.IN_WORK
    site_work.resolve(first, done="换了", is_confirmed=True, is_advised=True, by=cast.lead, at=after(60))
    limit = after(60) + timedelta(days=30)
    again = register(CaseKind.REPAIR, at=limit, category=siblings[1])
    too_late = register(CaseKind.REPAIR, at=limit + timedelta(minutes=1), category=siblings[0])
    other = next(row for row in categories if row.parent is not first_level)
    elsewhere = register(CaseKind.REPAIR, at=after(100), category=other)
    assert (again.is_repeat, again.repeat_of_id) == (True, first.id)
    assert not too_late.is_repeat
    assert not elsewhere.is_repeat


def test_a_repair_resolved_or_classified_late_makes_a_later_one_a_repeat_all_the_same(register, cast):
    first_level = select(Category).where(Category.parent_id.is_(None)).order_by(Category.id)
    pipes, walls = db.session.scalars(first_level.limit(2)).all()
    first, later = register(CaseKind.REPAIR, category=pipes), register(CaseKind.REPAIR, at=after(90), category=pipes)
    assert not later.is_repeat
    first.state, times = CaseState.IN_WORK, {"at": after(120), "happened_at": after(60)}
    site_work.resolve(first, done="换了", is_confirmed=True, is_advised=True, by=cast.lead, **times)
    assert (later.is_repeat, later.repeat_of_id) == (True, first.id)
    assessment.classify(first, walls, reason="是墙面的事", by=cast.agent, at=after(130))
    assert (later.is_repeat, later.repeat_of_id) == (False, None)
    later.repeat_given = True
    assessment.classify(first, pipes, reason="还是水管", by=cast.agent, at=after(140))
    assert not later.is_repeat  # as the ledger says


def test_registering_looks_the_file_up(register, cast):
    case = register(CaseKind.REPAIR)
    assert case.in_warranty is True
    assert case.branch_id == cast.east.id
    assert case.project_manager is cast.pm
    assert case.owner is cast.agent
    assert case.next_due_at == after(120)


@pytest.mark.parametrize(("minutes", "why", "field"), [(1, "", "received_at"), (-11, "", "backdated_why")])
def test_a_receipt_in_the_future_or_long_ago_is_refused(register, minutes, why, field):
    with pytest.raises(Refused) as refused:
        register(received_at=after(minutes), backdated_why=why)
    assert refused.value.field == field


@pytest.mark.parametrize(("minutes", "why"), [(0, ""), (-10, ""), (-600, "昨晚值班记在纸上")])
def test_a_receipt_may_be_a_moment_or_with_a_reason_long_ago(register, minutes, why):
    assert register(received_at=after(minutes), backdated_why=why).received_at == after(minutes)


def test_someone_else_s_project_is_refused(register, cast):
    with pytest.raises(Refused):
        register(project=a_project())


def test_numbers_run_on_within_a_day_and_kind_and_pass_over_imported_ones(register):
    assert register().number.endswith("-001")
    taken = register()
    taken.number = taken.number[:-3] + "003"
    db.session.flush()
    assert register().number.endswith("-004")
    assert register(CaseKind.PRAISE).number == f"BY-{clock.day_of(T):%Y%m%d}-001"
    assert register(at=T + timedelta(days=1)).number == f"TS-{clock.day_of(T) + timedelta(days=1):%Y%m%d}-001"


def test_instants_are_whole_minutes(register):
    case = register(at=datetime.fromisoformat("2026-03-05T10:00:42+08:00"))
    assert case.received_at == T
