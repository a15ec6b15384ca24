"""A story's events as the timeline component takes them, in the page's language."""

from collections.abc import Sequence
from typing import Any

from flask import request

from app.domain.timeline.story import Event
from app.web.access import address_of
from app.web.badges import rated
from app.web.changes import said
from app.web.i18n import gettext

SHOWN = 40


def story_of(events: Sequence[Event], *, sees_phone: bool) -> dict[str, Any]:
    """The newest 40 events, or those before what `until` in the address counts; `earlier` is the count to go on with.

    Counted from the oldest, so that a page stays the same while the story grows.
    """
    until = request.args.get("until", "")
    end = min(int(until), len(events)) if until.isdecimal() and len(until) < 10 else len(events)
    start = max(0, end - SHOWN)
    return {
        "entries": [entry(event, sees_phone=sees_phone) for event in events[start:end]],
        "earlier": start or None,
        "is_newest": end == len(events),
    }


def entry(event: Event, *, sees_phone: bool) -> dict[str, Any]:
    """One event."""
    words = {name: gettext(word) for name, word in event.words.items()}
    rating, tone = rated(event.rating) if event.rating else ("", None)
    return {
        "at": event.at,
        "is_day": event.is_day,
        "kind": event.kind,
        "title": gettext(event.title) % {**event.params, **words},
        "who": " · ".join(part for part in (event.who, rating) if part),
        "body": event.body,
        "details": said(event.changed, event.changes, sees_phone=sees_phone),
        "href": address_of(*event.link) if event.link else None,
        "tone": tone,
    }
