"""Sites short of their calls: the same that the month's report counts as short, found without reading every project."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from app.domain.callbacks.enums import CallbackState
from app.domain.core import clock
from app.domain.customers.enums import Channel
from app.domain.customers.models import DoNotContact
from app.domain.projects import status
from app.domain.projects.models import Project, Suspension
from app.domain.reports.period import Period, PeriodKind
from app.domain.reports.quota_shortfall import short_of_calls
from app.domain.reports.scope import Scope
from app.domain.reports.sources import progress
from app.domain.settings import values
from app.extensions import db
from tests.factories import a_callback, a_project
from tests.shipped import Stage

TODAY = date(2026, 11, 20)


def a_site(cast, kickoff, completion=None, *, calls=0, off=None, **facts) -> Project:
    """`kickoff` and `completion` in days from today, `off` the first suspended day likewise."""
    days = {Stage.KICKOFF: kickoff} | ({} if completion is None else {Stage.COMPLETION: completion})
    reached = {stage: TODAY + timedelta(days=count) for stage, count in days.items()}
    site = a_project(branch_id=cast.east.id, reached=reached, **facts)
    if off is not None:
        site.suspensions.append(Suspension(first_day=TODAY + timedelta(days=off), reason="等图纸"))
    for ordinal in range(calls):
        at = clock.at(TODAY - timedelta(days=ordinal), time(9))
        a_callback(site, state=CallbackState.DONE, effective=True, reached_at=at, made_for=f"{site.id}/{ordinal}")
    return site


@pytest.fixture
def sites(cast, freeze):
    freeze("2026-11-20 10:00")
    made = {
        "short": a_site(cast, -60, calls=1),
        "called": a_site(cast, -60, calls=2),
        "begun today": a_site(cast, 0, calls=1),
        "completed this month": a_site(cast, -60, -5, calls=1),
        "completed last month": a_site(cast, -90, -40),
        "suspended since long": a_site(cast, -60, off=-40),
        "suspended lately": a_site(cast, -60, off=-9),
        "cancelled this month": a_site(cast, -60, cancelled_on=TODAY - timedelta(days=1)),
        "cancelled long ago": a_site(cast, -90, cancelled_on=TODAY - timedelta(days=50)),
        "not to be called": a_site(cast, -60),
    }
    asked = DoNotContact(
        customer_id=made["not to be called"].customer_id, channel=Channel.PHONE, since=clock.now() - timedelta(days=3)
    )
    db.session.add(asked)
    db.session.flush()
    for site in made.values():
        status.refresh(site, TODAY)
    db.session.flush()
    return made


def short(person) -> set[int]:
    return set(db.session.scalars(short_of_calls(person, clock.now(), own=False)))


def test_they_are_those_the_report_counts_as_short_but_for_cancelled_ones(cast, sites):
    rows = progress.facts(Scope(Period.of(PeriodKind.MONTH, TODAY), clock.now())).subquery().c
    reported = select(rows.id).where(rows.with_quota == 1, rows.quota_met == 0)
    assert short(cast.office) == set(db.session.scalars(reported)) - {sites["cancelled this month"].id}
    names = {name for name, site in sites.items() if site.id in short(cast.office)}
    assert names == {"short", "begun today", "completed this month", "suspended lately"}


def test_the_settings_in_force_decide(cast, sites):
    values.change("callbacks.monthly_quota", 0, since=TODAY, by=cast.admin, at=clock.now())
    assert short(cast.office) == set()


def test_other_branches_and_other_peoples_sites_stay_out(cast, sites):
    assert short(cast.outsider) == set()
    assert short(cast.pm) == set()
    assert set(db.session.scalars(short_of_calls(cast.agent, clock.now(), own=True))) == set()
