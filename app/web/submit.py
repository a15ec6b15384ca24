"""The one way a form that was sent ends: where it led before, a conflict with both versions, shown again with what is
wrong beside its field, or carried out, committed, and on to the next page."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import flash, redirect, request
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from app.domain.core import clock
from app.domain.core.errors import Conflict, Refused
from app.extensions import db
from app.web.access import me
from app.web.errors import error_page, say
from app.web.forms import HouseForm, IdempotentForm, VersionedForm

Form = TypeVar("Form", bound=HouseForm)
Made = TypeVar("Made")


def submit(
    form: Form,
    verb: Callable[[Form], Made],
    *,
    page: Callable[[Form], str],
    to: str | Callable[[Made], str],
    said: str | Callable[[Made], str] = "",
    record: Any = None,
    again_url: str = "",
    lost: str = "",
    too_late: Callable[[Form], Any] | None = None,
) -> Any:
    """The answer to a POST. `verb` makes what `to` and `said` may tell of; `page` shows the form again, with a 422.

    `record` is what a versioned form changes. Who was too late gets a 409 that leads to `again_url` (this address
    where nothing is said), in the words of the rule, or in those of `lost`; without them in those of the app.
    `too_late` makes another answer of it, from the form as it was typed.
    """
    again_url = again_url or request.path
    if isinstance(form, IdempotentForm) and (location := form.already(me())):
        return redirect(location)
    if isinstance(form, VersionedForm) and record is not None and form.is_stale(record):
        return too_late(form) if too_late else form.conflict(record, again_url)
    if not form.validate_on_submit():
        return page(form), 422
    try:
        made = verb(form)
        db.session.flush()
        there = to(made) if callable(to) else to
        message = said(made) if callable(said) else said
        if isinstance(form, IdempotentForm):
            form.remember(there, by=me(), at=clock.now())
        db.session.commit()
    except Refused as refused:
        form.take(refused)
        return page(form), 422
    except Conflict as conflict:
        db.session.rollback()
        return too_late(form) if too_late else error_page(409, message=say(conflict), again_url=again_url)
    except (StaleDataError, IntegrityError):
        db.session.rollback()
        if isinstance(form, IdempotentForm) and (location := form.already(me())):  # the same form, sent twice at once
            return redirect(location)
        if too_late:
            return too_late(form)
        if not lost:
            raise
        return error_page(409, message=say(Conflict(lost)), again_url=again_url)
    if message:
        flash(message, "good")
    return redirect(there)
