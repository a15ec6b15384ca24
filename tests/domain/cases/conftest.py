"""Cases as far as the tests want them."""

from datetime import date

import pytest

from app.domain.callbacks.enums import Outcome
from app.domain.cases import assessment, contact, history, intake, site_work
from app.domain.cases.intake import CaseIntake
from app.domain.plans.enums import CaseKind
from tests.domain.cases.walking import T, after, plan, signed, visit
from tests.factories import a_customer, a_project
from tests.shipped import Function, Stage


@pytest.fixture
def project(cast):
    customer = a_customer("王建国", branch_id=cast.east.id)
    return a_project(
        customer,
        reached={Stage.COMPLETION: date(2025, 6, 1)},
        people={Function.PM: cast.pm, Function.SITE_LEAD: cast.pm2},
    )


@pytest.fixture
def register(cast, project):
    """Registers cases; whatever a test then did by the verbs, a replay of the events leads where they left the case."""
    cases = []

    def registered(kind=CaseKind.COMPLAINT, at=T, by=None, **facts):
        report = CaseIntake(kind=kind, customer=project.customer, **{"project": project, "content": "漏水"} | facts)
        cases.append(intake.register(report, by=by or cast.agent, at=at))
        return cases[-1]

    yield registered
    assert [case.state for case in cases] == [history.state_of(case) for case in cases]


@pytest.fixture
def verified(register, cast):
    case = register()
    contact.verify(case, Outcome.REACHED, by=cast.agent, at=after(5))
    return case


@pytest.fixture
def valid(verified, cast):
    assessment.judge(verified, is_valid=True, needs_department=True, by=cast.agent, at=after(10))
    return verified


@pytest.fixture
def resolved(valid, cast):
    signed(valid, cast)
    visit(valid, cast)
    plan(valid, cast)
    site_work.resolve(valid, done="重做", by=cast.pm, at=after(3000))
    return valid
