"""The demo firm: loaded on any day it has something true to show, and it goes without a trace."""

import pytest
from sqlalchemy import func, select

from app.domain.accounts.models import Person
from app.domain.callbacks.generation import generate
from app.domain.callbacks.models import Callback
from app.domain.cases.handoffs.models import Handoff
from app.domain.cases.models import Case, Deadline
from app.domain.core import clock
from app.domain.core.errors import Refused
from app.domain.core.orm import Base
from app.domain.customers.models import CustomerPhone
from app.domain.day import late, on_site, team, work
from app.domain.demo import loading, scaling
from app.domain.projects.enums import ProjectStatus
from app.domain.projects.models import Project
from tests.factories import a_person


def _count(*what) -> int:
    return loading.db.session.scalar(select(func.count()).select_from(what[0]).where(*what[1:]))


def _person(name: str) -> Person:
    return loading.db.session.scalars(select(Person).where(Person.name == name)).one()


def test_every_page_has_something_to_show_and_all_of_it_goes_again(app, freeze):
    freeze("2026-11-21 10:00")
    at = clock.now()
    assert len(loading.load(at)) >= 8

    assert _count(Project) >= 50
    assert set(loading.db.session.scalars(select(Project.status))) >= {
        ProjectStatus.WAITING, ProjectStatus.BUILDING, ProjectStatus.SUSPENDED, ProjectStatus.WARRANTY,
        ProjectStatus.EXPIRED,
    }  # fmt: skip
    assert _count(Callback, Callback.effective) >= 100
    assert _count(Callback, Callback.effective, Callback.rating <= 2) >= 1
    assert _count(Case) >= 40
    assert _count(Case, Case.ended_at.is_(None), Case.next_due_at < at) >= 1
    assert _count(Handoff, Handoff.answered_at.is_(None)) >= 2
    assert _count(Deadline, Deadline.met_at > Deadline.due_at) >= 1

    waits = team.waiting(_person("周敏"), at)
    assert waits.to_decide
    assert waits.in_pool
    assert any(load.calls_over for load in team.loads(_person("周敏"), at))
    assert {"待签收", "待联系", "待上门", "处理中"} <= {group.label for group in on_site.groups(_person("赵建军"), at)}
    assert late.unsigned(_person("吴国强"))
    assert late.broken_promises(_person("吴国强"), at, late.OUT_THERE)
    assert work.groups(_person("林晓雨"), at)

    loading.erase()
    assert {table.name for table in Base.metadata.sorted_tables if _count(table)} == loading.SHIPPED
    assert loading.is_empty()


@pytest.mark.sqlite
@pytest.mark.parametrize("today", ["2028-02-29 23:30", "2027-01-01 00:05"])
def test_the_story_can_be_told_on_any_day(app, freeze, today):
    freeze(today)
    loading.load(clock.now(), homes=10)
    assert _count(Callback, Callback.effective) >= 20


def test_it_is_not_loaded_where_somebody_works(app):
    a_person()
    with pytest.raises(Refused):
        loading.load(clock.now())


def test_a_firm_that_works_is_not_erased(app):
    a_person()
    with pytest.raises(Refused):
        loading.erase()
    assert _count(Person) == 1


def test_the_firm_many_times_over_holds_together(app, freeze):
    freeze("2026-11-21 10:00")
    loading.load(clock.now(), homes=12)
    before = {table.name: _count(table) for table in Base.metadata.sorted_tables}
    at_work = _count(Project, Project.status == ProjectStatus.BUILDING)
    scaling.multiply(30)
    after = {table.name: _count(table) for table in Base.metadata.sorted_tables}
    for name in ("customers", "customer_phones", "search_grams", "projects", "project_stages", "callbacks", "attempts",
                 "answers", "cases", "case_events", "deadlines"):  # fmt: skip
        assert after[name] == 30 * before[name], name
    assert after["people"] == before["people"]
    assert len(set(loading.db.session.scalars(select(CustomerPhone.number)))) == after["customer_phones"]
    assert generate.generate(clock.now()) == 0
    assert _count(Project, Project.status == ProjectStatus.BUILDING) == 2 * at_work
