"""What happened on a case, as the timeline component takes it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask import url_for

from app.domain.callbacks.enums import Outcome, Purpose
from app.domain.callbacks.models import Attempt
from app.domain.cases.enums import EventKind, Responsibility
from app.domain.cases.handoffs.enums import SignedHow
from app.domain.cases.handoffs.models import Handoff
from app.domain.cases.models import Case, CaseEvent
from app.domain.plans.enums import Rating, Urgency
from app.web.i18n import gettext

MARKS = {
    EventKind.RECEIVED: "phone",
    EventKind.VERIFIED: "phone",
    EventKind.CONTACTED: "phone",
    EventKind.CHECKED: "phone",
    EventKind.TOLD: "phone",
    EventKind.SATISFACTION: "phone",
    EventKind.HANDED_OVER: "handoffs",
    EventKind.SIGNED: "check",
    EventKind.REFUSED: "back",
    EventKind.CHASED: "warn",
    EventKind.RESOLVED: "check",
    EventKind.CLOSED: "done",
    EventKind.CANCELLED: "close",
}
ORDER = tuple(EventKind)
EVENT_OF = {
    Purpose.VERIFY: EventKind.VERIFIED,
    Purpose.CONTACT: EventKind.CONTACTED,
    Purpose.PROGRESS: EventKind.TOLD,
    Purpose.CHECK_CALL: EventKind.CHECKED,
    Purpose.CALLBACK: EventKind.SATISFACTION,
}
TONES = {
    EventKind.REFUSED: "bad", EventKind.CHASED: "soon", EventKind.CLOSED: "good", EventKind.REOPENED: "bad",
    EventKind.RAISED: "soon",
}  # fmt: skip


def entries_of(case: Case, handoffs: Iterable[Handoff]) -> list[dict[str, Any]]:
    """Everything as it happened, newest below: events, calls in vain, photos.

    What happened in the same minute stands as it was recorded; what was recorded at once, in the order of the work.
    """
    sent = {(row.sent_at, EventKind.HANDED_OVER): row for row in handoffs}
    sent |= {(row.answered_at, EventKind.SIGNED): row for row in sent.values() if row.signature}
    entries = [(_place(row.at, row, EVENT_OF[row.purpose]), _of_attempt(row)) for row in case.attempts if _in_vain(row)]
    entries += [(_place(event.happened_at, event, event.kind), _of_event(event, sent)) for event in case.events]
    return [entry for _place, entry in sorted(entries, key=lambda pair: pair[0])]


def _in_vain(row: Attempt) -> bool:
    return row.outcome is not Outcome.REACHED


def _place(at: datetime, row: CaseEvent | Attempt, kind: EventKind) -> tuple[datetime, datetime, int]:
    return at, row.recorded_at, ORDER.index(kind)


def _of_event(event: CaseEvent, sent: dict[Any, Handoff]) -> dict[str, Any]:
    handoff = sent.get((event.happened_at, event.kind))
    title = gettext(event.kind.label)
    if event.superseded_at:
        title = gettext("%(step)s（已更正）", step=title)
    elif event.kind is EventKind.REOPENED:
        title = gettext("转入第%(n)s轮", n=event.round)
    return {
        "at": event.happened_at,
        "kind": MARKS.get(event.kind),
        "tone": TONES.get(event.kind),
        "title": title,
        "who": _who(event),
        "body": gettext(event.note) if event.kind in (EventKind.CHASED, EventKind.REOPENED) else event.note,
        "details": list(_details(event)),
        "photos": _photos(event),
        "href": url_for("handoffs.view", handoff_id=handoff.id) if handoff else None,
    }


def _who(event: CaseEvent) -> str:
    name = event.by.name if event.by else ""
    if event.imported:
        return gettext("导入")
    if to := event.details.get("to"):
        return f"{name} → {to}"
    return name


def _details(event: CaseEvent) -> Iterable[tuple[str, Any, Any]]:
    """(label, before or None, after) of what the event's row keeps beside its note."""
    facts = event.details
    if "valid" in facts:
        yield gettext("判定"), None, gettext("成立") if facts["valid"] else gettext("不成立")
    if facts.get("needs_department") is not None:
        by = gettext("移交部门处理") if facts["needs_department"] else gettext("客服自己解决")
        yield gettext("由谁解决"), None, by
    if "responsibility" in facts:
        whose = gettext(Responsibility.of(facts["responsibility"]).label)
        yield gettext("责任"), None, " · ".join(part for part in (whose, facts.get("responsible", "")) if part)
    for name, label in (("agreed_on", gettext("约定完工")), ("quote", gettext("报价")), ("team", gettext("施工队"))):
        if name in facts:
            yield label, None, facts[name]
    if event.kind is EventKind.SIGNED and "how" in facts:
        how = gettext(SignedHow.of(facts["how"]).label)
        yield gettext("签收人"), None, " · ".join(part for part in (facts.get("name", ""), how) if part)
    if rating := facts.get("rating"):
        yield gettext("满意度"), None, gettext(Rating.of(str(rating)).label)
    if event.kind is EventKind.CHECKED:
        yield from _answers(facts)
    if "before" in facts:
        yield gettext(event.kind.label), _word(event, facts["before"]), _word(event, facts["after"])


def _word(event: CaseEvent, value: str) -> str:
    return gettext(Urgency.of(value).label) if event.kind is EventKind.RAISED else value


def _answers(facts: dict[str, Any]) -> Iterable[tuple[str, Any, Any]]:
    asked = (("contacted", gettext("已联系")), ("appointed", gettext("已预约")), ("plan_agreed", gettext("方案认可")))
    for name, label in asked:
        if name in facts:
            yield label, None, gettext("是") if facts[name] else gettext("否")
    if facts.get("untrue"):
        yield gettext("与记录不符"), None, gettext("记录写着已联系，客户说没有")


def _photos(event: CaseEvent) -> list[tuple[str, str, str]]:
    return [
        (url, url, photo.caption or gettext("照片 %(n)s", n=place))
        for place, photo in enumerate(event.photos, 1)
        if (url := url_for("files.view", file_id=photo.file_id))
    ]


def _of_attempt(row: Attempt) -> dict[str, Any]:
    return {
        "at": row.at,
        "kind": "phone",
        "tone": "soon",
        "title": f"{gettext(row.purpose.label)} · {gettext(row.outcome.label)}",
        "who": row.by.name if row.by else "",
        "body": row.note,
    }
