"""How every move goes: sent once, on the version that was seen, carried out, committed; or shown again with what is
wrong beside its field."""

from collections.abc import Callable
from typing import Any

from flask import redirect, url_for

from app.blueprints.cases.move_forms import MoveForm
from app.blueprints.cases.showing import show
from app.domain.cases import transitions
from app.domain.cases.models import Case
from app.domain.core.enums import N_
from app.web.access import get_case_or_404, me
from app.web.submit import once

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

    def carried_out() -> None:
        verb(case, form)
        if form.makes_older_pages_stale:
            transitions.mark_changed(case)

    return once(
        form,
        carried_out,
        there=location,
        again=lambda: show(get_case_or_404(case_id), form),
        lost=N_("刚刚有人改过这张工单，请重新打开再做。"),
    )
