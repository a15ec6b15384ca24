"""Every component on one page, and what the scripts add to it, in a real browser."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
import pytest
from flask import Blueprint, abort, render_template, request
from flask_wtf import FlaskForm
from playwright.sync_api import Page, expect
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.domain.accounts.roles import Role
from app.domain.core import clock
from app.web.access import public
from app.web.fields import MomentField, MoneyField, PhoneField
from tests.factories import a_person
from tests.people import login_page

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
AXE = (HERE.parent / "vendor" / "axe.min.js").read_text()
TONES = ("over", "soon", "open", "met", "late", "broken", "released", "unreached")
# By a finger the browser would zoom; a bar that stands still always covers some link of a long page.
TALL = {"width": 390, "height": 8000}
COMPOSING = """() => document.body.dispatchEvent(
    new KeyboardEvent("keydown", {key: "j", isComposing: true, bubbles: true}))"""


RATINGS = [SelectChoice("5", "非常满意"), SelectChoice("2", "不太满意"), SelectChoice("1", "很不满意")]


class EverythingForm(FlaskForm):
    """One field of each kind."""

    name = StringField("姓名", [InputRequired("请填姓名")])
    phone = PhoneField("手机")
    when = MomentField("受理时间")
    cost = MoneyField("人工费")
    source = SelectField("来源", choices=[SelectChoice("shop", "门店")])
    rating = RadioField("满意度", choices=RATINGS, validate_choice=False)
    note = TextAreaField("说明")
    key_customer = BooleanField("重点客户")
    drawn = HiddenField("签名")
    typed = StringField("或填写姓名")


def shown() -> dict[str, Any]:
    """What the page shows."""
    now = clock.now()
    clocks = [
        {"tone": tone, "text": "剩 1:20", "label": "签收", "title": "移交后 4 小时", "href": "/walk"} for tone in TONES
    ]
    clocks[2]["due"] = (now + timedelta(minutes=81)).isoformat()
    work = {"clock": clocks[0], "verb": "核实投诉", "who": "陈建国 先生", "place": "翡翠湖畔", "why": "墙面开裂"}
    entry = {"at": now, "title": "改了资料", "who": "安宁", "body": "一句话", "kind": "edit"}
    more = {"details": [("紧急程度", "一般", "紧急")], "photos": [], "href": None, "tone": "soon"}
    return {
        "shown_clocks": clocks,
        "work": work | {"href": "/row", "button": "回电", "tags": [("紧急", "bad")]},
        "entries": [SimpleNamespace(**entry, **more)],
    }


class Drafts:
    """What the draft's address was sent, and whether it answers."""

    def __init__(self) -> None:
        self.kept: list[dict[str, str]] = []
        self.works = True


@pytest.fixture
def drafts(live_app: Any) -> Drafts:
    """Adds the page and its draft to the app."""
    drafts, bp = Drafts(), Blueprint("components", __name__)

    @bp.route("/components", methods=["GET", "POST"])
    @public
    def page() -> Any:
        form = EverythingForm()
        status = 200 if request.method == "GET" or form.validate() else 422
        return render_template("everything.html", form=form, **shown()), status

    @bp.post("/components/draft")
    @public
    def draft() -> Any:
        if not drafts.works:
            abort(503)
        drafts.kept.append(request.form.to_dict())
        return "", 204

    @bp.get("/row/<int:number>")
    @public
    def row(number: int) -> str:
        return str(number)

    live_app.register_blueprint(bp)
    loaders = [live_app.jinja_loader, jinja2.FileSystemLoader(HERE / "templates")]
    live_app.jinja_env.loader = jinja2.ChoiceLoader(loaders)
    return drafts


def findings(page: Page) -> list[str]:
    """What axe finds on the page."""
    page.evaluate(AXE)
    result = page.evaluate("axe.run(document)")
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in result["violations"]]


@pytest.fixture
def everything(drafts: Drafts, page: Page) -> Page:
    """The page, opened, its scripts begun."""
    page.goto("/components")
    page.wait_for_selector("html.js")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(everything: Page, scheme: Any) -> None:
    everything.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    assert findings(everything) == []
    everything.set_viewport_size(TALL)
    assert findings(everything) == []


@pytest.mark.parametrize("width", [320, 768, 1024])
def test_nothing_sticks_out(everything: Page, width: int) -> None:
    everything.set_viewport_size({"width": width, "height": 700})
    assert everything.evaluate("document.documentElement.scrollWidth") <= width


def test_a_refused_form_keeps_what_was_typed_and_says_why_beside_it(everything: Page) -> None:
    everything.fill("#phone", "138 0000 1234")
    everything.click("#form .actions [type=submit]")
    expect(everything.locator("#name-error")).to_have_text("请填姓名")
    assert everything.get_attribute("#name", "aria-describedby") == "name-error"
    assert everything.input_value("#phone") == "138 0000 1234"
    expect(everything.locator(".form-errors")).to_be_focused()
    assert findings(everything) == []


