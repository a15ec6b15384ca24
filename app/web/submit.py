"""How a form that was sent ends: carried out and kept; refused, and shown again; or too late."""

from collections.abc import Callable
from typing import Any

from flask import redirect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from app.domain.core import clock
from app.domain.core.errors import Conflict, Refused
from app.extensions import db
from app.web.access import me
from app.web.errors import error_page, say
from app.web.forms import HouseForm, IdempotentForm


def kept(form: HouseForm, verb: Callable[[], object]) -> bool:
    """Whether the form was right and the verb was called and committed; else the form says beside its field why not."""
    if not form.validate_on_submit():
        return False
    try:
        verb()
    except Refused as refused:
        form.take(refused)
        return False
    db.session.commit()
    return True


def once(form: IdempotentForm, verb: Callable[[], object], *, there: str, again: Callable[[], str], lost: str) -> Any:
    """Call the verb, commit, go `there`. Refused: the page of `again` with a 422.

    Who was too late gets a 409 that leads there, in the words of the rule, or in those of `lost`.
    """
    try:
        verb()
        form.remember(there, by=me(), at=clock.now())
        db.session.commit()
    except Refused as refused:
        form.take(refused)
        return again(), 422
    except Conflict as conflict:
        db.session.rollback()
        return error_page(409, message=say(conflict), again_url=there)
    except (StaleDataError, IntegrityError):
        db.session.rollback()
        if led_to := form.already(me()):
            return redirect(led_to)
        return error_page(409, message=say(Conflict(lost)), again_url=there)
    return redirect(there)
