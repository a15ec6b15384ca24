"""The pages of customers."""

import re

import pytest
from sqlalchemy import func, select

from app.domain.audit.models import AuditEntry
from app.domain.core import clock
from app.domain.core.parsing.phones import Phone
from app.domain.customers import records
from app.domain.customers.enums import Channel
from app.domain.customers.models import Customer
from app.extensions import db
from tests.factories import a_callback, a_case, a_customer, a_project
from tests.people import login
from tests.shipped import Function, Stage

ODD = [
    "王" * 60,
    "😀",
    "<script>alert(1)</script>",
    "𬭎垚",
    "O'Neil; DROP TABLE customers",
    "{{ 7*7 }}",
    "%s %(x)s",
]


@pytest.fixture
def agent(cast, client):
    return login(client, cast.agent)


@pytest.fixture
def zeng(cast):
    return records.register(
        phones=[Phone("13800001234")], by=cast.agent, at=clock.now(), name="曾小贤", estate="阳光花园", room="1203"
    )


def count():
    return db.session.scalar(select(func.count()).select_from(Customer))


def last_audit():
    return db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()


def once_of(page):
    return re.search(r'name="once"[^>]*value="([^"]+)"', page.text)[1]


def version_of(page):
    return re.search(r'name="version"[^>]*value="([^"]+)"', page.text)[1]


def test_the_list_shows_the_branch_and_filters(agent, cast, zeng):
    a_customer("外区人", branch=cast.west)
    a_customer("重要人", branch=cast.east, is_key=True)
    page = agent.get("/customers")
    assert page.status_code == 200
    assert "曾小贤" in page.text
    assert "外区人" not in page.text
    page = agent.get("/customers?key=1&stage=signed&sort=name")
    assert "重要人" in page.text
    assert "曾小贤" not in page.text
    assert "没有符合条件的客户" in agent.get("/customers?stage=lost").text
    assert agent.get("/customers?stage=nonsense&branch=x&after=x&sort=%27").status_code == 200


def test_a_customer_is_registered_once_however_often_the_button_is_pressed(agent):
    form = {
        "once": once_of(agent.get("/customers/new")),
        "phone": "１３８ 0000 1234",
        "other_phone": "0755-81234567转802",
        "name": "曾小贤",
        "salutation": "mr",
        "stage": "signed",
        "estate": "阳光花园",
        "room": "1203",
        "birthday": "1980年5月6日",
    }
    before = count()
    first, second = agent.post("/customers/new", data=form), agent.post("/customers/new", data=form)
    assert first.status_code == 302
    assert first.location == second.location
    assert count() == before + 1
    page = agent.get(first.location)
    assert "曾小贤" in page.text
    assert "138****1234" in page.text
    assert "13800001234" not in page.text


def test_what_is_wrong_is_said_and_what_was_typed_stays(agent):
    page = agent.post("/customers/new", data={"phone": "123", "name": "", "estate": "阳光花园", "birthday": "明年"})
    assert page.status_code == 422
    for text in ("“123”不像电话号码", "这一项要填", 'value="阳光花园"', 'value="明年"', 'value="123"'):
        assert text in page.text


def test_an_equal_phone_offers_the_record_and_needs_a_word(agent, cast, zeng):
    a_customer("外区人", phone="13800001234", branch=cast.west)
    form = {"phone": "13800001234", "name": "胡一菲"}
    page = agent.post("/customers/new", data=form)
    assert page.status_code == 422
    assert f'href="/customers/{zeng.id}"' in page.text
    assert "另有 1 位在别的区域" in page.text
    assert "外区人" not in page.text
    assert "same_phone_ok" in page.text
    assert agent.post("/customers/new", data=form | {"same_phone_ok": "y"}).status_code == 302
    assert f'href="/customers/{zeng.id}"' in agent.get("/customers/known?phone=138 0000 1234").text
    assert agent.get("/customers/known?phone=x").text.strip() == ""


