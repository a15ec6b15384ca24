"""A whole call by keyboard alone, a browser closed in the middle of it, and what axe finds on list and call."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from app.domain.callbacks.enums import CallbackState
from app.domain.callbacks.models import Callback
from app.domain.cases.models import Case
from app.domain.core import clock
from app.domain.plans.enums import Occasion
from app.domain.plans.models import Questionnaire
from app.domain.settings import values
from app.extensions import db
from tests.factories import a_callback, a_customer, a_project
from tests.people import login_page, make_cast
from tests.shipped import Function, Stage

pytestmark = pytest.mark.browser
AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text()


@pytest.fixture
def agent(page: Page, live_app):
    """The agent's browser, with two callbacks on their list."""
    cast = make_cast()
    today = clock.today()
    values.change("firm.name", "安居装饰", since=today, by=None, at=clock.now())
    values.change("firm.service_number", "400-820-1234", since=today, by=None, at=clock.now())
    sheet = db.session.scalars(select(Questionnaire).where(Questionnaire.code == "kickoff")).one()
    for name, days in (("李梅", 0), ("周建平", 1)):
        project = a_project(
            a_customer(name, branch_id=cast.east.id, room="1202"),
            reached={Stage.KICKOFF: today - timedelta(days=2)},
            people={Function.PM: cast.pm, Function.DESIGNER: cast.staff, Function.AGENT: cast.agent},
        )
        a_callback(
            project,
            last=today + timedelta(days=days),
            occasion=Occasion.KICKOFF,
            assigned_to=cast.agent,
            questionnaire=sheet,
        )
    return login_page(page, live_app, cast.agent)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(60)


@contextmanager
def reading() -> Iterator[None]:
    """A look at the database that lets the server write again afterwards."""
    db.session.rollback()
    yield
    db.session.rollback()


def ids() -> list[int]:
    """The ids of the two callbacks."""
    with reading():
        return list(db.session.scalars(select(Callback.id).order_by(Callback.id)))


def findings(page: Page) -> list[str]:
    page.evaluate(AXE)
    result = page.evaluate("axe.run(document)")
    return [f"{found['id']}: {node['html'][:120]}" for found in result["violations"] for node in found["nodes"]]


def test_a_whole_call_by_keyboard_alone(agent: Page):
    agent.goto("/callbacks")
    press(agent, "j", "Enter")
    agent.wait_for_url("**/callbacks/*")
    agent.wait_for_selector(".question.is-here")
    press(agent, "1")  # reached
    press(agent, *"11111112")  # true, all came, clear, complete, arrived, inspected, manager there, no problem
    press(agent, "5")  # very satisfied
    assert agent.locator("input[name=q_overall]:checked").get_attribute("value") == "5"
    agent.keyboard.type("太太王芳 13912345678")
    for _ in range(12):
        if agent.evaluate("document.activeElement.type === 'submit'"):
            break
        press(agent, "Tab")
    press(agent, "Enter")
    first, second = ids()
    agent.wait_for_url(f"**/callbacks/{second}")
    with reading():
        callback = db.session.get_one(Callback, first)
        assert (callback.state, callback.rating) == (CallbackState.DONE, 5)
        assert [contact.name for contact in callback.project.contacts] == ["太太王芳"]


def test_nobody_answers_and_the_next_call_is_there(agent: Page):
    first, second = ids()
    agent.goto(f"/callbacks/{first}")
    agent.wait_for_selector(".question.is-here")
    press(agent, "2", "Enter")
    agent.wait_for_url(f"**/callbacks/{second}")


def test_ctrl_enter_saves_from_wherever_one_types(agent: Page):
    first, second = ids()
    agent.goto(f"/callbacks/{first}")
    agent.wait_for_selector(".question.is-here")
    press(agent, "2")
    agent.locator("[name=note]:visible").fill("响了很久没人接")
    press(agent, "Control+Enter")
    agent.wait_for_url(f"**/callbacks/{second}")


def test_a_browser_closed_in_the_middle_loses_nothing(agent: Page):
    first = ids()[0]
    agent.goto(f"/callbacks/{first}")
    agent.wait_for_selector(".question.is-here")
    press(agent, "1", "2")
    agent.fill("#remarks", "客户说交底还没做")
    agent.wait_for_selector("[data-saved-mark]:has-text('已保存')")
    agent.close()
    again = agent.context.new_page()
    again.goto(f"/callbacks/{first}")
    assert again.input_value("#remarks") == "客户说交底还没做"
    assert again.is_checked("input[name=outcome][value=reached]")
    assert again.is_checked("input[name=q_truthful][value=no]")
    assert again.is_visible("text=怎么跟进")
    assert again.is_hidden("text=项目经理、设计师、施工负责人和工长都到场了吗")


def test_trouble_becomes_a_case_without_leaving_the_call(agent: Page):
    first, second = ids()
    agent.goto(f"/callbacks/{first}")
    agent.wait_for_selector(".question.is-here")
    press(agent, "1", "1", "1", "1", "1", "2", "1")
    assert agent.is_visible("text=真对不起")
    agent.fill("#q_overall_why", "工地没人管")
    agent.locator("label:has(input[name=follow_up][value=complaint])").click()
    agent.fill("#request", "换项目经理")
    agent.click("text=保存并下一个")
    agent.wait_for_url(f"**/callbacks/{second}")
    with reading():
        case = db.session.scalars(select(Case)).one()
        assert (case.content, case.request) == ("工地没人管", "换项目经理")


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_list_and_call(agent: Page, width: int):
    agent.set_viewport_size({"width": width, "height": 900})
    first = ids()[0]
    for scheme in ("light", "dark"):
        agent.emulate_media(color_scheme=scheme)
        for path in ("/callbacks", f"/callbacks/{first}", "/callbacks/tasks", "/callbacks/make-up"):
            agent.goto(path)
            assert findings(agent) == [], path
            assert agent.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
