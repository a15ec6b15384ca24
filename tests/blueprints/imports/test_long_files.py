"""A long file: looked at once, applied, stopped in words, looked at anew."""

import pytest
from sqlalchemy import select

from app.domain.audit.models import AuditEntry
from app.domain.customers.models import Customer
from app.domain.imports import batches
from app.domain.imports.jobs import CHECK, job_of
from app.domain.jobs.job import Job, State
from tests.blueprints.imports.longfiles import TWO, agreed, batch_at, begun_here, files, uploaded
from tests.domain.imports.books import how_many
from tests.people import cast, login  # noqa: F401


@pytest.fixture
def admin(app, client, cast, tmp_path, monkeypatch):  # noqa: F811
    """An administrator at an app for which two rows are a long file."""
    monkeypatch.setitem(app.config, "FILES_DIR", str(tmp_path))
    monkeypatch.setattr(batches, "AT_ONCE", 1)
    monkeypatch.setattr(Job, "start", begun_here)
    return login(client, cast.admin)


def test_it_is_looked_at_when_it_is_uploaded_and_applied_when_agreed_to(admin, db_session):
    url = uploaded(admin, *TWO)
    assert "新增 2" in admin.get(url).text
    assert how_many(Customer) == 0
    answer = admin.post(f"{url}/job", data=agreed(admin, url), follow_redirects=True)
    assert "已导入客户" in answer.text
    assert how_many(Customer) == 2
    entry = db_session.scalars(select(AuditEntry).where(AuditEntry.action == "customers.import")).first()
    assert entry.by.name == "管理员"
    assert "已经导入过" in admin.post(f"{url}/job", data={"seen": "x"}, follow_redirects=True).text


def test_looking_again_does_not_judge_it_again(admin, queries):
    url = uploaded(admin, *TWO)
    with queries(at_most=6):
        admin.get(url)


def test_a_work_that_broke_off_is_begun_anew_by_hand(admin):
    url = uploaded(admin, *TWO)
    job = job_of(batch_at(url), files())
    next(job.path.parent.glob("*.result")).unlink()
    job.tell(State(CHECK, done=1, total=2))
    page = admin.get(url).text
    assert "中断了，什么都没有写入" in page
    assert "核对文件" in page
    assert "新增 2" in admin.post(f"{url}/job", follow_redirects=True).text


def test_what_changed_since_the_look_stops_it_and_is_shown_at_once(admin):
    url, other = uploaded(admin, *TWO), uploaded(admin, TWO[0] | {"小区": "月亮湾"}, TWO[1])
    earlier = agreed(admin, url)
    admin.post(f"{other}/job", data=agreed(admin, other))
    page = admin.post(f"{url}/job", data=earlier, follow_redirects=True).text
    assert "数据有变化，什么都没有写入" in page
    assert "没有要导入的" in page
    assert batch_at(url).applied_at is None


def test_rejected_rows_are_handed_back(admin):
    url = uploaded(admin, TWO[0], TWO[1] | {"手机": "12"})
    assert "不像电话号码" in admin.get(url).text
    assert admin.get(f"{url}/rejected.xlsx").data.startswith(b"PK")
    assert "有 1 行没有通过" in admin.post(f"{url}/job", data={"seen": "x"}, follow_redirects=True).text
    assert how_many(Customer) == 0


def test_a_file_that_is_gone_is_said_in_words(admin):
    url = uploaded(admin, *TWO)
    (files() / "imports" / batch_at(url).sha256).unlink()
    assert "重新上传" in admin.post(f"{url}/job", follow_redirects=True).text


def test_a_page_that_asks_after_the_end_is_told_to_read_itself_anew(admin):
    url = uploaded(admin, *TWO)
    assert admin.get(f"{url}/job").headers["HX-Refresh"] == "true"


def test_warnings_and_corrections_survive_being_kept(admin):
    url = uploaded(admin, *TWO)
    admin.post(f"{url}/job", data=agreed(admin, url))
    page = admin.get(uploaded(admin, TWO[0] | {"手机": "13800000002"}, TWO[1] | {"小区": "月亮湾"})).text
    assert "138****0001" in page
    assert "月亮湾" in page
    assert "是同一个电话" in page
