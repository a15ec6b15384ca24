"""The small things to do that follow from a call, and how they are finished."""

from datetime import datetime

from app.domain.accounts.models import Person
from app.domain.audit import trail
from app.domain.callbacks import audit_events
from app.domain.callbacks.enums import TaskKind
from app.domain.callbacks.models import Callback, Task
from app.domain.callbacks.script import fill
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Conflict, Refused
from app.domain.core.text import clean_lines
from app.domain.settings import values
from app.extensions import db

SERVICE_NUMBER_TEXT = (
    "{customer}您好，我是{firm}客服{agent}。您家已竣工，保修期内我每月回访一次；"
    "家里有任何问题，请随时拨打客服电话 {service_number}。"
)
WRONG_NUMBER_TEXT = "{number} 打不通到本人（{outcome}）。请核对{customer}的电话，录入人：{entered_by}。"
LETTER_TEXT = "电话联系不上{customer}，请按 {address} 寄信函回访。"


def add(
    kind: TaskKind, callback: Callback, text: str, *, by: Person, at: datetime, owner: Person | None = None
) -> Task:
    """A thing to do today about the callback's customer; whose it is when nobody is named: of who called."""
    task = Task(
        kind=kind,
        customer=callback.customer,
        project=callback.project,
        callback=callback,
        owner=owner or by,
        branch_id=callback.branch_id,
        text=text,
        due_on=clock.day_of(at),
        made_at=at,
    )
    db.session.add(task)
    trail.record(audit_events.ADD_TASK, task, by=by, at=at)
    return task


def send_service_number(callback: Callback, *, by: Person, at: datetime) -> Task:
    """After the completion call: the service number by message, its text ready to copy."""
    settings = values.several("firm.name", "firm.service_number", on=clock.day_of(at))
    words = {
        "customer": callback.customer.addressed,
        "firm": str(settings["firm.name"]),
        "agent": by.name,
        "service_number": str(settings["firm.service_number"]),
    }
    return add(TaskKind.SEND_SERVICE_NUMBER, callback, fill(SERVICE_NUMBER_TEXT, words), by=by, at=at)


def verify_number(callback: Callback, number: str, outcome: str, *, by: Person, at: datetime) -> Task:
    """A wrong or empty number: to be corrected, with whose entry it was."""
    entered_by = callback.customer.entered_by
    words = {
        "number": number or callback.customer.phone,
        "outcome": outcome,
        "customer": callback.customer.addressed,
        "entered_by": entered_by.name if entered_by else "—",
    }
    return add(TaskKind.VERIFY_DATA, callback, fill(WRONG_NUMBER_TEXT, words), by=by, at=at)


def write_letter(callback: Callback, *, by: Person, at: datetime) -> Task:
    """A letter instead of a call, to the project's address."""
    place = callback.project or callback.customer
    words = {"customer": callback.customer.addressed, "address": place.address or callback.customer.address}
    return add(TaskKind.LETTER, callback, fill(LETTER_TEXT, words), by=by, at=at, owner=callback.assigned_to)


def finish(task: Task, result: str, *, by: Person, at: datetime) -> None:
    """Done, with what came of it: required where data was verified. A Conflict when it was done already."""
    if task.done_at is not None:
        raise Conflict(N_("这件事已经办完了。"))
    said = clean_lines(result, 2000, "result")
    if task.kind is TaskKind.VERIFY_DATA and not said:
        raise Refused(N_("请写明核实的结果：原来是什么，改成什么。"), field="result")
    task.done_at, task.done_by, task.result = at, by, said
    trail.record(audit_events.FINISH_TASK, task, by=by, at=at, changes=trail.changes_of(task))
