"""Every file here is imported at one moment: 2026-11-21, ten in the morning."""

import pytest

from tests.domain.imports.books import rows, taken

STAFF = (
    {"账号": "limin", "姓名": "李敏", "角色": "客服专员", "区域": "城东", "部门": "客服部", "部门负责人": "是"},
    {"账号": "zhouqiang", "姓名": "周强", "角色": "项目经理", "区域": "城东", "部门": "工程部"},
    {"账号": "wang1", "姓名": "王芳", "角色": "部门人员", "区域": "城东", "部门": "工程部", "部门负责人": "是"},
    {"账号": "wang2", "姓名": "王芳", "角色": "部门人员", "区域": "城西", "部门": "设计部"},
)


@pytest.fixture(autouse=True)
def ten_in_the_morning(freeze):
    """Stops the clock."""
    freeze("2026-11-21 10:00")


@pytest.fixture
def firm(app):
    """People, one customer and one finished renovation, all imported."""
    taken("people", rows(*STAFF))
    taken(
        "customers", rows({"客户编号": "K1", "姓名": "王建国", "手机": 13800000001, "小区": "阳光花园", "区域": "城东"})
    )
    taken(
        "projects",
        rows(
            {
                "合同编号": "H1",
                "客户编号": "K1",
                "签约日期": "2025-01-05",
                "开工交底日期": "2025-02-01",
                "竣工验收日期": "2025-06-30",
                "项目经理": "周强",
                "客服": "limin",
            }
        ),
    )
