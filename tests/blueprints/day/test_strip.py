"""The strip beside the day's list: each number opens exactly the rows it counts."""

import html
import re
from datetime import date, time, timedelta

import pytest

from app.domain.callbacks.enums import CallbackState
from app.domain.core import clock
from app.domain.projects.enums import ProjectStatus
from tests.factories import a_callback, a_customer, a_project
from tests.people import login
from tests.shipped import Function, Stage


@pytest.fixture
def project(cast):
    return a_project(branch_id=cast.east.id)


def strip_of(client) -> dict[str, tuple[str, str | None]]:
    """Label → number and where it leads."""
    text = client.get("/").text
    found = re.findall(r"<dt>(.*?)</dt><dd>(?:<a href=\"(.*?)\">)?(\d+\+?)", text)
    return {label: (number, html.unescape(href) or None) for label, href, number in found}


def rows_at(client, address: str) -> int:
    return client.get(address).text.count('class="row-link"')


def a_site(cast, *, branch=None, kickoff="2026-11-01", **people):
    staff = {Function.AGENT: cast.agent, Function.PM: cast.pm} | {Function(k): v for k, v in people.items()}
    return a_project(
        a_customer(branch_id=(branch or cast.east).id),
        status=ProjectStatus.BUILDING,
        reached={Stage.KICKOFF: date.fromisoformat(kickoff)},
        people=staff,
    )


def an_effective_call(project, day: int):
    at = clock.at(date(2026, 11, day), time(10))
    return a_callback(
        project, last=date(2026, 11, day), state=CallbackState.DONE, effective=True, reached_at=at, rating=5
    )


def test_the_strip_counts_calls_of_today_and_opens_exactly_them(client, cast, project, freeze):
    freeze("2026-11-20 10:00")
    a_callback(project, assigned_to=cast.agent)
    a_callback(project, assigned_to=cast.agent, last=clock.today() + timedelta(days=3), window_first=clock.today())
    a_callback(project, assigned_to=cast.lead)
    login(client, cast.agent)
    assert strip_of(client)["今天还要打"] == ("1", "/callbacks?whose=mine&until=2026-11-20")
    assert rows_at(client, "/callbacks?whose=mine&until=2026-11-20") == 1


def test_sites_short_of_their_calls_are_counted_and_listed_alike(client, cast, freeze):
    freeze("2026-11-20 10:00")
    short, called, others = a_site(cast), a_site(cast), a_site(cast, agent=cast.lead, pm=cast.pm2)
    a_site(cast, branch=cast.west, agent=cast.outsider, pm=cast.pm2)
    for day in (5, 12):
        an_effective_call(called, day)
    an_effective_call(short, 5)

    login(client, cast.agent)
    assert strip_of(client)["本月还差回访的工地"] == ("1", "/projects?calls=own")
    assert [one.contract_number in client.get("/projects?calls=own").text for one in (short, called, others)] == [
        True, False, False,
    ]  # fmt: skip
    login(client, cast.pm)
    assert strip_of(client)["本月还差回访的工地"] == ("1", "/projects?calls=short")
    assert rows_at(client, "/projects?calls=short") == 1
    login(client, cast.lead)
    assert strip_of(client)["本月还差回访的工地"] == ("2", "/projects?calls=short")
    assert rows_at(client, "/projects?calls=short") == 2
