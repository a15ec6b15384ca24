"""The words of service plans: what stages and functions mean, occasions, clocks and what starts them."""

from app.domain.core.enums import N_, LabelledEnum


class StageMeaning(LabelledEnum):
    """What the program knows of a stage, whatever the firm calls it."""

    START = "start", N_("开工")
    COMPLETION = "completion", N_("竣工")


class FunctionMeaning(LabelledEnum):
    """What the program knows of a function, whatever the firm calls it."""

    PM = "pm", N_("项目经理")
    SITE_LEAD = "site_lead", N_("施工负责人")
    DESIGNER = "designer", N_("设计师")
    AGENT = "agent", N_("客服")


class Occasion(LabelledEnum):
    """What a callback is about: the 阶段 of the import file."""

    KICKOFF = "kickoff", N_("开工交底")
    CONCEALED = "concealed", N_("隐蔽工程")
    MIDSTAGE = "midstage", N_("施工中期")
    COMPLETION = "completion", N_("竣工验收")
    WARRANTY = "warranty", N_("保修期")
    PROGRESS = "progress", N_("施工进度")
    INSTALLATION = "installation", N_("安装")
    SERVICE = "service", N_("维修")
    COMPLAINT = "complaint", N_("投诉")
    REPAIR = "repair", N_("报修")
    SECOND = "second", N_("二次回访")


class Trigger(LabelledEnum):
    """What makes a callback due."""

    STAGE_REACHED = "stage_reached", N_("到达节点")
    MONTHLY_IN_WARRANTY = "monthly_in_warranty", N_("保修期内每月")
    QUOTA = "quota", N_("当月次数不足")
    CASE_RESOLVED = "case_resolved", N_("工单已处理")
    TROUBLE_RESOLVED = "trouble_resolved", N_("问题已处理")
    ORDER_COMPLETED = "order_completed", N_("完工单")


class AnswerKind(LabelledEnum):
    """How a question is answered."""

    YES_NO = "yes_no", N_("是/否")
    YES_NO_NA = "yes_no_na", N_("是/否/不适用")
    RATING = "rating", N_("五级评价")
    CHOICE = "choice", N_("单选")
    SEVERAL = "several", N_("多选")
    TEXT = "text", N_("文字")
    NUMBER = "number", N_("数字")
    DATE = "date", N_("日期")


class Meaning(LabelledEnum):
    """What the figures read from an answer, whatever its wording."""

    OVERALL = "overall", N_("满意度")
    TRUTHFUL = "truthful", N_("属实")
    ATTITUDE = "attitude", N_("服务态度")
    SITE_CLEAN = "site_clean", N_("清理现场")
    FEE_FAIR = "fee_fair", N_("收费合理")
    CONTACTED = "contacted", N_("已联系")
    APPOINTED = "appointed", N_("已预约")
    PLAN_AGREED = "plan_agreed", N_("方案认可")
    CONDUCT = "conduct", N_("行为规范")
    SUGGESTION = "suggestion", N_("建议")
    WHOM_TO_CALL = "whom_to_call", N_("以后联系谁")


class Rating(LabelledEnum):
    """满意度, five levels; the code is the number."""

    VERY_SATISFIED = "5", N_("非常满意")
    SATISFIED = "4", N_("满意")
    FAIR = "3", N_("一般")
    RATHER_DISSATISFIED = "2", N_("不太满意")
    VERY_DISSATISFIED = "1", N_("很不满意")


class CaseKind(LabelledEnum):
    """工单类型."""

    COMPLAINT = "complaint", N_("投诉")
    REPAIR = "repair", N_("报修")
    SUGGESTION = "suggestion", N_("建议")
    ENQUIRY = "enquiry", N_("咨询")
    PRAISE = "praise", N_("表扬")


class DeadlineKind(LabelledEnum):
    """时限: one word for each promise."""

    VERIFY = "verify", N_("核实回电")
    JUDGE = "judge", N_("判定")
    HANDOVER = "handover", N_("移交")
    SIGN = "sign", N_("签收")
    CONTACT = "contact", N_("联系客户")
    ON_SITE = "on_site", N_("上门")
    SOLUTION = "solution", N_("给出方案")
    TEAM_CONTACT = "team_contact", N_("施工队联系")
    WORK_DONE = "work_done", N_("完工")
    PROGRESS_TOLD = "progress_told", N_("告知进展")
    CHECK_CALL = "check_call", N_("48小时回访")
    SATISFACTION = "satisfaction", N_("满意度回访")
    URGENT_CONTACT = "urgent_contact", N_("紧急联系")


class DeadlineStart(LabelledEnum):
    """What a clock starts from."""

    RECEIVED = "received", N_("受理")
    RECEIVED_URGENT = "received_urgent", N_("受理或升级为紧急")
    JUDGED_FOR_DEPARTMENT = "judged_for_department", N_("判定需部门处理")
    SENT = "sent", N_("移交发出")
    HANDED_OVER = "handed_over", N_("移交")
    VISITED = "visited", N_("上门")
    PLANNED = "planned", N_("方案确认")
    DISPATCHED = "dispatched", N_("派工")
    TOLD = "told", N_("上次告知")
    RESOLVED = "resolved", N_("处理完成")


class Calendar(LabelledEnum):
    """On which time a clock runs."""

    WALL = "wall", N_("自然时间")
    WORKING = "working", N_("工作时间")


class Urgency(LabelledEnum):
    """紧急程度."""

    NORMAL = "normal", N_("一般")
    URGENT = "urgent", N_("紧急")
    SAFETY = "safety", N_("安全")

    @property
    def is_pressing(self) -> bool:
        """Whether it goes before the others."""
        return self is not Urgency.NORMAL


class WarrantyTerm(LabelledEnum):
    """Which of a project's warranty terms covers a category."""

    GENERAL = "general", N_("一般保修")
    WATERPROOF = "waterproof", N_("防水保修")
