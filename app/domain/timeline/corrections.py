"""Which corrections of customers and projects their story tells, and as what. Their fields: audit/fields.py."""

from typing import Any, Final

from app.domain.core.enums import N_

TITLES: Final = {
    "customers.edit": N_("修改客户资料"),
    "customers.add_phone": N_("添加电话"),
    "customers.remove_phone": N_("停用电话"),
    "customers.do_not_contact": N_("设为免打扰"),
    "customers.lift_do_not_contact": N_("取消免打扰"),
    "customers.merge": N_("并入另一条客户记录"),
    "customers.absorb": N_("并入了另一条客户记录"),
    "projects.edit": N_("修改工程资料"),
    "projects.reach_stage": N_("更正节点日期"),
    "projects.plan_stage": N_("调整计划日期"),
    "projects.assign": N_("更换人员"),
    "projects.suspend": N_("登记停工"),
    "projects.resume": N_("登记复工"),
    "projects.add_contact": N_("添加联系人"),
    "projects.end_contact": N_("停用联系人"),
    "projects.cancel": N_("取消工程"),
}


STAFFED: Final = N_("安排人员")


def is_first_assignment(action: str, changes: dict[str, list[Any]]) -> bool:
    """Whether somebody was given a function that nobody had before."""
    return action == "projects.assign" and all(before is None for before, _after in changes.values())


def is_told(action: str, changes: dict[str, list[Any]]) -> bool:
    """Whether the entry is part of the story: a stage's first day is told by the stage itself."""
    return action != "projects.reach_stage" or any(before is not None for before, _after in changes.values())
