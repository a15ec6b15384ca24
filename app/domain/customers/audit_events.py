"""What is kept of customers."""

from typing import Final

from app.domain.audit.events import Field, Subject
from app.domain.core.enums import N_
from app.domain.customers.enums import Channel
from app.domain.customers.models import Customer

CUSTOMERS: Final = Subject(Customer, "customers", N_("客户"))
PRIMARY: Final = {"phone": Field(N_("主要电话"), is_phone=True)}
CHANNEL: Final = {"do_not_contact": Field(N_("免打扰"), Channel)}

REGISTER: Final = CUSTOMERS.event("register", N_("登记客户"))
EDIT: Final = CUSTOMERS.event("edit", N_("修改客户"), *CUSTOMERS.columns, fields={"branch": Field(N_("区域"))})
ADD_PHONE: Final = CUSTOMERS.event(
    "add_phone", N_("新增电话"), fields=PRIMARY | {"phone_added": Field(N_("电话"), is_phone=True)}
)
REMOVE_PHONE: Final = CUSTOMERS.event(
    "remove_phone", N_("停用电话"), fields={"phone_removed": Field(N_("电话"), is_phone=True)}
)
DO_NOT_CONTACT: Final = CUSTOMERS.event("do_not_contact", N_("设免打扰"), fields=CHANNEL)
LIFT_DO_NOT_CONTACT: Final = CUSTOMERS.event("lift_do_not_contact", N_("取消免打扰"), fields=CHANNEL)
MERGE: Final = CUSTOMERS.event("merge", N_("合并到另一客户"), fields={"merged_into": Field(N_("并入"))})
ABSORB: Final = CUSTOMERS.event(
    "absorb",
    N_("并入重复客户"),
    fields={
        "absorbed": Field(N_("并入")),
        "projects": Field(N_("工程")),
        "callbacks": Field(N_("回访")),
        "cases": Field(N_("工单")),
        "tasks": Field(N_("待办")),
    },
)
"""The rows that came along, by table."""
REVEAL_PHONE: Final = CUSTOMERS.event("reveal_phone", N_("查看完整号码"), fields=PRIMARY)
