"""A function that the firm adds as a row is everywhere where those that ship are."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from app.domain.accounts.roles import Role
from app.domain.callbacks.script import script_of
from app.domain.core import clock
from app.domain.imports import workbooks
from app.domain.plans.enums import FunctionMeaning
from app.domain.plans.models import Function, Question, Questionnaire
from app.domain.plans.queries import functions
from app.domain.projects import completeness
from app.domain.projects.models import Project, ProjectPerson
from app.extensions import db
from tests.domain.imports.books import rows, taken
from tests.factories import a_callback, a_customer, a_project, the_function
from tests.people import login
from tests.shipped import Function as Shipped

CODE, NAME = "stylist", "软装设计师"


@pytest.fixture(autouse=True)
def _today(freeze):
    freeze("2026-11-21 10:00")


@pytest.fixture
def stylist(app) -> Function:
    row = Function(code=CODE, name=NAME, position=7, roles=[Role.STAFF], is_needed=True)
    db.session.add(row)
    db.session.flush()
    return row


@pytest.fixture
def project(cast, stylist) -> Project:
    return a_project(a_customer(branch=cast.east), branch=cast.east, contract_number="HT-1")


def given(client, cast, project):
    lead = login(client, cast.lead)
    form = {"function": CODE, "person": cast.staff.id, "since": "2026-11-21"}
    assert lead.post(f"/projects/{project.id}/people", data=form).status_code == 302
    return lead


def test_it_is_given_and_told_of_on_the_projects_page(client, cast, project):
    assert NAME in completeness.missing(project, functions())
    page = given(client, cast, project).get(f"/projects/{project.id}").text
    assert f'<option value="{CODE}">{NAME}</option>' in page
    assert f"<dt>{NAME}</dt>" in page
    assert NAME not in completeness.missing(project, functions())
    (told,) = [line for line in page.split("<li") if "安排人员" in line]
    assert NAME in told


def test_a_question_about_it_is_asked_where_somebody_has_it(client, cast, project):
    sheet = Questionnaire(code="styling", version=1, name="软装回访", opening="", closing="")
    sheet.questions = [Question(position=1, code="styled", text="满意吗？", kind="rating", about=CODE)]
    callback = a_callback(project, questionnaire=sheet)
    asked = {"by": cast.agent, "today": clock.today()}
    assert script_of(callback, **asked).absent == {CODE}
    given(client, cast, project)
    assert script_of(callback, **asked).holders == {CODE: cast.staff}


def test_a_file_of_projects_has_a_column_for_it(cast, project):
    head = [cell.value for cell in load_workbook(BytesIO(workbooks.template("projects"))).active[1]]
    assert head[head.index("客服") : head.index("区域") + 1] == ["客服", NAME, "区域"]
    plan = taken("projects", rows({"合同编号": "HT-1", "客户编号": None, NAME: cast.staff.name}))
    assert plan.changes[0].shown == {NAME: ("", cast.staff.name)}
    assert project.person(CODE) is cast.staff


def test_what_the_program_knows_of_a_function_it_knows_by_its_meaning(client, cast, stylist):
    stylist.meaning, the_function(Shipped.PM).meaning = None, None
    db.session.flush()
    stylist.meaning = FunctionMeaning.PM
    db.session.flush()
    project = a_project(a_customer(branch=cast.east), branch=cast.east, people={Shipped.PM: cast.pm2})
    project.people.append(ProjectPerson(function=stylist, person=cast.pm, since=clock.today()))
    db.session.flush()
    assert project.manager is cast.pm
    lead = login(client, cast.lead)
    assert project.contract_number in lead.get(f"/projects?pm={cast.pm.id}").text
    assert project.contract_number not in lead.get(f"/projects?pm={cast.pm2.id}").text
    assert f'<label for="pm">{NAME}' in lead.get(f"/projects/new?customer={project.customer_id}").text
