"""The names of the rows that ship, by code: marked here for translation, since the rows are the firm's data."""

from typing import Final

from app.domain.core.enums import N_

STAGES: Final = {
    "kickoff": N_("开工交底"),
    "concealed": N_("隐蔽验收"),
    "midstage": N_("中期验收"),
    "completion": N_("竣工验收"),
}
