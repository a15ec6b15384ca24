"""Every business number of the product: its default, what it means, and where it comes from.

Clocks, windows and questionnaires are rows of a service plan, not settings.
"""

from dataclasses import dataclass
from typing import Any, Final

from app.domain.core.enums import N_


@dataclass(frozen=True)
class Default:
    """A setting before a firm changes it. `source` is S0 to S3 of the domain, or `ours`."""

    value: Any
    label: str
    source: str


DEFAULTS: Final[dict[str, Default]] = {
    "firm.name": Default("", N_("公司名称"), "ours"),
    "firm.service_number": Default("", N_("客服电话"), "ours"),
    "callbacks.monthly_quota": Default(2, N_("在建工程每月有效回访次数"), "S3"),
    "callbacks.quota_full_from_days": Default(10, N_("当月在建满多少天按全额"), "ours"),
    "callbacks.quota_one_from_days": Default(3, N_("当月在建满多少天至少一次"), "ours"),
    "callbacks.progress_days": Default([16, 26], N_("补足当月回访的日子"), "S3"),
    "callbacks.unreachable_attempts": Default(3, N_("几次未接通后由主管决定"), "ours"),
    "callbacks.unreachable_days": Default(2, N_("未接通须分布在几天"), "ours"),
    "cases.unreached_attempts": Default(3, N_("几次未接通后停表"), "ours"),
    "cases.unreached_gap_minutes": Default(20, N_("两次拨打至少相隔几分钟"), "ours"),
    "cases.check_call_after_hours": Default(48, N_("报修后多少小时起可做检查回访"), "S3"),
    "cases.soon_share": Default(20, N_("剩余百分之几起提醒即将到期"), "ours"),
    "cases.repeat_within_days": Default(30, N_("多少天内再报同类算返修"), "ours"),
    "warranty.general_months": Default(24, N_("一般保修月数"), "ours"),
    "warranty.waterproof_months": Default(60, N_("防水保修月数"), "ours"),
    "login.failures_before_wait": Default(5, N_("几次登录失败后须等待"), "ours"),
    "login.wait_minutes": Default(15, N_("登录失败后等待分钟数"), "ours"),
    "login.idle_minutes": Default(12 * 60, N_("多久不操作后退出"), "ours"),
    "login.longest_days": Default(7, N_("一次登录最长天数"), "ours"),
    "targets.first_response_24h": Default(80, N_("24小时响应率目标"), "S2"),
    "targets.resolved_48h": Default(90, N_("48小时解决率目标"), "S2"),
    "targets.dealt_with_24h": Default(95, N_("投诉24小时处理率目标"), "S2"),
    "targets.satisfied": Default(85, N_("满意度目标"), "S2"),
    "targets.repeat": Default(5, N_("返修率上限"), "S2"),
    "targets.failure": Default(2, N_("故障率上限"), "S2"),
    "targets.completion": Default(100, N_("回访完成率目标"), "ours"),
    "targets.quota": Default(100, N_("回访达标率目标"), "ours"),
}
