"""Several at once, on both databases: numbers without gaps or twins, one signature, one next event."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from app.domain.accounts.models import Person
from app.domain.callbacks.enums import Outcome
from app.domain.cases import assessment, contact, intake
from app.domain.cases.handoffs import sending, signing
from app.domain.cases.handoffs.models import Handoff, Signature
from app.domain.cases.intake import CaseIntake
from app.domain.cases.models import Case
from app.domain.core import clock
from app.domain.core.errors import Conflict
from app.domain.customers.models import Customer
from app.domain.plans.enums import CaseKind
from app.extensions import db
from tests.factories import a_customer
from tests.people import make_cast

LOST = (Conflict, StaleDataError, IntegrityError, OperationalError)


@pytest.fixture
def people(live_app):
    cast = make_cast()
    db.session.commit()
    return cast


def test_numbers_have_no_gaps_and_no_twins(live_app, people):
    customer = a_customer(branch_id=people.east.id)
    customer_id, agent_id = customer.id, people.agent.id
    db.session.commit()

    def work(_number: int) -> None:
        with live_app.app_context():
            report = CaseIntake(kind=CaseKind.COMPLAINT, customer=db.session.get(Customer, customer_id), content="漏水")
            intake.register(report, by=db.session.get(Person, agent_id), at=clock.now())
            db.session.commit()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(12)))
    numbers = sorted(db.session.scalars(select(Case.number)))
    assert [number[-3:] for number in numbers] == [f"{n:03d}" for n in range(1, 13)]


def test_a_number_given_back_is_given_again(live_app, people):
    customer = a_customer(branch_id=people.east.id)
    db.session.commit()
    report = CaseIntake(kind=CaseKind.REPAIR, customer=customer, content="漏水")
    intake.register(report, by=people.agent, at=clock.now())
    db.session.rollback()
    assert intake.register(report, by=people.agent, at=clock.now()).number.endswith("-001")


def test_two_signatures_at_once_make_one(live_app, people):
    customer = a_customer(branch_id=people.east.id)
    report = CaseIntake(kind=CaseKind.COMPLAINT, customer=customer, content="漏水")
    case = intake.register(report, by=people.agent, at=clock.now())
    contact.verify(case, Outcome.REACHED, by=people.agent, at=clock.now())
    assessment.judge(case, is_valid=True, needs_department=True, by=people.agent, at=clock.now())
    handoff_id = sending.send(case, people.pm, asked="上门", by=people.agent, at=clock.now()).id
    pm_id = people.pm.id
    db.session.commit()
    together = Barrier(2)

    def work(_number: int) -> bool:
        together.wait()
        with live_app.app_context():
            try:
                handoff, pm = db.session.get(Handoff, handoff_id), db.session.get(Person, pm_id)
                signing.sign(handoff, seen=handoff.sha256, typed_name="潘", by=pm, at=clock.now())
                db.session.commit()
            except LOST:
                db.session.rollback()
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(work, range(2))) == [False, True]
    assert db.session.scalar(select(func.count()).select_from(Signature)) == 1


def test_one_call_chased_by_two_at_once_is_one_chase(live_app, people):
    customer = a_customer(branch_id=people.east.id)
    report = CaseIntake(kind=CaseKind.COMPLAINT, customer=customer, content="漏水")
    case_id, agent_id = intake.register(report, by=people.agent, at=clock.now()).id, people.agent.id
    db.session.commit()
    together = Barrier(2)

    def work(_number: int) -> bool:
        together.wait()
        with live_app.app_context():
            try:
                case, agent = db.session.get(Case, case_id), db.session.get(Person, agent_id)
                contact.chase(case, seen=0, by=agent, at=clock.now())
                db.session.commit()
            except Conflict:
                db.session.rollback()
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(work, range(2))) == [False, True]
    assert contact.chases_of(db.session.get(Case, case_id)) == 1
