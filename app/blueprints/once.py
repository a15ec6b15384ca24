"""How a form that is carried out once ends: done and remembered; refused, and shown again; or too late."""

from collections.abc import Callable
from typing import Any

from flask import redirect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from app.blueprints.access import me
from app.domain import clock
from app.domain.errors import Conflict, Refused
from app.extensions import db
from app.forms import OnceForm
from app.web import error_page, say


def once(form: OnceForm, verb: Callable[[], object], *, there: str, again: Callable[[], str], lost: str) -> Any:
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
