"""The words of cases."""

from app.domain.core.enums import N_, LabelledEnum


class CaseState(LabelledEnum):
    """状态 of a case. What leads from one to another is one table: actions.py."""

    REGISTERED = "registered", N_("已登记")
    VALID = "valid", N_("成立")
    INVALID = "invalid", N_("不成立")
    HANDED_OVER = "handed_over", N_("已移交")
    RETURNED = "returned", N_("被退回")
    SIGNED = "signed", N_("已签收")
    CONTACTED = "contacted", N_("已联系")
    VISITED = "visited", N_("已上门定责")
    PLANNED = "planned", N_("方案已确认")
    DISPATCHED = "dispatched", N_("已派工")
    IN_WORK = "in_work", N_("处理中")
    RESOLVED = "resolved", N_("待回访")
    ANSWERED = "answered", N_("已答复")
    CLOSED = "closed", N_("已办结")
    CANCELLED = "cancelled", N_("已撤销")
    MERGED = "merged", N_("已合并")


def status_label(state: CaseState, rating: int | None) -> str:
    """How a case stands, a message id: its state, and once its customer was called only closing is left."""
    return N_("待办结") if state is CaseState.RESOLVED and rating is not None else state.label


class EventKind(LabelledEnum):
    """What happened on a case."""

    RECEIVED = "received", N_("受理")
    VERIFIED = "verified", N_("核实回电")
    JUDGED = "judged", N_("判定")
    HANDED_OVER = "handed_over", N_("移交")
    SIGNED = "signed", N_("签收")
    REFUSED = "refused", N_("退回")
    CONTACTED = "contacted", N_("联系客户")
    VISITED = "visited", N_("上门定责")
    PLANNED = "planned", N_("方案确认")
    DISPATCHED = "dispatched", N_("派工")
    TEAM_CONTACTED = "team_contacted", N_("施工队联系")
    WORK_STARTED = "work_started", N_("开工处理")
    TOLD = "told", N_("告知进展")
    CHECKED = "checked", N_("48小时回访")
    RESOLVED = "resolved", N_("处理完成")
    SATISFACTION = "satisfaction", N_("满意度回访")
    CLOSED = "closed", N_("办结")
    REOPENED = "reopened", N_("转入下一轮")
    CANCELLED = "cancelled", N_("撤销")
    CHASED = "chased", N_("催办")
    RAISED = "raised", N_("升级紧急程度")
    REASSIGNED = "reassigned", N_("换人负责")
    CLASSIFIED = "classified", N_("改分类")
    NOTE = "note", N_("备注")


class CaseChannel(LabelledEnum):
    """渠道 by which a case came in."""

    PHONE = "phone", N_("电话")
    WEB = "web", N_("网页")
    MESSAGE = "message", N_("消息")
    EMAIL = "email", N_("邮件")
    VISIT = "visit", N_("来访")
    CALLBACK = "callback", N_("回访")
    LEAD = "lead", N_("主管转办")


class Severity(LabelledEnum):
    """严重程度 of a complaint (S2)."""

    MINOR = "minor", N_("轻微")
    MODERATE = "moderate", N_("一般")
    SERIOUS = "serious", N_("严重")


class Responsibility(LabelledEnum):
    """责任方."""

    WORKMANSHIP = "workmanship", N_("施工")
    SUPPLIER = "supplier", N_("材料商")
    CUSTOMER = "customer", N_("客户")
    OTHER = "other", N_("其他")


class Payer(LabelledEnum):
    """承担方 of a repair's cost."""

    FIRM = "firm", N_("公司")
    SUPPLIER = "supplier", N_("材料商")
    CUSTOMER = "customer", N_("客户")
    FOREMAN = "foreman", N_("工长")


class DeadlineTone(LabelledEnum):
    """How a clock stands at a moment."""

    OPEN = "open", N_("计时中")
    SOON = "soon", N_("即将到期")
    OVER = "over", N_("已超时")
    MET = "met", N_("已按时")
    LATE = "late", N_("迟到完成")
    UNREACHED = "unreached", N_("未联系上")
    BROKEN = "broken", N_("未办")
    RELEASED = "released", N_("不再计时")
