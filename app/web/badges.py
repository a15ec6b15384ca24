"""Deadlines and verdicts as the badge component takes them, in the page's language."""

from datetime import datetime, timedelta
from typing import Any, Final

from app.domain.cases.deadlines.display import DeadlineBadge, Message, counted
from app.domain.cases.enums import DeadlineTone
from app.domain.core import clock
from app.domain.plans.enums import Rating
from app.web.i18n import gettext
from app.web.tones import tone

COUNTING: Final = (DeadlineTone.OPEN, DeadlineTone.SOON, DeadlineTone.OVER)


def badge(one: DeadlineBadge | None, href: str | None = None) -> dict[str, Any] | None:
    """The values of the `clock` macro, or None without a clock."""
    if one is None:
        return None
    return {
        "tone": one.tone.value,
        "label": gettext(one.kind.label),
        "text": say(one.text),
        "title": say(one.title),
        "due": _counting(one.tone, one.due_at),
        "href": href,
    }


def until(due_at: datetime, at: datetime, *, soon: timedelta, title: str) -> dict[str, Any]:
    """The badge of something due that no clock of a case counts: a call, a task. `soon`: from so long before."""
    left = due_at - at
    tone = DeadlineTone.OVER if left < timedelta(0) else DeadlineTone.SOON if left <= soon else DeadlineTone.OPEN
    return {
        "tone": tone.value,
        "text": say(counted(tone, left)),
        "title": title,
        "due": _counting(tone, due_at),
    }


def _counting(tone: DeadlineTone, due_at: datetime) -> str | None:
    """When it is due, for a page that counts on; nothing once there is nothing left to count."""
    return clock.local(due_at).isoformat() if tone in COUNTING else None


def warranty(in_warranty: bool | None) -> tuple[str, str]:
    """(text, tone) of whether something is in warranty; None: nobody can say."""
    if in_warranty is None:
        return gettext("无法判断"), "neutral"
    return (gettext("保内"), "good") if in_warranty else (gettext("保外"), "soon")


def rated(rating: int) -> tuple[str, str]:
    """(text, tone) of a rating from 1 to 5."""
    level = Rating.of(str(rating))
    return gettext(level.label), tone(level)


def say(said: Message) -> str:
    """The message with its parameters; those that are words are translated too."""
    params = {name: gettext(value) if name in said.words else value for name, value in said.params.items()}
    return str(gettext(said.message) % params)
