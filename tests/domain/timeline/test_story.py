"""The story of a customer: in time order, and what happened at once in the order in which work goes."""

from datetime import date, timedelta

from app.domain.cases.handoffs.models import Handoff
from app.domain.core import clock
from app.domain.projects import people
from app.domain.timeline import story
from app.extensions import db
from tests.factories import a_case, a_customer, a_project, the_function
from tests.shipped import Function, Stage

DAY = date(2026, 3, 5)
MORNING = clock.at(DAY) + timedelta(hours=9)


def told(**given):
    return [event.title % {**event.params, **event.words} for event in story.told(**given)]


def test_stages_of_one_day_stand_in_their_order_however_they_were_recorded(app):
    customer = a_customer()
    reached = {Stage.MIDSTAGE: DAY, Stage.CONCEALED: DAY, Stage.KICKOFF: DAY}
    project = a_project(customer, reached=reached, contract_number="H", created_at=clock.at(DAY))
    customer.created_at = clock.at(DAY)
    assert told(customer=customer, projects=[project]) == [
        "登记客户", "登记工程 H", "开工交底 · H", "隐蔽验收 · H", "中期验收 · H",
    ]  # fmt: skip


def test_a_case_is_handed_over_and_signed_before_it_ends_within_the_same_minute(app, cast):
    case = a_case(project=a_project(people={}), owner=cast.agent, received_at=MORNING, number="T", ended_at=MORNING)
    times = {"sent_at": MORNING, "sign_by": MORNING, "answered_at": MORNING}
    db.session.add(Handoff(case=case, from_id=cast.agent.id, to_person=cast.pm, snapshot="{}", sha256="", **times))
    db.session.flush()
    rows = story.cases(story.Case.customer_id == case.customer_id, cast.hq)
    assert told(cases=rows) == ["受理投诉 T", "T 移交给潘经理", "潘经理签收 T", "投诉 T 已登记"]


def test_who_is_given_a_project_at_its_start_stands_in_one_entry(app, cast):
    project, at = a_project(a_customer()), clock.to_minute(clock.now())
    for function, person in ((Function.PM, cast.pm), (Function.DESIGNER, cast.staff)):
        people.assign(project, the_function(function), person, since=clock.day_of(at), by=cast.lead, at=at)
    people.assign(project, the_function(Function.PM), cast.pm2, since=clock.day_of(at), by=cast.lead, at=at)
    db.session.flush()
    told = story.told(corrections=story.corrections(None, [project.id]))
    assert [event.title for event in told] == ["安排人员", "更换人员"]
    assert told[0].changes.keys() >= {"项目经理.person", "设计师.person"}
