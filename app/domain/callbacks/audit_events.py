"""What is kept of callbacks and of the small things to do that follow from them."""

from typing import Final

from app.domain.audit.events import Field, Subject
from app.domain.callbacks.enums import Outcome
from app.domain.callbacks.models import Callback, Task
from app.domain.core.enums import N_

CALLBACKS: Final = Subject(Callback, "callbacks", N_("回访"))
TASKS: Final = Subject(Task, "tasks", N_("待办"))
STATE: Final = ("state", "state_reason")

CALL: Final = CALLBACKS.event("call", N_("记录回访"), fields={"outcome": Field(N_("结果"), Outcome)})
DECIDE: Final = CALLBACKS.event("decide", N_("决定联系不上的回访"), *STATE)
WAIVE: Final = CALLBACKS.event("waive", N_("免访"), *STATE)
SKIP: Final = CALLBACKS.event("skip", N_("客户不要电话，免访"), *STATE)
VOID: Final = CALLBACKS.event("void", N_("作废回访"), *STATE)
MOVE: Final = CALLBACKS.event("move", N_("调整回访"), "window_first", "window_last", "wanted_at")
MAKE: Final = CALLBACKS.event("make", N_("安排回访"))
REASSIGN: Final = CALLBACKS.event("reassign", N_("改派回访"), "assigned_to_id")
CLOSE_CHAIN: Final = CALLBACKS.event("close_chain", N_("结束二次回访"))
ADD_TASK: Final = TASKS.event("add", N_("新增待办"))
FINISH_TASK: Final = TASKS.event("finish", N_("办完待办"), "done_at", "done_by_id", "result")
REASSIGN_TASK: Final = TASKS.event("reassign", N_("改派待办"), "owner_id")
