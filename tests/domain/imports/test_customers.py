"""Customers by file."""

from sqlalchemy import select

from app.domain.customers.models import Customer, CustomerPhone, SearchGram
from app.extensions import db
from tests.domain.imports.books import everything, judged, problems, rows, taken

K1 = {
    "客户编号": "K1",
    "姓名": "曾小贤",
    "称谓": "先生",
    "手机": 13800000001.0,
    "备用电话": "0571-88001234",
    "城市": "杭州",
    "小区": "阳光花园",
    "幢": 3,
    "室": "501",
    "来源": "老客户",
    "状态": "签约",
    "重点客户": "是",
    "生日": "1985年6月1日",
    "区域": "城东",
    "录入人": "新人",
    "备注": "=1+1",
}


def customer(number: str) -> Customer:
    return db.session.scalars(select(Customer).where(Customer.number == number)).one()


def phones(number: str) -> list[str]:
    db.session.expire_all()
    return [phone.number for phone in customer(number).phones_now]


def test_a_customer_whole(app):
    taken("customers", rows(K1 | {"备注": "门铃坏"}))
    found = customer("K1")
    assert (found.building, found.is_key, found.birthday.isoformat(), found.initials) == (
        "3",
        True,
        "1985-06-01",
        "zxx",
    )
    assert phones("K1") == ["13800000001", "057188001234"]
    assert found.entered_by.account is None
    assert db.session.scalar(select(SearchGram.customer_id).where(SearchGram.gram == "小贤")) == found.id


def test_the_same_file_again_changes_nothing_at_all(app):
    content = rows(
        K1, {"姓名": "没编号", "手机": "13800000002"}, {"客户编号": "K3", "姓名": "配偶", "手机": "13800000001"}
    )
    plan = taken("customers", content)
    assert [(one.row, one.column) for one in plan.work.warnings] == [(4, "手机")]
    before = everything()
    assert taken("customers", content).counts() == {"added": 0, "updated": 0, "unchanged": 3, "rejected": 0}
    assert everything() == before


def test_a_changed_number_takes_the_old_one_out_of_use(app):
    taken("customers", rows(K1))
    taken("customers", rows({"客户编号": "K1", "姓名": "曾小贤", "手机": "057188001234"}))
    assert phones("K1") == ["057188001234"]
    taken("customers", rows({"客户编号": "K1", "姓名": "曾小贤", "手机": "13900000009", "备用电话": "057188001234"}))
    assert phones("K1") == ["13900000009", "057188001234"]
    assert db.session.query(CustomerPhone).count() == 3


def test_without_a_code_the_telephone_is_the_key(app):
    taken("customers", rows({"姓名": "王建国", "手机": "13800000001"}))
    plan = taken("customers", rows({"姓名": "王建国", "手机": "+86-138 0000 0001", "小区": "月亮湾"}))
    assert plan.counts() == {"added": 0, "updated": 1, "unchanged": 0, "rejected": 0}
    assert db.session.scalars(select(Customer)).one().estate == "月亮湾"


def test_a_key_that_tells_no_single_customer_is_an_error(app):
    a, b = {"客户编号": "A", "姓名": "甲", "手机": "13800000001"}, {"姓名": "乙", "手机": "13800000001"}
    assert problems(judged("customers", rows(a, b))) == [(3, "手机")]
    assert problems(judged("customers", rows(b, b))) == [(3, "手机")]
    assert problems(judged("customers", rows(a, a))) == [(3, "客户编号")]
    taken("customers", rows(a, a | {"客户编号": "B"}))
    assert problems(judged("customers", rows(b))) == [(2, "手机")]


def test_wrong_cells_are_all_named_at_once(app):
    wrong = {"姓名": None, "手机": "12", "称谓": "博士", "生日": "2030-01-01", "状态": "?", "重点客户": "也许"}
    columns = {column for _row, column in problems(judged("customers", rows({"客户编号": "K"} | wrong)))}
    assert columns == {"姓名", "手机", "称谓", "生日", "状态", "重点客户"}
