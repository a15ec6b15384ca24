"""The first page of each role and the month's pages in a real browser: axe finds nothing, keys lead to the work."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from app.domain.callbacks.enums import CallbackState
from app.domain.cases import intake
from app.domain.cases.deadlines import sync
from app.domain.cases.handoffs import sending, signing
from app.domain.cases.models import Case
from app.domain.core import clock
from app.domain.plans.enums import CaseKind
from app.domain.projects.enums import ProjectStatus
from app.extensions import db
from tests.factories import a_callback, a_customer, a_project
from tests.people import Cast, login_page, make_cast
from tests.shipped import Function, Stage
from tests.support.once import ROOT

pytestmark = pytest.mark.browser
AXE = (ROOT / "tests" / "vendor" / "axe.min.js").read_text()
SCHEMES = ("light", "dark")


@pytest.fixture
def cast(live_app) -> Cast:
    """A branch with something for everybody: overdue, to sign, to contact, nobody's, to decide."""
    cast = make_cast()
    site = a_project(
        a_customer("王建国", phone="13800001234", branch_id=cast.east.id, estate="翡翠湖畔"),
        status=ProjectStatus.BUILDING,
        reached={Stage.KICKOFF: clock.today().replace(day=1) - timedelta(days=40)},
        people={Function.PM: cast.pm, Function.AGENT: cast.agent},
    )
    a_callback(site, assigned_to=cast.agent, last=clock.today() - timedelta(days=1))
    a_callback(site)
    a_callback(site, state=CallbackState.UNREACHABLE)
    a_callback(
        site, last=clock.today(), state=CallbackState.DONE, effective=True, reached_at=clock.now(), rating=2,
        reached_by=cast.agent, assigned_to=cast.agent,
    )  # fmt: skip
    for hours in (3, 2):
        case = a_repair(site, cast, hours=hours)
        handoff = sending.send(case, cast.pm, asked="请今天上门看。", by=cast.agent, at=clock.now())
    signing.sign(handoff, seen=handoff.sha256, by=cast.pm, at=clock.now(), typed_name=cast.pm.name)
    sync.sync_deadlines(case, clock.now())
    a_repair(site, cast, CaseKind.COMPLAINT, hours=30)
    db.session.commit()
    return cast


def a_repair(site, cast: Cast, kind=CaseKind.REPAIR, *, hours: float) -> Case:
    report = intake.CaseIntake(kind=kind, customer=site.customer, project=site, content="厨房水槽滴水")
    return intake.register(report, by=cast.agent, at=clock.now() - timedelta(hours=hours))


def found_by_axe(page: Page) -> list[str]:
    """What axe finds wrong with the page in light and in dark: scheme, rule and place."""
    found = []
    page.evaluate(AXE)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for one in page.evaluate("axe.run(document)")["violations"]:
            found += [f"{scheme} {one['id']}: {node['target']}" for node in one["nodes"]]
    return found


def test_the_agents_day_opens_its_first_thing_by_keyboard(page, live_app, cast):
    login_page(page, live_app, cast.agent)
    page.goto("/")
    expect(page.get_by_role("heading", name="已超时")).to_be_visible()
    assert found_by_axe(page) == []
    first = page.locator(".work-row").first
    address = first.get_by_role("link").first.get_attribute("href")
    page.keyboard.press("j")
    expect(first).to_have_class(re.compile("is-here"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


def test_the_leads_day_shows_what_waits_and_who_has_how_much(page, live_app, cast):
    login_page(page, live_app, cast.lead)
    page.goto("/")
    expect(page.get_by_role("heading", name="等您决定")).to_be_visible()
    expect(page.get_by_role("row", name=cast.agent.name)).to_be_visible()
    assert found_by_axe(page) == []


def test_the_project_managers_day_fits_a_phone(page, live_app, cast):
    page.set_viewport_size({"width": 390, "height": 800})
    login_page(page, live_app, cast.pm)
    page.goto("/")
    expect(page.locator(".day-group h2")).to_have_text([re.compile("待签收"), re.compile("待联系")])
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert found_by_axe(page) == []
    page.get_by_role("link", name="去签收").click()
    page.wait_for_url("**/handoffs/*")


def test_the_offices_day_counts_the_month_after_it_stands_there(page, live_app, cast):
    login_page(page, live_app, cast.office)
    page.goto("/")
    satisfied = page.locator(".figure", has_text="满意度")
    expect(satisfied).to_contain_text("未达标")
    expect(page.get_by_text("数据截至")).to_be_visible()
    assert found_by_axe(page) == []
    satisfied.get_by_role("link").click()
    page.wait_for_url("**/reports/callbacks/rows?*figure=satisfied_rate")


@pytest.mark.parametrize("name", ["callbacks", "complaints", "repairs"])
def test_a_months_page_and_its_sheet_have_nothing_for_axe(page, live_app, cast, name):
    login_page(page, live_app, cast.office)
    page.goto(f"/reports/{name}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert found_by_axe(page) == []
    page.get_by_role("link", name="打印预览").click()
    page.wait_for_url(f"**/reports/{name}/preview*")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert found_by_axe(page) == []
