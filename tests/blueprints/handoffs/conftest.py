"""A handoff that waits for the project manager."""

import pytest

from app.domain.callbacks.enums import Outcome
from app.domain.cases import assessment, contact, intake
from app.domain.cases.handoffs import sending
from app.domain.cases.intake import CaseIntake
from app.domain.core import clock
from app.domain.plans.enums import CaseKind
from app.extensions import db
from tests.factories import a_customer, a_project
from tests.shipped import Function


@pytest.fixture
def case(cast):
    customer = a_customer("王建国", phone="13800001234", branch_id=cast.east.id)
    project = a_project(customer, people={Function.PM: cast.pm})
    report = CaseIntake(kind=CaseKind.COMPLAINT, customer=customer, project=project, content="卫生间漏水")
    case = intake.register(report, by=cast.agent, at=clock.now())
    contact.verify(case, Outcome.REACHED, by=cast.agent, at=clock.now())
    assessment.judge(case, is_valid=True, needs_department=True, by=cast.agent, at=clock.now())
    return case


@pytest.fixture
def handoff(case, cast):
    handoff = sending.send(case, cast.pm, asked="请今天上门", by=cast.agent, at=clock.now())
    db.session.commit()
    return handoff


@pytest.fixture
def to_department(case, cast):
    handoff = sending.send(case, cast.works, asked="请派人", by=cast.agent, at=clock.now())
    db.session.commit()
    return handoff
