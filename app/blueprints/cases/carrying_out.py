"""How every move goes: sent once, on the version that was seen, carried out, committed; or shown again with what is
wrong beside its field."""

from collections.abc import Callable
from typing import Any

from flask import redirect, url_for
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from app.blueprints.access import get_case_or_404, me
from app.blueprints.cases.move_forms import MoveForm
from app.blueprints.cases.showing import show
from app.domain import clock
from app.domain.cases.models import Case
from app.domain.errors import Conflict, Refused
from app.domain.words import N_
from app.extensions import db
from app.web import error_page, say

Verb = Callable[[Case, Any], object]


def carry_out(case_id: int, form_class: type[MoveForm], verb: Verb) -> Any:
    """The answer to a POST of the form: back to the case; 409 with both versions; 422 with the form."""
    case = get_case_or_404(case_id)
    form = form_class(case)
    location = url_for("cases.view", case_id=case_id)
    if led_to := form.already(me()):
        return redirect(led_to)
    if form.is_stale(case):
        return form.conflict(case, location)
    if not form.validate_on_submit():
        return show(case, form), 422
    try:
        verb(case, form)
        form.remember(location, by=me(), at=clock.now())
        db.session.commit()
    except Conflict as conflict:
        db.session.rollback()
        return error_page(409, message=say(conflict), again_url=location)
    except Refused as refused:
        form.take(refused)
        return show(get_case_or_404(case_id), form), 422
    except (StaleDataError, IntegrityError):
        db.session.rollback()
        if led_to := form.already(me()):
            return redirect(led_to)
        raise Conflict(N_("刚刚有人改过这张工单，请重新打开再做。")) from None
    return redirect(location)
