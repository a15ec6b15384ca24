"""What is typed in a call before it is saved: kept per person, so that a closed browser loses nothing."""

from datetime import datetime
from typing import Any, Final

from app.domain.accounts.models import Person
from app.domain.callbacks.models import Callback, CallDraft
from app.extensions import db

LONGEST: Final = 20_000
OF_ONE_ATTEMPT: Final = ("outcome", "note", "later_at", "number", "once", "version", "csrf_token")


def save(callback: Callback, fields: dict[str, Any], *, by: Person, at: datetime) -> CallDraft:
    """Keep the fields as typed, in place of what was kept before."""
    kept = {name: value for name, value in fields.items() if len(str(value)) <= LONGEST}
    return db.session.merge(CallDraft(callback_id=callback.id, person_id=by.id, fields=kept, saved_at=at))


def of(callback: Callback, person: Person) -> CallDraft | None:
    """What the person typed and has not saved, or None."""
    return db.session.get(CallDraft, (callback.id, person.id))


def drop(callback: Callback, person: Person) -> None:
    """The person doesn't need it any more."""
    draft = of(callback, person)
    if draft is not None:
        db.session.delete(draft)


def after_call(callback: Callback, *, by: Person) -> None:
    """A callback that is done needs no draft; after a failed attempt what was answered stays for the next one."""
    draft = of(callback, by)
    if draft is None:
        return
    answers = {name: value for name, value in draft.fields.items() if name not in OF_ONE_ATTEMPT}
    if not callback.is_open or not any(answers.values()):
        db.session.delete(draft)
    else:
        draft.fields = answers