def test_rows_by_keys_but_not_while_an_input_method_composes(everything: Page) -> None:
    everything.evaluate(COMPOSING)
    everything.wait_for_timeout(100)
    assert everything.locator(".is-here").count() == 0
    everything.keyboard.press("j")
    expect(everything.locator(".list .is-here")).to_have_count(1)
    everything.keyboard.press("Enter")
    everything.wait_for_url("**/row/0")


def test_keys_can_be_turned_off_and_stay_off(everything: Page) -> None:
    everything.keyboard.press("?")
    expect(everything.locator("[data-keys-toggle]")).to_be_checked()  # the sheet is there: until then it is not ticked
    everything.locator("[data-keys-toggle]").uncheck()
    everything.click("[data-keys-close]")
    everything.reload()
    everything.keyboard.press("j")
    everything.wait_for_timeout(150)
    assert everything.locator(".is-here").count() == 0


def test_a_number_answers_and_opens_what_follows(everything: Page) -> None:
    expect(everything.locator("#note")).to_be_hidden()
    everything.focus("#rating-0")
    everything.keyboard.press("2")
    expect(everything.locator("#rating-1")).to_be_checked()
    expect(everything.locator("#note")).to_be_visible()


def test_a_draft_is_kept_and_says_so(everything: Page, drafts: Drafts) -> None:
    everything.fill("#name", "陈建国")
    expect(everything.locator("[data-saved-mark]")).to_contain_text("已保存")
    assert drafts.kept[-1]["name"] == "陈建国"


def test_what_is_read_is_said_by_the_reader_of_the_form(drafts: Drafts, page: Page, live_app: Any) -> None:
    login_page(page, live_app, a_person(Role.AGENT, username="agent"))
    page.goto("/components")
    page.wait_for_selector("html.js")
    page.fill("#phone", "１３８ 0000-1234转802")
    page.fill("#when", "2026年3月5日下午2点半")
    page.fill("#cost", "1,2")
    page.press("#cost", "Tab")
    expect(page.locator("#phone-read")).to_have_text("理解为 138 0000 1234 转 802")
    expect(page.locator("#when-read")).to_have_text("理解为 2026-03-05 星期四 14:30")
    expect(page.locator("#cost-read")).to_contain_text("可能是 1.2，也可能是 12")
    page.press("#cost", "End")
    page.locator("#cost").press_sequentially("00")
    expect(page.locator("#cost-read")).to_have_text("理解为 ¥1,200.00")
    page.fill("#cost", "")
    expect(page.locator("#cost-read")).to_be_empty()


def test_without_an_answer_nothing_is_said(everything: Page) -> None:
    """Nobody is signed in here: a sign-in page is no reading."""
    with everything.expect_request("**/hints?*"):
        everything.fill("#phone", "138")
        everything.press("#phone", "Tab")
    everything.wait_for_load_state("networkidle")
    expect(everything.locator("#phone-read")).to_be_empty()


def test_signing_fills_the_field_and_clearing_empties_it(everything: Page) -> None:
    everything.locator("canvas").scroll_into_view_if_needed()
    box = everything.locator("canvas").bounding_box()
    assert box
    everything.mouse.move(box["x"] + 20, box["y"] + 20)
    everything.mouse.down()
    everything.mouse.move(box["x"] + 120, box["y"] + 90, steps=6)
    everything.mouse.up()
    assert everything.input_value("#drawn").startswith("data:image/png;base64,")
    everything.click("[data-signature-clear]")
    assert everything.input_value("#drawn") == ""


def test_chosen_rows_are_counted(everything: Page) -> None:
    everything.locator("[data-tick-all]").check()
    expect(everything.locator("[data-select-count]")).to_have_text("已选 3 条")


def test_a_clock_goes_on(everything: Page) -> None:
    everything.evaluate(
        "document.querySelector('.clock-open').dataset.due = new Date(Date.now() - 60000).toISOString()"
    )
    everything.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(everything.locator("ul.clocks .clock-over").nth(1)).to_contain_text("超时 0:0")


def test_without_scripts_everything_is_there(drafts: Drafts, live_server: Any, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    page.goto("/components")
    for name in ("#note", "#typed", ".filters [type=submit]"):
        expect(page.locator(name)).to_be_visible()
    expect(page.locator("canvas")).to_be_hidden()
    page.fill("#name", "陈建国")
    page.click("#form .actions [type=submit]")
    expect(page.locator("#name-error")).to_have_count(0)
    context.close()
