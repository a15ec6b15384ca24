"""How corrections of customers and projects are told: a title for each action, a label for each field."""

from typing import Any, Final

from app.domain.customers.words import Channel, CustomerStage, Salutation
from app.domain.plans.words import Function, Stage
from app.domain.words import N_, Word

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
LABELS: Final = {
    "number": N_("客户编号"), "name": N_("姓名"), "salutation": N_("称谓"), "source": N_("来源"), "stage": N_("状态"),
    "is_key": N_("重点客户"), "birthday": N_("生日"), "notes": N_("备注"), "branch": N_("区域"), "city": N_("城市"),
    "district": N_("区县"), "estate": N_("小区"), "building": N_("幢"), "unit": N_("单元"), "room": N_("室"),
    "phone": N_("主要电话"), "phone_added": N_("电话"), "phone_removed": N_("电话"), "do_not_contact": N_("免打扰"),
    "merged_into": N_("并入"), "absorbed": N_("并入"), "projects": N_("工程"), "callbacks": N_("回访"),
    "cases": N_("工单"), "tasks": N_("待办"), "contract_number": N_("合同编号"), "plan": N_("服务方案"),
    "amount": N_("合同金额"), "signed_on": N_("签约日期"), "warranty_months": N_("保修月数"),
    "waterproof_months": N_("防水保修月数"), "card_number": N_("保修卡号"), "card_on": N_("保修卡日期"),
    "cancelled_on": N_("取消日期"), "cancelled_why": N_("取消原因"), "since": N_("自"), "suspension": N_("停工"),
    "contact": N_("联系人"), "contact_number": N_("电话"),
} | {function.value: function.label for function in Function}  # fmt: skip
WORDS: Final[dict[str, type[Word]]] = {"salutation": Salutation, "stage": CustomerStage, "do_not_contact": Channel}
PHONES: Final = frozenset(("phone", "phone_added", "phone_removed", "contact_number"))
"""Fields whose values are telephone numbers, shown only to who may see them."""


def is_told(action: str, changes: dict[str, list[Any]]) -> bool:
    """Whether the entry is part of the story: a stage's first day is told by the stage itself."""
    return action != "projects.reach_stage" or any(before is not None for before, _after in changes.values())


def label_of(name: str) -> tuple[str, str]:
    """The message ids of a field's label: what it is, and of a stage which of its days (else an empty text)."""
    stage, _dot, which = name.partition(".")
    if which:
        return Stage.of(stage).label, N_("实际") if which == "actual_on" else N_("计划")
    return LABELS.get(name, ""), ""


def word_of(name: str, value: Any) -> Any:
    """The message id of a code or a yes or no; any other value as it is."""
    if name in WORDS and value is not None:
        return WORDS[name].of(value).label
    if isinstance(value, bool):
        return N_("是") if value else N_("否")
    return value
