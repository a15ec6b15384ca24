"""Which field was changed and what it held, as people read it: a label for each column, words for its codes."""

from typing import Any, Final

from sqlalchemy import Column

from app.domain.accounts.roles import Role
from app.domain.callbacks.enums import Outcome
from app.domain.core.enums import N_, LabelledEnum
from app.domain.core.orm import Base, Code, Instant
from app.domain.customers.enums import Channel
from app.domain.plans.enums import Function, Stage
from app.domain.settings.defaults import DEFAULTS

LABELS: Final[dict[str, str]] = {
    "about_id": N_("关于谁"), "absorbed": N_("并入"), "active": N_("在职"), "actual_on": N_("实际日期"),
    "agreed_on": N_("约定完工日"), "amount": N_("合同金额"), "answer": N_("回复"), "answered_at": N_("回复时间"),
    "answered_by_id": N_("回复人"), "assigned_to_id": N_("指派给"), "backdated_why": N_("补登原因"),
    "birthday": N_("生日"), "branch": N_("区域"), "branch_id": N_("区域"), "building": N_("幢"),
    "callback_id": N_("回访"), "callbacks": N_("回访"), "callbacks_from": N_("从哪天起回访"),
    "cancelled_on": N_("取消日期"), "cancelled_why": N_("取消原因"), "card_number": N_("保修卡号"),
    "card_on": N_("保修卡日期"), "case_id": N_("工单"), "cases": N_("工单"), "category_id": N_("分类"),
    "cause_id": N_("原因"), "chain_closed_at": N_("二次回访结束时间"), "chain_closed_why": N_("结束原因"),
    "channel": N_("渠道"), "city": N_("城市"), "contact": N_("联系人"), "contact_number": N_("电话"),
    "content": N_("内容"), "contract_number": N_("合同编号"), "created_at": N_("登记时间"), "customer_id": N_("客户"),
    "department_id": N_("部门"), "disabled_at": N_("停用时间"), "district": N_("区县"),
    "do_not_contact": N_("免打扰"), "done_at": N_("办完时间"), "done_by_id": N_("谁办的"), "due_on": N_("到期日"),
    "effective": N_("有效"), "ended_at": N_("结束时间"), "entered_by_id": N_("录入人"), "estate": N_("小区"),
    "extension": N_("分机"), "finding": N_("现场情况"), "head_id": N_("负责人"), "assigned_at": N_("接手时间"),
    "assignee_id": N_("现在由谁处理"), "in_warranty": N_("保修期内"), "interviewee": N_("受访人"),
    "is_complex": N_("复杂"), "is_hq": N_("总部"), "is_key": N_("重点客户"), "is_repeat": N_("返修"),
    "is_valid": N_("成立"), "kind": N_("类型"), "labour": N_("人工费"), "language": N_("语言"), "last_day": N_("到"),
    "lesson": N_("改进教训"), "made_at": N_("安排时间"), "made_for": N_("为哪一次"), "material": N_("材料费"),
    "merged_into": N_("并入"), "merged_into_id": N_("并入"), "name": N_("姓名或名称"),
    "needs_department": N_("需要部门处理"), "needs_visit": N_("需再上门"), "next_due_at": N_("下一个时限"),
    "notes": N_("备注"), "number": N_("编号或号码"), "occasion": N_("阶段"), "origin_callback_id": N_("来自哪次回访"),
    "origin_id": N_("原回访"), "outcome": N_("结果"), "owner_id": N_("负责客服"),
    "password_is_temporary": N_("临时密码"), "password_set_at": N_("密码设置时间"), "payer": N_("承担方"),
    "person_id": N_("人员"), "phone": N_("手机"), "phone_added": N_("电话"), "phone_removed": N_("电话"),
    "photos": N_("照片"), "plan_id": N_("服务方案"), "planned_on": N_("计划日期"),
    "project_id": N_("工程"), "project_manager_id": N_("项目经理"), "projects": N_("工程"),
    "questionnaire_id": N_("问卷"), "raised_at": N_("提出时间"), "raised_by_id": N_("提出人"), "rating": N_("满意度"),
    "reached_at": N_("接通时间"), "reached_by_id": N_("接通的客服"), "reason": N_("原因"),
    "received_at": N_("受理时间"), "received_by_id": N_("受理人"), "recorded_at": N_("登记时间"),
    "relation": N_("关系"), "remarks": N_("回访描述"), "repeat_given": N_("台账写明返修"),
    "repeat_of_id": N_("返修自"), "reporter": N_("报事人"), "reporter_phone": N_("报事人电话"),
    "request": N_("业主要求"), "responsibility": N_("责任方"), "responsible_id": N_("责任人"),
    "responsible_name": N_("责任人"), "result": N_("结果"), "result_id": N_("处理结果"), "roles": N_("角色"),
    "room": N_("室"), "root_id": N_("最初的回访"), "round": N_("轮次"), "rule_id": N_("回访规则"),
    "salutation": N_("称谓"), "sessions": N_("登录数"), "severity": N_("严重程度"), "sha256": N_("内容指纹"),
    "signed_on": N_("签约日期"), "since": N_("自"), "single_keys": N_("单键快捷键"), "source": N_("来源"),
    "stage": N_("阶段"), "state": N_("状态"), "state_reason": N_("原因"), "status": N_("状态"),
    "suspension": N_("停工"), "tasks": N_("待办"), "team_id": N_("施工队"), "text": N_("内容"),
    "to_department_id": N_("移交给部门"), "to_person": N_("移交给"), "to_person_id": N_("移交给"),
    "service_plan_id": N_("服务方案"), "solution": N_("方案"), "truthful": N_("属实"), "unit": N_("单元"),
    "until": N_("截止"), "urgency": N_("紧急程度"), "username": N_("账号"), "version": N_("版本"),
    "wanted_at": N_("约定时间"), "warranty_months": N_("保修月数"), "waterproof_months": N_("防水保修月数"),
    "window_first": N_("应访开始"), "window_last": N_("应访截止"),
} | {function.value: function.label for function in Function}  # fmt: skip
LABELS_OF: Final[dict[str, dict[str, str]]] = {
    "customers": {"name": N_("姓名"), "number": N_("客户编号"), "phone": N_("主要电话"), "stage": N_("状态")},
    "projects": {"plan": N_("服务方案")},
    "settings": {name: default.label for name, default in DEFAULTS.items()},
}
"""Where a table's field has a name of its own."""

