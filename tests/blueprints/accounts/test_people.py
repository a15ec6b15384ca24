"""People, branches and rights on the administrator's pages."""

import re

import pytest

from app.domain.accounts import signing_in
from app.domain.accounts.models import Branch, Department, Person
from app.domain.accounts.roles import Role
from app.domain.audit.models import AuditEntry
from app.extensions import db
from tests.factories import a_person
from tests.people import PASSWORD, login

NEW = {"name": "王芳", "username": "wangfang", "roles": ["agent", "qa"], "active": "y", "phone": "138 0013 8000"}


@pytest.fixture
def admin(client, cast):
    return login(client, cast.admin)


def token_of(page):
    return re.search(r'name="once"[^>]*value="([^"]+)"', page.text)[1]


def version_of(page):
    return re.search(r'name="version"[^>]*value="(\d+)"', page.text)[1]


def test_a_person_is_added(admin, cast):
    answer = admin.post(
        "/admin/people/new", data=NEW | {"branch": cast.east.id, "department": cast.service.id, "heads": "y"}
    )
    account = signing_in.account_of("wangfang")
    assert answer.location == f"/admin/people/{account.person_id}"
    assert (account.person.phone, account.person.roles) == ("13800138000", {Role.AGENT, Role.QA})
    assert cast.service.head is account.person
    assert admin.get(answer.location).status_code == 200


