"""Who may do what: the whole matrix on one screen. Scope (whose records) is access.py's."""

from typing import TYPE_CHECKING, Final

from app.domain.core.enums import N_, LabelledEnum

if TYPE_CHECKING:
    from app.domain.accounts.models import Person


class Role(LabelledEnum):
    """The eight roles; a person may have several."""

    AGENT = "agent", N_("客服专员")
    LEAD = "lead", N_("客服主管")
    QA = "qa", N_("质检")
    PM = "pm", N_("项目经理")
    STAFF = "staff", N_("部门人员")
    ENGINEERING = "engineering", N_("工程部经理")
    OFFICE = "office", N_("总经办")
    ADMIN = "admin", N_("系统管理员")


SERVICE = (Role.AGENT, Role.LEAD)
SITE = (Role.PM, Role.STAFF, Role.ENGINEERING)
READERS = (Role.QA, Role.ENGINEERING, Role.OFFICE)

PERMISSIONS: Final[dict[str, tuple[Role, ...]]] = {
    "day.see": tuple(Role),
    "search": (*SERVICE, *READERS, Role.PM),
    "customers.see": (*SERVICE, *READERS, Role.PM),
    "customers.edit": SERVICE,
    "customers.reveal": (*SERVICE, *READERS, Role.PM),
    "projects.see": (*SERVICE, *READERS, Role.PM),
    "projects.edit": (*SERVICE, Role.ENGINEERING),
    "projects.reach_stage": (*SERVICE, Role.ENGINEERING, Role.PM),
    "callbacks.see": (*SERVICE, *READERS),
    "callbacks.call": SERVICE,
    "callbacks.decide": (Role.LEAD,),
    "callbacks.reassign": (Role.LEAD,),
    "tasks.do": SERVICE,
    "cases.see": (*SERVICE, *READERS, Role.PM, Role.STAFF),
    "cases.register": SERVICE,
    "cases.handle": SERVICE,
    "cases.work": (*SERVICE, *SITE),
    "cases.reassign": (Role.LEAD, Role.ENGINEERING),
    "handoffs.see": (*SERVICE, *READERS, Role.PM, Role.STAFF),
    "handoffs.sign": (*SERVICE, *SITE),
    "notes.answer": (*SERVICE, *SITE),
    "reports.see": (Role.LEAD, *READERS),
    "imports.run": (Role.ADMIN,),
    "accounts.manage": (Role.ADMIN,),
    "audit.see": (Role.ADMIN, Role.OFFICE),
}


def may(person: "Person", permission: str) -> bool:
    """Whether one of the person's roles has the permission. An unknown permission is a KeyError."""
    return not person.roles.isdisjoint(PERMISSIONS[permission])