def test_a_number_from_the_search_box_is_filled_in(agent):
    assert 'value="13900009999"' in agent.get("/customers/new?phone=13900009999").text
    assert agent.get("/customers/new?phone=%3Cb%3E").status_code == 200


@pytest.mark.parametrize("name", ODD)
def test_odd_names_are_kept_and_shown_as_they_are(agent, name):
    made = agent.post("/customers/new", data={"phone": "13700001111", "name": name})
    assert made.status_code == 302
    page = agent.get(made.location)
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert agent.get("/customers?sort=name").status_code == 200


def test_a_name_too_long_is_refused(agent):
    assert agent.post("/customers/new", data={"phone": "13700001111", "name": "王" * 61}).status_code == 422


def test_a_correction_is_kept_with_before_and_after(agent, zeng):
    page = agent.get(f"/customers/{zeng.id}/edit")
    form = {"version": version_of(page), "name": "曾大贤", "stage": "signed", "estate": "阳光花园", "room": "1203"}
    assert agent.post(f"/customers/{zeng.id}/edit", data=form).status_code == 302
    assert last_audit().changes["name"] == ["曾小贤", "曾大贤"]
    assert "<del>曾小贤</del>" in agent.get(f"/customers/{zeng.id}").text


def test_a_stale_correction_shows_both_versions_and_writes_nothing(agent, cast, zeng):
    version = version_of(agent.get(f"/customers/{zeng.id}/edit"))
    records.edit(zeng, by=cast.lead, at=clock.now(), name="曾老师")
    db.session.commit()
    page = agent.post(f"/customers/{zeng.id}/edit", data={"version": version, "name": "曾大贤", "notes": "怕吵"})
    assert page.status_code == 409
    for text in ("曾老师", "曾大贤", "怕吵", "林主管"):
        assert text in page.text
    db.session.expire_all()
    assert zeng.name == "曾老师"


def test_another_branch_is_not_found(client, cast, zeng):
    outsider = login(client, cast.outsider)
    for path in ("", "/edit"):
        assert outsider.get(f"/customers/{zeng.id}{path}").status_code == 404
    for path in ("/edit", "/phones", "/do-not-contact", "/merge", f"/phones/{zeng.phones[0].id}/reveal"):
        assert outsider.post(f"/customers/{zeng.id}{path}", data={"version": "1"}).status_code == 404
    assert outsider.get("/customers/2147483647").status_code == 404


def test_a_project_manager_sees_own_customers_only(client, cast, zeng):
    mine = a_project(a_customer("张三", branch=cast.east), people={Function.PM: cast.pm})
    pm = login(client, cast.pm)
    assert pm.get(f"/customers/{mine.customer_id}").status_code == 200
    assert pm.get(f"/customers/{zeng.id}").status_code == 404
    listed = pm.get("/customers").text
    assert "张三" in listed
    assert "曾小贤" not in listed
    assert pm.get("/customers/new").status_code == 403


def test_a_project_manager_reads_nothing_of_another_managers_site(client, cast, zeng):
    mine = a_project(zeng, branch=cast.east, people={Function.PM: cast.pm})
    theirs = a_project(zeng, branch=cast.east, people={Function.PM: cast.pm2})
    a_case(project=mine, content="我工地上的事")
    a_case(project=theirs, content="别人工地上的事")
    page = login(client, cast.pm).get(f"/customers/{zeng.id}").text
    assert "我工地上的事" in page
    assert "别人工地上的事" not in page
    assert theirs.contract_number not in page


def test_a_reveal_shows_the_number_once_and_is_kept(agent, zeng):
    assert agent.get(f"/customers/{zeng.id}/phones/{zeng.phones[0].id}/reveal").status_code == 405
    page = agent.post(f"/customers/{zeng.id}/phones/{zeng.phones[0].id}/reveal")
    assert "tel:13800001234" in page.text
    assert last_audit().action == "customers.reveal_phone"
    assert "13800001234" not in agent.get(f"/customers/{zeng.id}").text
    assert agent.post(f"/customers/{zeng.id}/phones/999999/reveal").status_code == 404


