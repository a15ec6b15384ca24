"""The names of the rows that ship, by code: marked here for translation, since the rows are the firm's data."""

from typing import Final

from app.domain.core.enums import N_

STAGES: Final = {
    "kickoff": N_("开工交底"),
    "concealed": N_("隐蔽验收"),
    "midstage": N_("中期验收"),
    "completion": N_("竣工验收"),
}
FUNCTIONS: Final = {
    "pm": N_("项目经理"),
    "site_lead": N_("施工负责人"),
    "designer": N_("设计师"),
    "supervisor": N_("监理"),
    "foreman": N_("工长"),
    "agent": N_("客服"),
}
