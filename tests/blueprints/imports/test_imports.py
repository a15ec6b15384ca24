"""The import page: three steps, applied once, and what it refuses."""

import io

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from app.domain.accounts.models import Person
from app.domain.audit.models import AuditEntry
from app.domain.customers.models import Customer
from app.domain.imports import batches
from app.domain.imports.engine import KINDS
from app.domain.imports.models import ImportBatch
from app.extensions import db
from tests.domain.imports.books import book, everything, how_many, rows
from tests.people import cast, login  # noqa: F401

K1 = {"客户编号": "K1", "姓名": "<b>王建国</b>", "手机": "13800000001", "小区": "阳光花园"}


@pytest.fixture(autouse=True)
def files(app, tmp_path, monkeypatch):
    """Uploads go to a folder of the test."""
    monkeypatch.setitem(app.config, "FILES_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def admin(client, cast):  # noqa: F811
    return login(client, cast.admin)


def upload(client, content, kind="customers", **more):
    data = {"kind": kind, "file": (io.BytesIO(content), "客户.xlsx"), "encoding": ""} | more
    return client.post("/imports", data=data, content_type="multipart/form-data")


def batch(nth):
    """The address of the nth file uploaded in this test."""
    ids = db.session.scalars(select(ImportBatch.id).order_by(ImportBatch.id)).all()
    return f"/imports/{ids[nth - 1]}"


def seen(page):
    return page.text.split('name="seen"')[1].split('value="')[1].split('"')[0]


def applied(client, batch_url):
    page = client.get(batch_url)
    return client.post(f"{batch_url}/application", data={"seen": seen(page)}, follow_redirects=True)


def test_from_the_file_to_the_records_in_three_steps(admin):
    answer = upload(admin, rows(K1 | {"颜色": "红"}))
    assert answer.status_code == 302
    columns = admin.get(answer.location)
    assert "颜色" in columns.text
    assert "&lt;b&gt;王建国" in columns.text
    before = everything()
    page = admin.get(batch(1))
    assert everything() == before
    assert "新增 1" in page.text
    done = applied(admin, batch(1))
    assert "已导入" in done.text
    customer = db.session.scalars(select(Customer)).one()
    assert customer.name == "<b>王建国</b>"
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "customers.import")).one()
    assert (entry.by.name, entry.reason) == ("管理员", "客户.xlsx")


def test_applied_twice_is_done_once(admin):
    upload(admin, rows(K1))
    digest = seen(admin.get(batch(1)))
    for _ in range(2):
        answer = admin.post(batch(1) + "/application", data={"seen": digest}, follow_redirects=True)
    assert "已经导入过" in answer.text
    assert how_many(Customer) == 1


def test_data_changed_since_the_preview_stops_it(admin):
    upload(admin, rows(K1))
    digest = seen(admin.get(batch(1)))
    upload(admin, rows(K1 | {"小区": "月亮湾"}))
    applied(admin, batch(2))
    answer = admin.post(batch(1) + "/application", data={"seen": digest}, follow_redirects=True)
    assert "数据有变化" in answer.text
    assert db.session.scalars(select(Customer)).one().estate == "月亮湾"
    assert db.session.get(ImportBatch, int(batch(1).rsplit("/", 1)[1])).applied_at is None


def test_rejected_rows_are_shown_and_handed_back_with_their_reasons(admin):
    upload(admin, rows(K1, K1 | {"客户编号": "K2", "手机": "12", "姓名": "=1+1"}))
    page = admin.get(batch(1))
    assert "不像电话号码" in page.text
    assert 'name="seen"' not in page.text
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(admin.get(batch(1) + "/rejected.xlsx").data)).get_sheet_by_index(
        0
    )
    head, row = sheet.to_python()
    assert head[1:] == ["客户编号", "姓名", "手机", "小区"]
    assert row[0].startswith("手机：")
    answer = admin.post(batch(1) + "/application", data={"seen": "x"}, follow_redirects=True)
    assert answer.status_code == 200
    assert how_many(Customer) == 0


def test_before_and_after_of_what_changes_with_the_old_number_masked(admin):
    upload(admin, rows(K1))
    applied(admin, batch(1))
    upload(admin, rows(K1 | {"手机": "13900000009", "小区": "月亮湾"}))
    page = admin.get(batch(2)).text
    assert "138****0001" in page
    assert "13800000001" not in page
    assert "阳光花园" in page
    assert "月亮湾" in page


def test_names_are_made_only_when_ticked(admin):
    row = {"账号": "x1", "姓名": "新人", "角色": "质检", "区域": "城南"}
    upload(admin, rows(row), kind="people")
    assert "没有名为“城南”的区域" in admin.get(batch(1)).text
    upload(admin, rows(row), kind="people", create="y")
    assert (
        "城南" in applied(admin, batch(2)).text or db.session.scalars(select(Person).where(Person.name == "新人")).one()
    )


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"", b"PK\x03\x04broken", book(["甲", "乙"], ["1", "2"])])
def test_a_wrong_file_is_said_beside_the_field(admin, content):
    answer = upload(admin, content)
    assert answer.status_code == 422
    assert "field-error" in answer.text
    assert how_many(ImportBatch) == 0


def test_nothing_chosen_is_said_in_words(admin):
    answer = admin.post("/imports", data={}, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "请选择文件" in answer.text


def test_a_long_file_goes_through_the_command(admin, monkeypatch):
    monkeypatch.setattr(batches, "MOST_ON_A_PAGE", 1)
    assert "用命令导入" in upload(admin, rows(K1, K1)).text


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_template_is_read_back_by_its_own_kind(admin, kind):
    answer = admin.get(f"/imports/templates/{kind}.xlsx")
    assert answer.headers["Content-Disposition"].startswith(f"attachment; filename={kind}.xlsx; filename*=UTF-8''%")
    content = answer.data
    answer = upload(admin, content, kind=kind, create="y")
    assert answer.status_code == 302
    assert admin.get(answer.location).status_code == 200
    assert admin.get(batch(1)).status_code == 200


def test_a_file_that_is_gone_is_said_in_words(admin, files):
    upload(admin, rows(K1))
    for path in (files / "imports").iterdir():
        path.unlink()
    answer = admin.get(batch(1))
    assert answer.status_code == 400
    assert "重新上传" in answer.text


def test_only_administrators(client, cast):  # noqa: F811
    login(client, cast.lead)
    assert client.get("/imports").status_code == 403
    assert client.get("/imports/999999").status_code == 403


def test_unknown_batches_and_kinds_are_not_found(admin):
    assert admin.get("/imports/999999").status_code == 404
    assert admin.get("/imports/templates/orders.xlsx").status_code == 404
