"""The words of handoffs."""

from app.domain.core.enums import N_, LabelledEnum


class HandoffState(LabelledEnum):
    """状态 of a handoff."""

    SENT = "sent", N_("待签收")
    SIGNED = "signed", N_("已签收")
    REFUSED = "refused", N_("已退回")
    SUPERSEDED = "superseded", N_("已被新移交取代")
    WITHDRAWN = "withdrawn", N_("已撤回")


class SignedHow(LabelledEnum):
    """How a signature was given."""

    DRAWN = "drawn", N_("手写")
    TYPED = "typed", N_("键入姓名")
    PHONE = "phone", N_("电话确认")
    IMPORTED = "imported", N_("导入")