def test_who_has_a_call_to_make_sees_the_number(agent, cast, zeng):
    a_callback(a_project(zeng, branch=cast.east), assigned_to=cast.agent)
    assert "tel:13800001234" in agent.get(f"/customers/{zeng.id}").text


def test_numbers_are_added_and_taken_out_of_use(agent, cast, zeng):
    there = f"/customers/{zeng.id}/phones"
    assert agent.post(there, data={"phone": "139 0000 5678", "is_primary": "y"}).status_code == 302
    wrong = agent.post(there, data={"phone": "12"})
    assert wrong.status_code == 422
    assert 'value="12"' in wrong.text
    a_customer("胡一菲", phone="13600000000", branch=cast.east)
    assert agent.post(there, data={"phone": "13600000000"}).status_code == 422
    assert agent.post(there, data={"phone": "13600000000", "same_phone_ok": "y"}).status_code == 302
    old = next(row for row in zeng.phones_now if row.number == "13800001234")
    assert agent.post(f"{there}/{old.id}/removal", data={"reason": "换号"}).status_code == 302
    assert zeng.phone == "13900005678"
    assert agent.post(f"{there}/{zeng.phones_now[0].id}/removal", data={"reason": ""}).status_code == 400


def test_not_to_be_contacted_stands_first_until_it_is_lifted(agent, zeng):
    there = f"/customers/{zeng.id}/do-not-contact"
    assert agent.post(there, data={"channel": "phone"}).status_code == 422
    assert agent.post(there, data={"channel": "phone", "reason": "不愿接电话"}).status_code == 302
    assert "不要用电话联系：不愿接电话" in agent.get(f"/customers/{zeng.id}").text
    assert agent.post(f"{there}/phone/lift").status_code == 302
    assert "不要用电话联系：不愿接电话" not in agent.get(f"/customers/{zeng.id}").text
    assert zeng.do_not_contact[0].channel is Channel.PHONE


def test_a_merge_leads_to_the_record_that_stays(agent, cast, zeng):
    other = a_customer("曾小贤", branch=cast.east)
    there = f"/customers/{zeng.id}/merge"
    for into in ("", "999999", "x", str(zeng.id), "9" * 30):
        assert agent.post(there, data={"into": into, "reason": "重复"}).status_code == 422
    done = agent.post(there, data={"into": f"#{other.id}", "reason": "重复"})
    assert done.location == f"/customers/{other.id}"
    assert "已经并入另一条" in agent.get(f"/customers/{zeng.id}").text


def test_the_story_is_told_in_order_and_pages_back(agent, cast, zeng):
    project = a_project(zeng, branch=cast.east, reached={Stage.KICKOFF: clock.today()})
    a_case(project=project, owner=cast.agent, content="卫生间漏水")
    for n in range(50):
        records.edit(zeng, by=cast.agent, at=clock.now(), source=f"来源{n}")
    page = agent.get(f"/customers/{zeng.id}")
    assert "来源49" in page.text
    assert "<ins>来源3</ins>" not in page.text
    assert "更早的" in page.text
    earlier = agent.get(f"/customers/{zeng.id}?until=12").text
    assert "<ins>来源3</ins>" in earlier
    assert "回到最近" in earlier
    assert agent.get(f"/customers/{zeng.id}?until=x").status_code == 200


@pytest.mark.parametrize("rows", [10, 500])
def test_few_queries_however_many_rows(agent, cast, zeng, queries, rows):
    for n in range(rows):
        a_customer(f"客户{n}", branch=cast.east)
    project = a_project(zeng, branch=cast.east, reached={Stage.KICKOFF: clock.today()})
    for _ in range(rows // 10):
        a_case(project=project, owner=cast.agent)
        a_callback(project)
    there = f"/customers/{zeng.id}"
    db.session.commit()
    db.session.expire_all()
    with queries(at_most=6):
        assert agent.get("/customers").status_code == 200
    db.session.expire_all()
    with queries(at_most=10):
        assert agent.get(there).status_code == 200
