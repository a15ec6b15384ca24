"""我的一天: the first page after signing in."""

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, render_template, url_for
from flask_babel import gettext

from app.blueprints.access import me, requires
from app.clock_badges import until
from app.domain import clock
from app.domain.accounts.models import Person
from app.domain.accounts.roles import Role
from app.domain.callbacks.models import Callback, DepartmentNote, Task
from app.domain.cases.models import Case
from app.domain.day import overview, work
from app.domain.day.work import Work
from app.domain.handoffs.models import Handoff
from app.domain.paging import COUNTED_TO
from app.formats import moment

bp = Blueprint("day", __name__)

SOON = timedelta(hours=2)


@bp.get("/")
@requires("day.see")
def index() -> str:
    """What this person must do next, and what their role keeps an eye on."""
    person, at = me(), clock.now()
    groups = work.groups(person, at)
    return render_template(
        "day/index.html",
        today=clock.today(),
        groups=[(group, [_row(one, at) for one in group.works]) for group in groups],
        strip=_strip(person, at),
        team=overview.team(person, at) if person.has(Role.LEAD) else None,
        broken=overview.broken_now(person, at) if person.has(Role.ENGINEERING, Role.OFFICE) else None,
        installation=overview.installation(at) if person.has(Role.ADMIN) else None,
        on_site=person.has(Role.PM, Role.STAFF) and not person.has(Role.AGENT, Role.LEAD),
    )


def _row(one: Work, at: datetime) -> dict[str, Any]:
    """One thing to do, as the row and card components take it."""
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
    return str(gettext(one.verb))


def _why(one: Work) -> str:
    match one.thing:
        case Case() as case:
            return f"{case.number} · {case.content[:40]}"
        case Handoff() as handoff:
            return f"{handoff.case.number} · {handoff.case.content[:40]}"
        case Callback() as callback if callback.state_reason:
            return callback.state_reason
        case Callback() as callback:
            return str(gettext("应访 %(first)s 至 %(last)s", first=callback.window_first, last=callback.window_last))
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


def _strip(person: Person, at: datetime) -> list[tuple[str, str, str | None, str | None]]:
    """The slim strip beside the list: label, value, link, tone."""
    if not person.has(Role.AGENT, Role.LEAD, Role.ENGINEERING, Role.OFFICE):
        return []
    counts = overview.counts(person, at)
    items: list[tuple[str, str, str | None, str | None]] = []
    if person.has(Role.AGENT, Role.LEAD):
        items.append((gettext("今天已打通"), str(counts.called_today), None, None))
        items.append((gettext("待领取的回访"), _capped(counts.in_pool), url_for("callbacks.index", whose="pool"), None))
    if person.has(Role.LEAD):
        url, tone = url_for("callbacks.unreachable"), "soon" if counts.to_decide else None
        items.append((gettext("联系不上，等你决定"), _capped(counts.to_decide), url, tone))
    if person.has(Role.LEAD, Role.ENGINEERING, Role.OFFICE):
        url, tone = url_for("cases.index", overdue="1"), "over" if counts.cases_over else None
        items.append((gettext("超时的工单"), _capped(counts.cases_over), url, tone))
        url, tone = url_for("handoffs.index", late="1"), "over" if counts.unsigned_over else None
        items.append((gettext("逾期未签收"), _capped(counts.unsigned_over), url, tone))
    return items


def _capped(number: int) -> str:
    return f"{COUNTED_TO}+" if number > COUNTED_TO else str(number)
