"""An import from the file to the records, in a browser."""

from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select, update

from app.domain.customers.models import Customer
from app.domain.imports import batches
from app.domain.imports.models import ImportBatch
from app.extensions import db
from tests.domain.imports.books import rows
from tests.people import login_page, make_cast

pytestmark = pytest.mark.browser
AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text()


def violations(page):
    """What axe finds on the page."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document)")["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


def test_three_steps_to_the_records(page, live_server, tmp_path: Path):
    cast = make_cast()
    login_page(page, live_server.app, cast.admin)
    file = tmp_path / "客户.xlsx"
    file.write_bytes(rows({"客户编号": "K1", "姓名": "王建国", "手机": 13800000001, "颜色": "红"}))
    page.goto("/imports")
    page.get_by_role("radio", name="客户", exact=True).check()
    page.locator('input[type="file"]').set_input_files(file)
    assert violations(page) == []
    page.get_by_role("button", name="上传，看看列对不对").click()
    page.wait_for_url("**/imports/*/columns")
    assert violations(page) == []
    page.get_by_role("link", name="看看会发生什么").click()
    page.get_by_role("button", name="导入：新增 1").wait_for()
    assert violations(page) == []
    page.get_by_role("button", name="导入：新增 1").click()
    page.get_by_text("已导入客户").first.wait_for()
    assert violations(page) == []
    db.session.rollback()
    assert db.session.scalars(select(Customer.name)).all() == ["王建国"]


@contextmanager
def held_up():
    """Somebody else writes to the batch and does not end: whoever applies it has to wait."""
    db.session.rollback()
    with db.engine.connect() as other, other.begin() as transaction:
        other.execute(update(ImportBatch).values(kind="customers"))
        yield
        transaction.rollback()


def test_a_long_file_shows_how_far_it_is_and_can_be_cancelled(page, live_server, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(batches, "AT_ONCE", 1)
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)  # without compiled files a start is twice as slow
    cast = make_cast()
    login_page(page, live_server.app, cast.admin)
    file = tmp_path / "客户.xlsx"
    file.write_bytes(rows(*({"客户编号": f"K{n}", "姓名": "王建国", "手机": 13800000000 + n} for n in range(60))))
    page.goto("/imports")
    page.get_by_role("radio", name="客户", exact=True).check()
    page.locator('input[type="file"]').set_input_files(file)
    page.get_by_role("button", name="上传，看看列对不对").click()
    page.get_by_role("link", name="看看会发生什么").click()
    agree = page.get_by_role("button", name="导入：新增 60")
    agree.wait_for()
    with held_up():
        agree.click()
        page.get_by_role("heading", name="正在导入").wait_for()
        page.get_by_role("progressbar").wait_for()
        assert violations(page) == []
        page.get_by_role("button", name="取消导入").click()
        page.get_by_text("正在停下…").wait_for()
    page.get_by_text("已取消，什么都没有写入。").wait_for()
    assert violations(page) == []
    agree.click()
    page.get_by_text("已导入客户").first.wait_for()
    db.session.rollback()
    assert len(db.session.scalars(select(Customer.id)).all()) == 60
