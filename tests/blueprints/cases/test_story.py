"""The story of a case: as it happened, and within one minute as it was recorded."""

from datetime import date, timedelta

import pytest

from app.blueprints.cases.presenters.story import entries_of
from app.domain.callbacks.enums import Outcome
from app.domain.cases import assessment, contact
from app.domain.cases.enums import EventKind
from app.domain.cases.models import CaseEvent
from app.domain.core import clock
from app.domain.plans.enums import Urgency
from app.extensions import db

MINUTE = clock.at(date(2026, 3, 5)) + timedelta(hours=10)


def within(seconds):
    return MINUTE + timedelta(seconds=seconds)


@pytest.fixture
def case(register, freeze):
    freeze(MINUTE)
    return register()


@pytest.fixture
def told(app):
    def titles(case):
        db.session.flush()
        db.session.expire(case)
        with app.test_request_context():
            return [entry["title"] for entry in entries_of(case, ())]

    return titles


def test_what_happened_within_one_minute_stands_as_it_was_recorded(case, cast, told):
    contact.chase(case, by=cast.agent, at=within(10))
    contact.verify(case, Outcome.NO_ANSWER, by=cast.agent, at=within(20))
    assessment.raise_urgency(case, Urgency.URGENT, reason="漏电", by=cast.agent, at=within(30))
    contact.verify(case, Outcome.REACHED, by=cast.agent, at=within(40))
    assessment.judge(case, is_valid=True, needs_department=True, by=cast.agent, at=within(50))
    assert told(case) == ["受理", "催办", "核实 · 未接通", "升级紧急程度", "核实回电", "判定"]


def test_what_was_recorded_later_stands_where_it_happened(case, cast, told):
    assessment.raise_urgency(case, Urgency.URGENT, reason="漏电", by=cast.agent, at=within(600))
    contact.verify(case, Outcome.BUSY, by=cast.agent, at=within(1200), happened_at=within(300))
    assert told(case) == ["受理", "核实 · 占线", "升级紧急程度"]


def test_what_was_recorded_at_once_stands_in_the_order_of_the_work(case, told):
    for kind in (EventKind.CLOSED, EventKind.RESOLVED, EventKind.VISITED):
        case.events.append(CaseEvent(kind=kind, happened_at=within(60), recorded_at=within(3600), imported=True))
    assert told(case) == ["受理", "上门定责", "处理完成", "办结"]
