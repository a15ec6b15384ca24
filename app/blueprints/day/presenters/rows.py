"""One thing to do as a row or a card of the day shows it: clock, verb, who and where, why, and the button."""

from datetime import datetime, timedelta
from typing import Any, Final

from flask import url_for

from app.domain.callbacks.enums import CallbackState
from app.domain.callbacks.models import Callback, Task
from app.domain.cases.handoffs.models import Handoff
from app.domain.cases.models import Case
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.day.work import Work
from app.domain.followup.models import DepartmentNote
from app.domain.plans.enums import DeadlineKind
from app.web.badges import until
from app.web.formats import moment
from app.web.i18n import gettext

SOON: Final = timedelta(hours=2)


def row(one: Work, at: datetime) -> dict[str, Any]:
    """What the row and card components take."""
    place = getattr(_project_of(one), "place", "") or one.customer.place
    return {
        "clock": _badge(one, at),
        "verb": _verb(one),
        "who": one.customer.addressed,
        "place": place,
        "why": _why(one),
        "href": _href(one),
        "button": gettext("去签收") if isinstance(one.thing, Handoff) else gettext("开始"),
    }


def _badge(one: Work, at: datetime) -> dict[str, Any] | None:
    if one.due_at is None:
        return None
    title = gettext("%(verb)s：到 %(due)s", verb=_verb(one), due=moment(one.due_at))
    return until(one.due_at, at, soon=SOON, title=title)


def _verb(one: Work) -> str:
    if isinstance(one.thing, Callback):
        return f"{gettext(one.verb)} · {gettext(one.thing.occasion.label)}"
    return gettext(one.verb)


def _why(one: Work) -> str:
    match one.thing:
        case Case() as case:
            return f"{case.number} · {case.content[:40]}"
        case Handoff() as handoff:
            return f"{handoff.case.number} · {handoff.case.content[:40]}"
        case Callback() as callback if callback.state_reason:
            return callback.state_reason
        case Callback() as callback:
            return gettext("应访 %(first)s 至 %(last)s", first=callback.window_first, last=callback.window_last)
        case Task() as task:
            return task.text[:60]
        case DepartmentNote() as note:
            return note.text[:60]


def _href(one: Work) -> str:
    match one.thing:
        case Callback() as callback:
            return url_for("callbacks.view", callback_id=callback.id)
        case Case() as case:
            return url_for("cases.view", case_id=case.id)
        case Handoff() as handoff:
            return url_for("handoffs.view", handoff_id=handoff.id)
        case Task() as task:
            return url_for("callbacks.task", task_id=task.id)
        case DepartmentNote() as note:
            return url_for("callbacks.note", note_id=note.id)


def _project_of(one: Work) -> Any:
    return one.thing.case.project if isinstance(one.thing, Handoff) else getattr(one.thing, "project", None)


def waiting_call(callback: Callback, at: datetime) -> dict[str, Any]:
    """A call that waits for a lead: to be decided on, or to be given to somebody."""
    one = Work(callback, N_("回访"), callback.customer, callback.wanted_at, clock.at(callback.window_first))
    if callback.state is not CallbackState.UNREACHABLE:
        return row(one, at)
    there = url_for("callbacks.decision", callback_id=callback.id)
    return row(one, at) | {"href": there, "button": gettext("决定")}


def handed_over(handoff: Handoff, at: datetime) -> dict[str, Any]:
    """A handoff that somebody else has to sign; the heads of departments and branches look after it."""
    one = Work(handoff, N_("等签收"), handoff.case.customer, handoff.sign_by, handoff.sent_at, DeadlineKind.SIGN)
    addressee = handoff.to_person or handoff.to_department
    return row(one, at) | {"tags": [(addressee.name, "neutral")] if addressee else [], "button": gettext("看这份移交")}
