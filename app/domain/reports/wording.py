"""The name of each figure and what it counts, in the words of the page, the workbook and the printed appendix."""

from typing import Final

from app.domain.core.enums import N_
from app.domain.reports.period import PeriodKind

HEADS: Final = {
    PeriodKind.DAY: (N_("当日"), N_("前一日"), N_("去年同日")),
    PeriodKind.WEEK: (N_("本周"), N_("上周"), N_("去年同周")),
    PeriodKind.MONTH: (N_("本月"), N_("上月"), N_("去年同月")),
    PeriodKind.YEAR: (N_("本年"), N_("上年"), N_("去年同期")),
    PeriodKind.RANGE: (N_("本期"), N_("上期"), N_("去年同期")),
}
"""The columns of a report's headline: the period, the one before, and the same of last year."""

LABELS: Final = {
    "callbacks_due": N_("应回访"),
    "callbacks_done": N_("完成"),
    "completion_rate": N_("完成率"),
    "timely_rate": N_("及时率"),
    "effective_callbacks": N_("有效回访数"),
    "projects_in_progress": N_("在建工程"),
    "quota_met_rate": N_("达标率"),
    "satisfied_rate": N_("满意度"),
    "ratings": N_("满意度分布"),
    "truthful_rate": N_("真实性"),
    "dissatisfied_solved_rate": N_("不满意解决率"),
    "complaints_received": N_("受理投诉"),
    "complaints_judged": N_("已判定"),
    "validity_rate": N_("成立率"),
    "verified_in_time_rate": N_("核实及时率"),
    "judged_in_time_rate": N_("判定及时率"),
    "dealt_with_24h_rate": N_("投诉24小时处理率"),
    "repairs_received": N_("受理报修"),
    "repairs_in_warranty": N_("保内报修"),
    "contacted_in_time_rate": N_("联系及时率"),
    "team_contacted_in_time_rate": N_("施工队联系及时率"),
    "resolved_48h_rate": N_("48小时解决率"),
    "repeat_rate": N_("返修率"),
    "failure_rate": N_("故障率"),
    "cost_by_payer": N_("维修成本"),
    "handover_in_time_rate": N_("移交及时率"),
    "signed_in_time_rate": N_("签收及时率"),
    "on_site_in_time_rate": N_("上门及时率"),
    "solution_in_time_rate": N_("方案及时率"),
    "closed_rate": N_("办结率"),
    "mean_minutes_to_close": N_("平均办结时长"),
    "median_minutes_to_close": N_("办结时长中位数"),
    "first_response_24h_rate": N_("24小时响应率"),
}

IN_TIME: Final = N_(
    "本期到期的这项时限中，到期前（含当刻）完成的 ÷ 已完成的加上已过期的；"
    "只看第一轮；因联系不上而停的只进分母，不再需要的都不计。"
)

DEFINITIONS: Final = {
    "callbacks_due": N_("窗口最后一天在本期的回访；作废和免访的不计，未访的计入。"),
    "callbacks_done": N_("应回访中，到数据截至时已完成且有效的。"),
    "completion_rate": N_("完成 ÷ 应回访。"),
    "timely_rate": N_("应回访中，在窗口最后一天或之前有效接通的 ÷ 应回访。"),
    "effective_callbacks": N_("接通在本期的有效回访，含满意度回访；核实电话和检查电话不计。"),
    "projects_in_progress": N_("从开工到竣工（含首尾两天）扣除停工日，本月至少有一天在建的工程。"),
    "quota_met_rate": N_("本月有效回访达到规定次数的工程 ÷ 规定次数大于 0 的工程。"),
    "satisfied_rate": N_("本期有效回访中评 5 分和 4 分的 ÷ 有评分的。"),
    "ratings": N_("本期有效回访的评分，从非常满意到很不满意。"),
    "truthful_rate": N_("1 减去本期有效回访中答“不属实”的 ÷ 本期有效回访。"),
    "dissatisfied_solved_rate": N_("本期评 1、2 分的有效回访中，同一串回访里后来评到 4、5 分的 ÷ 全部评 1、2 分的。"),
    "complaints_received": N_("本期受理的投诉；撤销的计入，合并掉的不计。"),
    "complaints_judged": N_("本期受理的投诉中，已判定成立与否的。"),
    "validity_rate": N_("判定成立的 ÷ 已判定的。"),
    "dealt_with_24h_rate": N_(
        "本期受理的投诉中，24 小时内判定不成立、移交或处理完成的 ÷ 这些加上受理已超过 24 小时的。"
    ),
    "repairs_received": N_("本期受理的报修；撤销的计入，合并掉的不计。"),
    "repairs_in_warranty": N_("本期受理的报修中，受理那天在保修期内的：从保修首日到 N 个月后的同一天，首尾两天都算。"),
    "resolved_48h_rate": N_(
        "本期受理并已响应的报修中，首次响应后 48 小时内处理完成的 ÷ 已处理的加上响应后已超过 48 小时的。"
    ),
    "repeat_rate": N_("本期受理的报修中，标为返修的 ÷ 全部，撤销的不计。"),
    "failure_rate": N_("本期任一天在一般保修期内的工程中，本期有报修的 ÷ 全部。"),
    "cost_by_payer": N_("方案在本期确认的报修（无方案的按处理完成），人工费加材料费，按承担方合计。"),
    "closed_rate": N_("本期受理的，到数据截至时已办结的 ÷ 除撤销外的全部。"),
    "mean_minutes_to_close": N_("本期受理且已办结的，从受理到最后一次办结的平均时长，四舍五入到分钟。"),
    "median_minutes_to_close": N_("本期受理且已办结的，从受理到最后一次办结的时长的中位数，四舍五入到分钟。"),
    "first_response_24h_rate": N_(
        "本期受理的，首次响应（核实接通、联系客户、上门中最早的）在 24 小时内的 ÷ 已响应的加上受理已超过 24 小时的。"
    ),
}
