"""What each permission of the matrix is called on the screen."""

from typing import Final

from app.domain.core.enums import N_

WORDS: Final[dict[str, str]] = {
    "day.see": N_("看我的一天"),
    "search": N_("搜索"),
    "customers.see": N_("看客户"),
    "customers.edit": N_("登记和修改客户"),
    "customers.reveal": N_("查看完整号码（留记录）"),
    "projects.see": N_("看工程"),
    "projects.edit": N_("登记和修改工程"),
    "projects.reach_stage": N_("记录工程节点"),
    "callbacks.see": N_("看回访"),
    "callbacks.call": N_("打回访电话"),
    "callbacks.decide": N_("决定联系不上的回访"),
    "callbacks.reassign": N_("改派回访"),
    "tasks.do": N_("办理待办任务"),
    "cases.see": N_("看工单"),
    "cases.register": N_("登记工单"),
    "cases.handle": N_("核实、判定、移交、办结工单"),
    "cases.work": N_("联系、上门、定方案、处理"),
    "cases.reassign": N_("改派工单"),
    "handoffs.see": N_("看移交单"),
    "handoffs.sign": N_("签收和退回"),
    "notes.answer": N_("回复部门留言"),
    "reports.see": N_("看报表"),
    "imports.run": N_("导入"),
    "accounts.manage": N_("管理人员、账号和区域"),
    "audit.see": N_("看审计记录"),
}
