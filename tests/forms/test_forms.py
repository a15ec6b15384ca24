"""The base of every form: what is typed, what is said, what stays."""

from datetime import date
from decimal import Decimal

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice

from app.domain.accounts.roles import Role
from app.domain.core import clock
from app.domain.core.errors import Refused
from app.domain.customers.enums import Salutation
from app.web.fields import (
    DayField,
    EnumField,
    EnumKeys,
    EnumsField,
    MomentField,
    MoneyField,
    NoteField,
    PersonField,
    PhoneField,
    RowField,
    TextField,
)
from app.web.forms import IdempotentForm, VersionedForm
from tests.factories import a_branch, a_customer, a_person

TODAY = date(2026, 11, 21)


class Everything(IdempotentForm):
    name = TextField("姓名", longest=5, required=True)
    note = NoteField("备注")
    day = DayField("日期")
    at = MomentField("时间")
    phone = PhoneField("电话")
    sum = MoneyField("金额")
    role = EnumField("角色", Role, empty="不限")
    key = EnumKeys("角色", Role)
    roles = EnumsField("角色", Role)
    person = PersonField("人员")


def sent(app, form=Everything, people=(), **data):
    with app.test_request_context(method="POST", data=MultiDict(data)):
        it = form()
        if people:
            it.person.offer(people)
        it.validate_on_submit()
        html = "".join(str(field()) for field in it)
        return it, html


def test_everything_is_read(app):
    one, two = a_person(name="李明"), a_person(Role.PM, name="李明", username="liming")
    form, html = sent(
        app,
        people=[one, two],
        name=" 王\x00芳 ",
        day="2026.3.5",
        at="2026-03-05 8:00",
        phone="138 0013 8000",
        sum="￥1.25万",
        role="pm",
        key="qa",
        roles=["agent", "lead"],
        person=str(two.id),
    )
    assert form.errors == {}
    assert (form.name.data, form.day.data, form.sum.data) == ("王芳", date(2026, 3, 5), Decimal("12500.00"))
    assert str(form.at.data) == "2026-03-05 00:00:00+00:00"
    assert form.phone.data.number == "13800138000"
    assert (form.role.data, form.key.data) == (Role.PM, Role.QA)
    assert form.roles.data == [Role.AGENT, Role.LEAD]
    assert form.person.chosen is two
    assert "李明（liming）" in html


@pytest.mark.parametrize(
    "typed", ["NaN", "sNaN", "Infinity", "-1", "1e999999", "1e999999万", "1e99999999999999999999", "9" * 400]
)
def test_what_is_no_sum_is_said_beside_it(app, typed):
    form, html = sent(app, name="王芳", sum=typed)
    assert list(form.errors) == ["sum"]
    assert typed in html, "what was typed stays"


def test_what_may_stay_empty_may_stay_empty(app):
    form, _html = sent(app, name="王芳", role="", day=" ")
    assert form.errors == {}
    assert form.day.data is form.role.data is form.key.data is form.person.chosen is None


def test_what_is_wrong_is_said_beside_it_and_stays(app):
    form, html = sent(
        app,
        name="一二三四五六",
        day="明年",
        at="x",
        phone="12",
        sum="-3",
        role="king",
        key="x",
        roles="x",
        person="9" * 5000,
    )
    assert set(form.errors) == {"name", "day", "at", "phone", "sum", "role", "key", "roles", "person"}
    assert form.errors["name"] == ["最多 5 个字。"]
    assert form.errors["role"] == ["没有这个选项。"]
    assert 'value="明年"' in html
    assert sent(app)[0].errors["name"] == ["这一项要填。"]


def test_a_refusal_stands_beside_its_field_or_above(app):
    form, _html = sent(app, name="王芳")
    assert form.take(Refused("姓名 %(x)s 不行", field="name", x="王芳")) is False
    form.take(Refused("就是不行", field="elsewhere"))
    assert form.errors == {"name": ["姓名 王芳 不行"], "": ["就是不行"]}


def test_a_form_sent_twice_is_known(app):
    by = a_person()
    with app.test_request_context():
        token = Everything().once.data
    form, _html = sent(app, once=token, name="王芳")
    form.remember("/customers/7", by=by, at=clock.now())
    with app.test_request_context(method="POST", data={"once": token}):
        assert Everything().already(by) == "/customers/7"
        assert Everything().already(a_person()) is None
    with app.test_request_context(method="POST", data={"once": "\x00' or 1"}):
        assert Everything().token == ""


class NameForm(VersionedForm):
    name = TextField("姓名")
    salutation = EnumField("称谓", Salutation, empty="不详")
    is_key = BooleanField("重点客户")
    birthday = DayField("生日")
    branch = RowField("区域")
    source = SelectField("来源", choices=[SelectChoice("web", "网站", optgroup="线上"), SelectChoice("shop", "门店")])


def test_a_stale_form_shows_both_versions(app):
    east, west = a_branch("城东"), a_branch("城西")
    customer = a_customer("王建国", branch=east, source="web")
    data = {
        "version": "0",
        "name": "王建军",
        "salutation": "ms",
        "is_key": "y",
        "birthday": "1980.5.6",
        "source": "shop",
    }
    data["branch"] = str(west.id)
    with app.test_request_context(method="POST", data=data):
        form = NameForm(obj=customer)
        assert form.is_stale(customer)
        form.branch.offer([east, west])
        assert form.differences(customer) == [
            ("姓名", "王建国", "王建军"),
            ("称谓", "", "女士"),
            ("重点客户", "否", "是"),
            ("生日", "", "1980-05-06"),
            ("区域", "城东", "城西"),
            ("来源", "网站", "门店"),
        ]
        html, status = form.conflict(customer, "/customers/1")
    assert status == 409
    assert "王建军" in html
    with app.test_request_context(method="POST", data={"version": str(customer.version)}):
        assert not NameForm(obj=customer).is_stale(customer)


def test_a_form_opens_with_what_the_record_holds(app):
    east = a_branch("城东")
    customer = a_customer("王建国", branch=east, salutation=Salutation.MS)
    with app.test_request_context():
        form = NameForm(obj=customer)
        form.branch.offer([east])
        assert (form.branch.chosen, form.salutation.data) == (east, Salutation.MS)
        assert f'selected value="{east.id}"' in form.branch()
