"""How a callback's time and state are shown."""

from datetime import datetime, timedelta
from typing import Any

from app.domain.callbacks.enums import CallbackState
from app.domain.callbacks.models import Callback
from app.domain.callbacks.queries import TO_CALL
from app.domain.core import clock
from app.web.badges import until
from app.web.formats import moment
from app.web.i18n import gettext

SOON = timedelta(hours=24)
STATE_TONES = {
    CallbackState.DUE: "accent",
    CallbackState.SCHEDULED: "soon",
    CallbackState.DONE: "good",
    CallbackState.MISSED: "bad",
    CallbackState.UNREACHABLE: "bad",
}


def badge_of(callback: Callback, at: datetime) -> dict[str, Any] | None:
    """The clock of a callback: when it is to be called, or whether it was called in its window."""
    if callback.state in TO_CALL:
        return until(callback.wanted_at, at, soon=SOON, title=_title(callback))
    if callback.effective and callback.reached_at is not None:
        late = clock.day_of(callback.reached_at) > callback.window_last
        word = gettext("逾期完成") if late else gettext("已按时")
        return {"tone": "late" if late else "met", "text": word, "title": _title(callback)}
    return None


def is_over(callback: Callback, at: datetime) -> bool:
    """Whether it should have been called by now."""
    return callback.state in TO_CALL and callback.wanted_at < at


def _title(callback: Callback) -> str:
    window = gettext("应访 %(first)s 至 %(last)s", first=callback.window_first, last=callback.window_last)
    if callback.state is CallbackState.SCHEDULED:
        named = gettext("客户约 %(at)s", at=moment(callback.wanted_at))
        return f"{named}；{window}"
    return window
