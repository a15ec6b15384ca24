"""The words of customer records."""

from app.domain.core.enums import N_, LabelledEnum


class Salutation(LabelledEnum):
    """称谓."""

    MR = "mr", N_("先生")
    MS = "ms", N_("女士")


class CustomerStage(LabelledEnum):
    """状态 of a customer."""

    PROSPECT = "prospect", N_("意向")
    SIGNED = "signed", N_("签约")
    LOST = "lost", N_("流失")


class Channel(LabelledEnum):
    """A way to reach a customer, which they may not want."""

    PHONE = "phone", N_("电话")
    MESSAGE = "message", N_("消息")
