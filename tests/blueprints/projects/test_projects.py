"""The pages of projects."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from app.domain.accounts.roles import Role
from app.domain.callbacks.enums import CallbackState
from app.domain.callbacks.models import Callback
from app.domain.core import clock
from app.domain.core.parsing.phones import normalise
from app.domain.plans.enums import Occasion
from app.domain.projects import contacts, records
from app.domain.projects.enums import ProjectStatus
from app.domain.projects.models import Project
from app.extensions import db
from tests.factories import a_callback, a_case, a_customer, a_person, a_project
from tests.people import login
from tests.shipped import Function, Stage


@pytest.fixture(autouse=True)
def _today(freeze):
    freeze("2026-11-21 10:00")


@pytest.fixture
def agent(cast, client):
    return login(client, cast.agent)


@pytest.fixture
def project(cast):
    customer = a_customer("曾小贤", phone="13800001234", branch=cast.east, room="1203")
    return a_project(customer, branch=cast.east, contract_number="HT-2026-001", people={Function.PM: cast.pm})


def hidden(page, name):
    return re.search(rf'name="{name}"[^>]*value="([^"]+)"', page.text)[1]


def path(project, *more):
    return "/".join(("", "projects", str(project.id), *map(str, more)))


def test_the_list_filters_by_status_and_manager(agent, cast, project):
    a_project(a_customer("外区人", branch=cast.west), branch=cast.west, contract_number="HT-W")
    building = {"status": ProjectStatus.BUILDING, "people": {Function.PM: cast.pm2}, "contract_number": "HT-B"}
    a_project(a_customer("在建人", branch=cast.east), branch=cast.east, **building)
    page = agent.get("/projects").text
    assert "HT-2026-001" in page
    assert "HT-W" not in page
    for query in ("status=building", f"pm={cast.pm2.id}", f"pm={cast.pm2.id}&status=building&sort=number"):
        page = agent.get(f"/projects?{query}").text
        assert "HT-B" in page
        assert "HT-2026-001" not in page
    assert "没有符合条件的工程" in agent.get("/projects?status=expired").text
    assert agent.get("/projects?status=x&pm=x&branch=99999999999&before=x").status_code == 200


def test_a_project_manager_lists_own_projects_only(client, cast, project):
    other = a_project(a_customer(branch=cast.east), branch=cast.east, contract_number="HT-OTHER")
    pm = login(client, cast.pm)
    page = pm.get("/projects").text
    assert "HT-2026-001" in page
    assert "HT-OTHER" not in page
    assert pm.get(path(other)).status_code == 404
    assert pm.post(path(other, "stages"), data={}).status_code == 404
    assert pm.post(path(project, "people"), data={}).status_code == 403


def test_registering_needs_a_customer_first(agent):
    page = agent.get("/projects/new")
    assert page.status_code == 200
    assert "先找到客户" in page.text
    assert agent.get("/projects/new?customer=999999").status_code == 404
    assert agent.get("/projects/new?customer=x").status_code == 200


def test_a_contract_is_registered_once_with_its_people(agent, cast):
    customer = a_customer("曾小贤", branch=cast.east, room="1203")
    there = f"/projects/new?customer={customer.id}"
    page = agent.get(there)
    assert 'value="1203"' in page.text
    form = {
        "once": hidden(page, "once"),
        "contract_number": "HT-9",
        "plan_id": hidden_option(page, "家装"),
        "signed_on": "2026年11月1日",
        "amount": "12.5万",
        "estate": "江南名邸",
        "room": "7",
        "kickoff_on": "2026-12-01",
        "pm": cast.pm.id,
    }
    first, second = agent.post(there, data=form), agent.post(there, data=form)
    assert (first.status_code, first.location) == (302, second.location)
    made = db.session.scalars(select(Project).where(Project.contract_number == "HT-9")).one()
    assert (made.amount, made.person(Function.PM)) == (Decimal(125000), cast.pm)
    assert made.planned(Stage.KICKOFF).isoformat() == "2026-12-01"
    page = agent.get(first.location).text
    for text in ("HT-9", "江南名邸", "¥125,000.00", "开工前资料还缺", "施工负责人", "计划 2026-12-01"):
        assert text in page


def hidden_option(page, label):
    return re.search(rf'<option[^>]*value="(\d+)"[^>]*>{label}</option>', page.text)[1]


def test_a_wrong_contract_keeps_what_was_typed(agent, cast, project):
    there = f"/projects/new?customer={project.customer_id}"
    form = {"contract_number": "HT-2026-001", "amount": "很多", "signed_on": "2027-01-01", "notes": "要静音"}
    form["plan_id"] = hidden_option(agent.get(there), "家装")
    page = agent.post(there, data=form)
    assert page.status_code == 422
    for text in ("看不懂金额", 'value="很多"', "要静音"):
        assert text in page.text
    page = agent.post(there, data=form | {"amount": ""})
    assert page.status_code == 422
    assert "已经有了" in page.text


@pytest.mark.parametrize("typed", ["9" * 400, "-1", "1e5"])
def test_a_number_of_months_beyond_all_bounds_is_said_beside_it(agent, project, typed):
    answer = agent.post(f"/projects/new?customer={project.customer_id}", data={"warranty_months": typed})
    assert answer.status_code == 422
    assert typed in answer.text


def test_a_stale_correction_shows_both_versions(agent, cast, project):
    page = agent.get(path(project, "edit"))
    version, plan = hidden(page, "version"), hidden_option(page, "家装")
    records.edit(project, by=cast.lead, at=clock.now(), notes="林主管写的")
    db.session.commit()
    form = {"version": version, "contract_number": "HT-2026-001", "plan_id": plan, "notes": "安宁写的"}
    page = agent.post(path(project, "edit"), data=form)
    assert page.status_code == 409
    assert "林主管写的" in page.text
    assert "安宁写的" in page.text
    assert project.notes == "林主管写的"
    form["version"] = hidden(agent.get(path(project, "edit")), "version")
    assert agent.post(path(project, "edit"), data=form).status_code == 302
    assert project.notes == "安宁写的"


def test_another_branch_is_not_found(client, cast, project):
    outsider = login(client, cast.outsider)
    assert outsider.get(path(project)).status_code == 404
    for part in ("edit", "stages", "people", "suspensions", "contacts", "cancellation"):
        assert outsider.post(path(project, part), data={}).status_code == 404


def test_a_stage_is_reached_and_its_call_made(agent, project):
    form = {"stage": "kickoff", "actual_on": "2026-11-20"}
    for _ in range(2):
        assert agent.post(path(project, "stages"), data=form).status_code == 302
    assert project.status is ProjectStatus.BUILDING
    made = db.session.scalars(select(Callback).where(Callback.project_id == project.id)).one()
    assert made.occasion is Occasion.KICKOFF
    page = agent.get(path(project)).text
    assert "2026-11-20" in page
    assert f"/callbacks/{made.id}" in page


@pytest.mark.parametrize(("form", "said"), [
    ({"stage": "concealed", "actual_on": "2026-11-09"}, "不能早于开工交底的日期 2026-11-10"),
    ({"stage": "concealed", "actual_on": "2026-11-22"}, "不能在今天之后"),
    ({"stage": "concealed", "actual_on": "昨日晚上"}, "看不懂日期"),
    ({"stage": "concealed"}, "请填到达日期"),
    ({"stage": "nonsense", "actual_on": "2026-11-20"}, "没有这个选项"),
])  # fmt: skip
def test_a_wrong_day_is_said_beside_it_and_stays(agent, cast, form, said):
    customer = a_customer(branch=cast.east)
    project = a_project(customer, branch=cast.east, reached={Stage.KICKOFF: clock.today() - timedelta(days=11)})
    page = agent.post(path(project, "stages"), data=form)
    assert page.status_code == 422
    assert said in page.text
    assert f'value="{form.get("actual_on", "")}"' in page.text
    assert project.actual(Stage.CONCEALED) is None


def test_the_project_manager_reaches_stages_on_own_sites(client, cast, project):
    pm = login(client, cast.pm)
    assert pm.post(path(project, "stages"), data={"stage": "kickoff", "actual_on": "今天"}).status_code == 302
    assert project.actual(Stage.KICKOFF) == clock.today()


def test_somebody_else_takes_over(agent, cast, project):
    form = {"function": "pm", "person": cast.pm2.id, "since": "2026-11-21"}
    assert agent.post(path(project, "people"), data=form).status_code == 302
    assert project.person(Function.PM) is cast.pm2
    page = agent.get(path(project)).text
    assert "彭经理" in page
    assert "以前的 1 位" in page
    late = agent.post(path(project, "people"), data=form | {"person": cast.pm.id, "since": "2026-11-22"})
    assert late.status_code == 422
    assert "不能从今天之后" in late.text
    stranger = agent.post(path(project, "people"), data=form | {"person": cast.outsider.id})
    assert stranger.status_code == 422


def test_work_stands_still_and_goes_on(agent, project):
    page = agent.get(path(project))
    form = {"once": hidden(page, "once"), "first_day": "2026-11-20", "reason": "材料未到"}
    for _ in range(2):
        assert agent.post(path(project, "suspensions"), data=form).status_code == 302
    assert len(project.suspensions) == 1
    assert project.status is ProjectStatus.SUSPENDED
    assert "材料未到" in agent.get(path(project)).text
    end = path(project, "suspensions", project.suspensions[0].id, "end")
    assert agent.post(end, data={"last_day": "2026-11-19"}).status_code == 422
    assert agent.post(end, data={"last_day": "2026-11-21"}).status_code == 302
    assert agent.post(path(project, "suspensions", 999999, "end"), data={}).status_code == 404
    wrong = agent.post(path(project, "suspensions"), data={"first_day": "2026-11-01", "reason": ""})
    assert wrong.status_code == 422
    assert 'value="2026-11-01"' in wrong.text


def test_a_contact_is_masked_revealed_and_ended(agent, cast, project):
    form = {"name": "曾妈妈", "relation": "母亲", "phone": "136 0000 9999"}
    assert agent.post(path(project, "contacts"), data=form | {"phone": "1"}).status_code == 422
    assert agent.post(path(project, "contacts"), data=form).status_code == 302
    page = agent.get(path(project)).text
    assert "136****9999" in page
    assert "13600009999" not in page
    contact = project.contacts[0]
    assert "tel:13600009999" in agent.post(path(project, "contacts", contact.id, "reveal")).text
    assert agent.post(path(project, "contacts", contact.id, "end")).status_code == 302
    assert contact.until == clock.today()
    assert agent.post(path(project, "contacts", 999999, "end")).status_code == 404


def test_the_project_manager_sees_the_numbers(client, cast, project):
    contacts.add(project, "曾妈妈", "母亲", normalise("13600009999"), by=None, at=clock.now())
    page = login(client, cast.pm).get(path(project)).text
    assert "tel:13600009999" in page
    assert "tel:13800001234" in page


def test_a_cancelled_contract_says_why_and_is_called_no_more(agent, project):
    agent.post(path(project, "stages"), data={"stage": "kickoff", "actual_on": "2026-11-20"})
    form = {"once": hidden(agent.get(path(project)), "once"), "reason": "客户退单"}
    assert agent.post(path(project, "cancellation"), data={"reason": " "}).status_code == 422
    for _ in range(2):
        assert agent.post(path(project, "cancellation"), data=form).status_code == 302
    assert "2026-11-21 取消：客户退单" in agent.get(path(project)).text
    states = set(db.session.scalars(select(Callback.state).where(Callback.project_id == project.id)))
    assert states == {CallbackState.VOID}


def test_the_page_tells_year_warranty_and_story(agent, cast):
    customer = a_customer("曾小贤", branch=cast.east)
    days = {Stage.KICKOFF: clock.today() - timedelta(days=90), Stage.COMPLETION: clock.today() - timedelta(days=10)}
    project = a_project(customer, branch=cast.east, reached=days)
    reached = clock.now() - timedelta(days=9)
    done = {"state": CallbackState.DONE, "effective": True, "rating": 5, "reached_at": reached, "remarks": "都好"}
    a_callback(project, occasion=Occasion.COMPLETION, **done)
    a_case(project=project, owner=cast.agent, content="插座没电")
    page = agent.get(path(project)).text
    for text in ("有效回访 1 次，要求 2 次", "到 2028-11-11", "到 2031-11-11", "插座没电", "都好", "非常满意"):
        assert text in page
    assert "已登记" in page, "the case's state in words"


@pytest.mark.parametrize("rows", [10, 500])
def test_few_queries_however_many_rows(agent, cast, project, queries, rows):
    for n in range(rows):
        a_project(a_customer(branch=cast.east), branch=cast.east, people={Function.PM: cast.pm} if n % 2 else None)
    for _ in range(rows // 10):
        a_case(project=project, owner=cast.agent)
        a_callback(project)
    db.session.commit()
    there = path(project)
    db.session.expire_all()
    with queries(at_most=6):
        assert agent.get("/projects").status_code == 200
    db.session.expire_all()
    with queries(at_most=10):
        assert agent.get(there).status_code == 200
    assert db.session.scalar(select(func.count()).select_from(Project)) >= rows


def offered(page, name):
    """The groups of a list and who stands in each."""
    chosen = re.search(rf'<select[^>]* name="{name}".*?</select>', page, re.DOTALL)[0]
    groups = re.findall(r'<optgroup label="([^"]*)">(.*?)</optgroup>', chosen, re.DOTALL)
    return {group: re.findall(r">([^<>]+)</option>", options) for group, options in groups}


def test_who_fits_a_function_is_offered_first_and_nobody_is_left_out(agent, cast, project):
    foreman = a_person(name="冯工长", branch=cast.east)
    gone = a_person(Role.PM, name="已离职", branch=cast.east, active=False)
    new = agent.get(f"/projects/new?customer={project.customer_id}").text
    managers, designers = offered(new, "pm"), offered(new, "designer")
    assert list(managers) == ["项目经理", "其他人"]
    assert managers["项目经理"] == [cast.pm2.name, cast.pm.name]
    assert cast.agent.name in managers["其他人"]
    assert set(designers["设计师"]) == {cast.staff.name, foreman.name}
    page = agent.get(path(project)).text
    by_role = offered(page, "person")
    assert list(by_role)[:3] == ["项目经理", "部门人员", "其他人"]
    assert by_role["其他人"] == [foreman.name]
    assert by_role["系统管理员"] == [cast.admin.name]
    assert gone.name not in new + page
