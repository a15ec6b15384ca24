"""Projects by file."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.domain.accounts.models import Person
from app.domain.accounts.roles import Role
from app.domain.projects.enums import ProjectStatus
from app.domain.projects.models import Project, Suspension
from app.extensions import db
from tests.domain.imports.books import everything, judged, problems, rows, taken
from tests.shipped import Function, Stage

H2 = {
    "合同编号": "H2",
    "客户手机": "13800000001",
    "合同金额": "12.8万",
    "签约日期": "2026-03-01",
    "开工交底日期": "2026-11-21",
    "竣工验收日期": "2026-11-22",
    "保修月数": 24,
    "保修卡号": "BX1",
    "项目经理": "周强",
    "设计师": "新设计",
    "客服": "新客服",
    "工长": "zhouqiang",
    "备注": "钥匙在物业",
}


def project(contract: str) -> Project:
    db.session.expire_all()
    return db.session.scalars(select(Project).where(Project.contract_number == contract)).one()


def test_stages_up_to_today_are_actual_and_later_ones_planned(firm):
    taken("projects", rows(H2))
    found = project("H2")
    assert (found.actual(Stage.KICKOFF), found.planned(Stage.KICKOFF)) == (date(2026, 11, 21), None)
    assert (found.actual(Stage.COMPLETION), found.planned(Stage.COMPLETION)) == (None, date(2026, 11, 22))
    assert found.status is ProjectStatus.BUILDING
    assert (found.amount, found.plan.name, found.branch.name) == (Decimal("128000.00"), "家装", "城东")
    assert (found.callbacks_from, found.estate) == (date(2026, 11, 21), "阳光花园")


def test_people_by_account_or_name_and_made_ones_with_their_role(firm):
    taken("projects", rows(H2))
    found = project("H2")
    assert found.person(Function.PM) is found.person(Function.FOREMAN)
    agent, designer = found.person(Function.AGENT), found.person(Function.DESIGNER)
    assert (agent.roles, agent.account.username, agent.account.password_hash) == ({Role.AGENT}, "新客服", None)
    assert (designer.roles, designer.account) == (frozenset(), None)


def test_two_of_the_same_name_and_unknown_ones_are_errors(firm):
    assert problems(judged("projects", rows(H2 | {"监理": "王芳"}))) == [(2, "监理")]
    assert problems(judged("projects", rows(H2), create=False)) == [(2, "设计师")]
    assert problems(judged("projects", rows(H2 | {"服务方案": "豪华"}))) == [(2, "服务方案")]
    assert problems(judged("projects", rows(H2 | {"客户手机": "13811111111"}))) == [(2, "客户手机")]
    assert problems(judged("projects", rows(H2 | {"客户手机": None, "客户编号": "无"}))) == [(2, "客户编号")]
    assert problems(judged("projects", rows(H2 | {"客户手机": None}))) == [(2, "客户编号")]
    assert problems(judged("projects", rows(H2, H2))) == [(3, "合同编号")]


def test_the_same_file_again_changes_nothing_at_all(firm):
    content = rows(H2, H2 | {"合同编号": "H3", "状态": "停工"}, H2 | {"合同编号": "H4", "状态": "取消"})
    taken("projects", content)
    before = everything()
    assert taken("projects", content).counts() == {"added": 0, "updated": 0, "unchanged": 3, "rejected": 0}
    assert everything() == before


def test_suspended_and_cancelled_on_the_day_of_the_import(firm):
    taken("projects", rows(H2 | {"状态": "停工"}, H2 | {"合同编号": "H4", "状态": "取消"}))
    assert project("H2").status is ProjectStatus.SUSPENDED
    assert [(row.first_day, row.last_day) for row in project("H2").suspensions] == [(date(2026, 11, 21), None)]
    assert (project("H4").status, project("H4").cancelled_on) == (ProjectStatus.CANCELLED, date(2026, 11, 21))


def standing_still(first_day, last_day):
    """A suspension of H2 that was registered here."""
    found = project("H2")
    found.suspensions.append(Suspension(first_day=first_day, last_day=last_day, reason="缺料"))
    db.session.flush()


@pytest.mark.parametrize("last_day", [date(2026, 11, 21), date(2026, 11, 30), None])
def test_a_suspension_that_covers_the_day_is_what_the_file_says_already(firm, last_day):
    taken("projects", rows(H2))
    standing_still(date(2026, 11, 1), last_day)
    db.session.commit()
    assert taken("projects", rows(H2 | {"状态": "停工"})).counts()["unchanged"] == 1
    assert len(project("H2").suspensions) == 1


def test_a_suspension_from_today_ends_before_the_one_that_is_planned(firm):
    taken("projects", rows(H2))
    standing_still(date(2026, 11, 1), date(2026, 11, 20))
    standing_still(date(2026, 12, 1), None)
    db.session.commit()
    plan = taken("projects", rows(H2 | {"状态": "停工"}))
    assert [str(warning) for warning in plan.work.warnings] == ["2026-12-01起已登记停工，这次的停工记到它前一天。"]
    db.session.expire_all()
    spans = [(row.first_day, row.last_day) for row in project("H2").suspensions]
    assert spans[1:] == [(date(2026, 11, 21), date(2026, 11, 30)), (date(2026, 12, 1), None)]
    assert project("H2").status is ProjectStatus.SUSPENDED
    assert taken("projects", rows(H2 | {"状态": "停工"})).counts()["unchanged"] == 1


def test_a_change_keeps_before_and_after_and_who_was_there(firm):
    plan = taken(
        "projects", rows({"合同编号": "H1", "客户编号": "K1", "项目经理": "wang1", "竣工验收日期": "2025-07-01"})
    )
    assert plan.changes[0].shown == {"竣工验收日期": ("2025-06-30", "2025-07-01"), "项目经理": ("周强", "王芳")}
    found = project("H1")
    assert found.person(Function.PM).account.username == "wang1"
    assert [row.until for row in found.people if row.function_code == Function.PM] == [date(2026, 11, 21), None]
    assert found.actual(Stage.KICKOFF) == date(2025, 2, 1)


@pytest.mark.parametrize("word", ["待开工", "在建", "保修期", "已过保"])
def test_other_words_leave_the_status_to_the_dates(firm, word):
    taken("projects", rows({"合同编号": "H1", "客户编号": "K1", "状态": word}))
    assert project("H1").status is ProjectStatus.WARRANTY
    assert db.session.scalar(select(Person.id).limit(1))
