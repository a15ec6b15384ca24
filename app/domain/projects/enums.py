"""The words of projects."""

from app.domain.core.enums import N_, LabelledEnum


class ProjectStatus(LabelledEnum):
    """状态 of a project, from its facts."""

    WAITING = "waiting", N_("待开工")
    BUILDING = "building", N_("在建")
    SUSPENDED = "suspended", N_("停工")
    WARRANTY = "warranty", N_("保修期")
    EXPIRED = "expired", N_("已过保")
    CANCELLED = "cancelled", N_("取消")
