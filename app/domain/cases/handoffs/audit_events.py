"""What is kept of handoffs."""

from typing import Final

from app.domain.audit.events import Field, Subject
from app.domain.cases.handoffs.models import Handoff
from app.domain.core.enums import N_

HANDOFFS: Final = Subject(Handoff, "handoffs", N_("移交"), branch="case.branch_id")

SIGN: Final = HANDOFFS.event("sign", N_("签收移交"), "sha256")
REFUSE: Final = HANDOFFS.event("refuse", N_("退回移交"))
ASSIGN: Final = HANDOFFS.event("assign", N_("移交改派"), fields={"to_person": Field(N_("移交给"))})