CODES: Final[dict[str, type[LabelledEnum]]] = {"do_not_contact": Channel, "outcome": Outcome, "roles": Role}
"""The words of fields that are no column of what was changed."""

DAYS: Final = {"actual_on": N_("实际"), "planned_on": N_("计划")}
"""The days of a stage, which an entry names `kickoff.actual_on`."""

PHONES: Final = frozenset(
    ("phone", "phone_added", "phone_removed", "contact_number", "reporter_phone", "手机", "备用电话")
)
"""Fields that hold telephone numbers, shown only to who may see them; an import names them by its columns."""


def label_of(subject: str, name: str) -> tuple[str, str]:
    """The message ids of a field's label: what it is, and of a stage which of its days (else an empty text).

    A field without a label is its own: an import's fields are the columns of its file.
    """
    stage, _dot, which = name.partition(".")
    if which in DAYS:
        return Stage.of(stage).label, DAYS[which]
    return LABELS_OF.get(subject, {}).get(name) or LABELS.get(name, name), ""


def words_of(subject: str, name: str) -> type[LabelledEnum] | None:
    """The words that the field's codes stand for, if it holds codes."""
    kind = _type_of(subject, name)
    return kind.enum if isinstance(kind, Code) else CODES.get(name)


def is_instant(subject: str, name: str) -> bool:
    """Whether the field holds a moment, kept in ISO form."""
    return isinstance(_type_of(subject, name), Instant)


def referred_table(subject: str, name: str) -> str | None:
    """The table whose rows the field holds the numbers of, if it holds such."""
    column = _column(subject, name)
    keys = column.foreign_keys if column is not None else ()
    return next((key.column.table.name for key in keys), None)


def _type_of(subject: str, name: str) -> Any:
    column = _column(subject, name)
    return column.type if column is not None else None


def _column(subject: str, name: str) -> Column[Any] | None:
    table = Base.metadata.tables.get(subject)
    return table.c[name] if table is not None and name in table.c else None
