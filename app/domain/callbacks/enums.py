"""The words of callbacks."""

from app.domain.core.enums import N_, LabelledEnum


class CallbackState(LabelledEnum):
    """状态 of a callback."""

    DUE = "due", N_("待回访")
    SCHEDULED = "scheduled", N_("约定再访")
    DONE = "done", N_("已完成")
    MISSED = "missed", N_("未访")
    UNREACHABLE = "unreachable", N_("联系不上")
    SKIPPED = "skipped", N_("免访")
    VOID = "void", N_("作废")


OPEN_STATES = (CallbackState.DUE, CallbackState.SCHEDULED, CallbackState.UNREACHABLE)


class Outcome(LabelledEnum):
    """结果 of one attempt to call."""

    REACHED = "reached", N_("接通")
    NO_ANSWER = "no_answer", N_("未接通")
    BUSY = "busy", N_("占线")
    OFF = "off", N_("关机")
    REFUSED = "refused", N_("拒访")
    LATER = "later", N_("约时间再打")
    WRONG_NUMBER = "wrong_number", N_("错号")
    EMPTY_NUMBER = "empty_number", N_("空号")
    NOT_THE_CUSTOMER = "not_the_customer", N_("非本人")


class Purpose(LabelledEnum):
    """What an attempt was for."""

    CALLBACK = "callback", N_("回访")
    VERIFY = "verify", N_("核实")
    CONTACT = "contact", N_("联系客户")
    CHECK_CALL = "check_call", N_("48小时回访")
    PROGRESS = "progress", N_("告知进展")


class Decision(LabelledEnum):
    """What the lead decides on a customer who can't be reached."""

    OTHER_NUMBER = "other_number", N_("换号码再打")
    LETTER = "letter", N_("改寄信函")
    GIVE_UP = "give_up", N_("放弃回访")


class TaskKind(LabelledEnum):
    """A small thing to do that follows from a call."""

    SEND_SERVICE_NUMBER = "send_service_number", N_("发送客服电话")
    VERIFY_DATA = "verify_data", N_("资料核实")
    LETTER = "letter", N_("寄信函")


class FollowKind(LabelledEnum):
    """What a troubled call becomes in the same step."""

    COMPLAINT = "complaint", N_("转投诉")
    REPAIR = "repair", N_("转报修")
    NOTE = "note", N_("反馈给部门")
