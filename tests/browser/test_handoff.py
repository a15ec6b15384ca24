"""A complaint from the first ring to closing by keyboard, and its handoff signed on a phone."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.domain.callbacks.enums import Outcome
from app.domain.cases import assessment, closing, contact, intake, site_work
from app.domain.cases.enums import CaseState
from app.domain.cases.handoffs import sending
from app.domain.cases.handoffs.enums import SignedHow
from app.domain.cases.handoffs.models import Handoff, Signature
from app.domain.cases.intake import CaseIntake
from app.domain.cases.models import Case
from app.domain.core import clock
from app.domain.plans.enums import CaseKind, Urgency
from app.domain.search.indexing import reindex
from app.extensions import db
from tests.factories import a_callback, a_customer, a_project
from tests.people import login_page, make_cast
from tests.shipped import Function, Stage
from tests.support.once import ROOT

pytestmark = pytest.mark.browser
AXE = (ROOT / "tests" / "vendor" / "axe.min.js").read_text()
PHONE = {"width": 320, "height": 640}


@pytest.fixture
def people(live_app, tmp_path):
    live_app.config["FILES_DIR"] = str(tmp_path)
    cast = make_cast()
    db.session.commit()
    return cast


@pytest.fixture
def project(people):
    customer = a_customer("王建国", phone="13800001234", branch_id=people.east.id, unit="2", room="501")
    reindex(customer)
    project = a_project(customer, reached={Stage.COMPLETION: date(2026, 1, 5)}, people={Function.PM: people.pm})
    db.session.commit()
    return project


@pytest.fixture
def handoff(people, project):
    report = CaseIntake(
        kind=CaseKind.COMPLAINT, customer=project.customer, project=project, urgency=Urgency.URGENT,
        content="卫生间门口的木地板泡坏了，墙面也起皮，楼下邻居说天花板在滴水。", request="今天来人看，先把水停了。",
    )  # fmt: skip
    at = clock.now()
    case = intake.register(report, by=people.agent, at=at)
    contact.verify(case, Outcome.REACHED, by=people.agent, at=at)
    assessment.judge(case, is_valid=True, needs_department=True, by=people.agent, at=at)
    handoff = sending.send(case, people.pm, asked="请今天下班前上门，先关总阀，再看防水。", by=people.agent, at=at)
    db.session.commit()
    return handoff


def opened(page: Page, live_app, person, address: str) -> Page:
    login_page(page, live_app, person)
    page.goto(address)
    return page


def found_by_axe(page: Page) -> list[str]:
    """What axe finds wrong with the page: rule and place."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document)")["violations"]
    return [f"{one['id']}: {node['target']}" for one in found for node in one["nodes"]]


def fits(page: Page) -> bool:
    """Whether nothing makes the page wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_complaint_from_the_first_ring_to_closing_by_keyboard(page, live_app, people, project):
    opened(page, live_app, people.agent, "/cases/new?kind=complaint")
    page.keyboard.type("1234")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="王建国").press("Enter")
    expect(page.get_by_label("工程")).not_to_have_value("")
    page.get_by_label("客户说了什么").press_sequentially("卫生间漏水")
    page.get_by_role("button", name="登记投诉").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("TS-")
    page.get_by_role("radio", name="接通").first.press("Space")
    page.get_by_role("button", name="记下这次电话").press("Enter")
    page.get_by_role("radio", name="成立，移交部门处理").press("Space")
    page.get_by_role("button", name="判定").press("Enter")
    page.get_by_label("请对方做什么").press_sequentially("请今天上门")
    page.get_by_role("button", name="移交", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="等潘经理签收")).to_be_visible()
    case = db.session.scalars(select(Case)).one()
    signed_and_resolved(case, people)
    page.reload()
    page.get_by_label("原因").select_option(index=1)
    page.get_by_label("处理结果").select_option(index=1)
    page.get_by_label("以后怎样避免").press_sequentially("闭水要拍照")
    page.get_by_role("button", name="办结").press("Enter")
    expect(page.get_by_text("已办结").first).to_be_visible()


def signed_and_resolved(case, people):
    case.state = CaseState.IN_WORK
    site_work.resolve(case, done="重做防水", by=people.pm, at=clock.now())
    callback = a_callback(case.project, case=case, rating=5, effective=True, reached_at=clock.now())
    closing.take_rating(case, callback, people.agent, clock.now())
    db.session.commit()


@pytest.mark.parametrize("scale", [1, 2])
def test_a_handoff_is_signed_by_drawing_on_a_small_phone(page, live_app, people, handoff, scale):
    page.set_viewport_size(PHONE)
    opened(page, live_app, people.pm, f"/handoffs/{handoff.id}")
    if scale == 2:
        page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert fits(page)
    page.locator("#sign > summary").click()
    pad = page.locator("[data-signature] canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 60, steps=5)
    page.mouse.up()
    page.get_by_role("button", name="确认签收").click()
    expect(page.get_by_text("签收（手写）")).to_be_visible()
    assert fits(page)
    signature = db.session.scalars(select(Signature)).one()
    assert signature.how is SignedHow.DRAWN
    assert signature.sha256 == db.session.get(Handoff, handoff.id).sha256


def test_a_handoff_is_signed_by_a_typed_name_without_scripts(browser, live_server, live_app, people, handoff):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, viewport=PHONE, locale="zh-CN")
    page = context.new_page()
    try:
        opened(page, live_app, people.pm, f"/handoffs/{handoff.id}")
        page.locator("#sign > summary").click()
        page.get_by_label("填写姓名").fill("潘经理")
        page.get_by_role("button", name="确认签收").click()
        expect(page.get_by_text(re.compile("签收（键入姓名）"))).to_be_visible()
    finally:
        context.close()
    assert db.session.scalars(select(Signature.how)).one() is SignedHow.TYPED


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 900), (375, 700)])
def test_axe_finds_nothing(page, live_app, people, handoff, project, theme, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=theme)
    case = f"/cases/{handoff.case_id}"
    new = f"/cases/new?kind=complaint&customer={project.customer_id}"
    login_page(page, live_app, people.agent)
    addresses = ("/cases", case, f"{case}?do=raise", f"{case}?do=hand_over", new, "/cases/new?q=1234", "/handoffs")
    for address in (*addresses, f"/handoffs/{handoff.id}"):
        page.goto(address)
        assert found_by_axe(page) == [], address
        assert fits(page), address
    login_page(page, live_app, people.pm)
    page.goto(f"/handoffs/{handoff.id}")
    page.locator("#sign > summary").click()
    assert found_by_axe(page) == []