def test_a_double_click_adds_one_person(admin):
    data = NEW | {"once": token_of(admin.get("/admin/people/new"))}
    first, second = admin.post("/admin/people/new", data=data), admin.post("/admin/people/new", data=data)
    assert first.location == second.location
    assert db.session.query(Person).filter_by(name="王芳").count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "这一项要填"),
        ({"name": "王" * 61}, "最多 60 个字"),
        ({"username": "agent"}, "已经有人用了"),
        ({"phone": "12"}, "不像电话号码"),
        ({"roles": ["king"]}, "没有这个选项"),
        ({"branch": "999999"}, "没有这个选项"),
        ({"heads": "y"}, "先选部门"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(admin, wrong, said):
    answer = admin.post("/admin/people/new", data=NEW | wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert "138 0013 8000" in answer.text or "phone" in wrong
    assert db.session.query(Person).filter_by(name="王芳").count() == 0


def test_the_second_of_two_editors_sees_both_versions(admin, cast):
    address = f"/admin/people/{cast.agent.id}"
    data = {"name": "安静", "username": "agent", "roles": ["agent"], "active": "y"}
    data |= {"branch": cast.east.id, "department": cast.service.id, "version": version_of(admin.get(address))}
    assert admin.post(address, data=data).status_code == 302
    answer = admin.post(address, data=data | {"name": "安然"})
    assert answer.status_code == 409
    assert "安静" in answer.text
    assert "安然" in answer.text
    assert "管理员" in answer.text
    assert cast.agent.name == "安静"


def test_the_last_administrator_is_told_so(admin, cast):
    address = f"/admin/people/{cast.admin.id}"
    data = {"name": "管理员", "username": "admin", "active": "y", "version": version_of(admin.get(address))}
    answer = admin.post(address, data=data)
    assert answer.status_code == 422
    assert "先另设一位" in answer.text
    assert admin.post(f"{address}/disable").status_code == 400
    assert cast.admin.roles == {Role.ADMIN}
    assert cast.admin.account.disabled_at is None


def test_one_s_own_other_role_keeps_this_browser_only(admin, cast, app):
    elsewhere = login(app.test_client(), cast.admin)
    address = f"/admin/people/{cast.admin.id}"
    data = {"name": "管理员", "username": "admin", "active": "y", "roles": ["admin", "lead"]}
    assert admin.post(address, data=data | {"version": version_of(admin.get(address))}).status_code == 302
    assert admin.get(address).status_code == 200
    assert elsewhere.get(address).status_code == 302


def test_a_temporary_password_is_shown_once_and_to_be_changed(admin, cast, app):
    address = f"/admin/people/{cast.agent.id}"
    page = admin.post(f"{address}/password")
    password = re.search(r'data-copy="([^"]+)"', page.text)[1]
    assert page.headers["Cache-Control"] == "no-store"
    assert password not in admin.get(address).text
    agent = app.test_client()
    assert agent.post("/login", data={"username": "agent", "password": password}).location == "/account"
    data = {"old": password, "new": "river-and-stone-8", "again": "river-and-stone-8"}
    assert agent.post("/account/password", data=data).status_code == 302
    assert not cast.agent.account.password_is_temporary


def test_disabling_and_enabling(admin, cast, app):
    address = f"/admin/people/{cast.agent.id}"
    agent = login(app.test_client(), cast.agent)
    admin.post(f"{address}/disable")
    assert agent.get("/account").status_code == 302
    assert "停用" in admin.get(address).text
    admin.post(f"{address}/enable")
    assert app.test_client().post("/login", data={"username": "agent", "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=安", {"安宁"}),
        ("q=PM2", {"彭经理"}),
        ("role=admin", {"管理员"}),
        ("state=left", {"老周"}),
        ("q=%25", set()),
        ("role=king&branch=x", set()),
    ],
)
def test_the_list_is_filtered(admin, cast, query, found):
    a_person(name="老周", active=False)
    page = admin.get(f"/admin/people?{query}")
    assert set(re.findall(r'class="row-link"[^>]*>([^<]+)<', page.text)) == found


@pytest.mark.parametrize("people", [10, 500])
def test_the_list_costs_the_same_however_long(admin, people, queries):
    for _ in range(people - 10):
        a_person(Role.AGENT)
    with queries(at_most=6):
        assert admin.get("/admin/people").status_code == 200


def test_a_person_s_page_costs_at_most_ten(admin, cast, queries):
    with queries(at_most=10):
        assert admin.get(f"/admin/people/{cast.agent.id}").status_code == 200


def test_the_list_goes_on(admin):
    for _ in range(60):
        a_person(Role.AGENT)
    seen, address = [], "/admin/people"
    while address:
        page = admin.get(address)
        seen += re.findall(r"/admin/people/(\d+)", page.text)
        after = re.search(r'rel="next" href="([^"]+)"', page.text)
        address = after[1].replace("&amp;", "&") if after else None
    assert len(seen) == len(set(seen)) == 71


def test_branches_and_departments_are_added_and_renamed(admin, cast):
    assert admin.post("/admin/branches/new", data={"name": "城南"}).status_code == 302
    south = db.session.query(Branch).filter_by(name="城南").one()
    admin.post(f"/admin/branches/{south.id}/name", data={"name": "南区"})
    assert south.name == "南区"
    assert admin.post("/admin/departments/new", data={"name": "设计部", "branch": south.id}).status_code == 302
    design = db.session.query(Department).filter_by(name="设计部").one()
    assert design.branch is south
    admin.post(f"/admin/departments/{design.id}/name", data={"name": "设计一部"})
    assert design.name == "设计一部"
    assert "设计一部" in admin.get("/admin/branches").text


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("/admin/branches/new", {"name": "城东"}),
        ("/admin/branches/new", {"name": "  "}),
        ("/admin/branches/new", {"name": "长" * 61}),
        ("/admin/departments/new", {"name": "", "branch": ""}),
        ("/admin/departments/new", {"name": "设计部", "branch": "99999"}),
    ],
)
def test_a_wrong_name_is_refused(admin, address, data):
    assert admin.post(address, data=data).status_code == 422


def test_a_department_may_have_the_name_of_another_branch_s(admin, cast):
    assert admin.post("/admin/departments/new", data={"name": "客服部", "branch": cast.west.id}).status_code == 302
    assert admin.post("/admin/departments/new", data={"name": "客服部", "branch": cast.west.id}).status_code == 422


def test_the_matrix_is_shown(admin):
    page = admin.get("/admin/permissions")
    assert "打回访电话" in page.text


def test_what_is_not_there_is_404(admin):
    for address in ("/admin/people/999999", "/admin/people/99999999999999999999", "/admin/people/x"):
        assert admin.get(address).status_code == 404
    assert admin.post("/admin/branches/999999/name", data={"name": "x"}).status_code == 404


def test_every_change_has_its_entry(admin, cast):
    admin.post("/admin/people/new", data=NEW)
    admin.post(f"/admin/people/{cast.agent.id}/password")
    actions = {entry.action for entry in db.session.query(AuditEntry) if entry.by is cast.admin}
    assert actions == {"accounts.register", "accounts.set_password"}
