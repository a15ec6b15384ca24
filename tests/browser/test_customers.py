"""A first call registered in a browser, and what axe finds on the pages of customers and projects."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.domain.core import clock
from app.domain.core.parsing.phones import Phone
from app.domain.customers import records
from tests.factories import a_project
from tests.people import login_page, make_cast
from tests.shipped import Function, Stage

pytestmark = pytest.mark.browser
AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text()


@pytest.fixture
def agent(page: Page, live_app):
    """The agent's browser, and a customer with a project: `/customers/1`, `/projects/1`."""
    cast = make_cast()
    facts = {"name": "曾小贤", "estate": "阳光花园", "room": "1203", "notes": "上午不要打电话"}
    customer = records.register(phones=[Phone("13800001234")], by=cast.agent, at=clock.now(), **facts)
    a_project(customer, branch=cast.east, reached={Stage.KICKOFF: clock.today()}, people={Function.PM: cast.pm})
    return login_page(page, live_app, cast.agent)


def findings(page: Page) -> list[str]:
    page.evaluate(AXE)
    rules = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice']}"
    found = page.evaluate(f"axe.run(document, {rules})")["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found]


def test_an_equal_number_is_offered_before_the_form_is_sent(agent):
    agent.goto("/customers/new")
    agent.get_by_label("电话", exact=False).first.fill("138 0000 1234")
    agent.keyboard.press("Tab")
    expect(agent.locator("#known a")).to_have_text("曾小贤")


def test_the_search_box_leads_to_the_record(agent):
    agent.goto("/customers")
    agent.get_by_role("searchbox", name="搜索").fill("zxx")
    agent.keyboard.press("Enter")
    expect(agent.get_by_role("heading", level=1)).to_have_text("曾小贤")


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(agent, width, theme):
    agent.set_viewport_size({"width": width, "height": 900})
    agent.emulate_media(color_scheme=theme)
    for path in ("/customers", "/customers/new", "/customers/1", "/customers/1/edit", "/projects", "/projects/1",
                 "/projects/new?customer=1", "/search?q=13900000000"):  # fmt: skip
        agent.goto(path)
        assert findings(agent) == [], path
        beyond = agent.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond <= 0, path
