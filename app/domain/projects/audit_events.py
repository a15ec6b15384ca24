"""What is kept of projects."""

from dataclasses import replace
from typing import Final

from app.domain.audit.events import Field, Subject
from app.domain.core.enums import N_
from app.domain.plans.shipped import FUNCTIONS, STAGES
from app.domain.projects.models import Project

PROJECTS: Final = Subject(Project, "projects", N_("工程"))
CONTACT: Final = {"contact": Field(N_("联系人")), "contact_number": Field(N_("电话"), is_phone=True)}
SINCE: Final = {"since": Field(N_("自"))}
SPAN: Final = {"suspension": Field(N_("停工"))}
REACHED: Final = Field("", part=N_("实际"))
PLANNED: Final = Field("", part=N_("计划"))
FORMERLY: Final = {
    f"{code}.{day}": replace(field, label=name)
    for code, name in STAGES.items()
    for day, field in (("actual_on", REACHED), ("planned_on", PLANNED))
}
"""Entries from before the firm named its stages call them by their code."""
PERSON: Final = {"person": Field("")}
ASSIGNED_FORMERLY: Final = {code: Field(name) for code, name in FUNCTIONS.items()}
"""Entries from before the firm named its functions call them by their code."""

REGISTER: Final = PROJECTS.event("register", N_("登记工程"))
EDIT: Final = PROJECTS.event(
    "edit", N_("修改工程"), *PROJECTS.columns, fields={"branch": Field(N_("区域")), "plan": Field(N_("服务方案"))}
)
CANCEL: Final = PROJECTS.event("cancel", N_("取消工程"), "cancelled_on", "cancelled_why", "status")
REACH_STAGE: Final = PROJECTS.event("reach_stage", N_("记录节点"), fields=FORMERLY, parts={"actual_on": REACHED})
PLAN_STAGE: Final = PROJECTS.event("plan_stage", N_("计划节点"), parts={"planned_on": PLANNED})
ASSIGN: Final = PROJECTS.event("assign", N_("安排工程人员"), fields=ASSIGNED_FORMERLY | SINCE, parts=PERSON)
ADD_CONTACT: Final = PROJECTS.event("add_contact", N_("新增联系人"), fields=CONTACT)
END_CONTACT: Final = PROJECTS.event("end_contact", N_("停用联系人"), fields=CONTACT)
SUSPEND: Final = PROJECTS.event("suspend", N_("停工"), fields=SPAN)
RESUME: Final = PROJECTS.event("resume", N_("复工"), fields=SPAN)
REVEAL_PHONE: Final = PROJECTS.event(
    "reveal_phone", N_("查看联系人的完整号码"), fields={"phone": Field(N_("电话"), is_phone=True)}
)
