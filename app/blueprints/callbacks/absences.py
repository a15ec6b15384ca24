"""All that an absent colleague holds: shown first, then given to others."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from app.blueprints.callbacks import bp
from app.blueprints.callbacks.forms import AbsenceForm
from app.domain.callbacks import queries
from app.domain.core import clock
from app.domain.core.errors import Refused
from app.domain.followup.absence import Share, hand_over_all, held_by, shares
from app.extensions import db
from app.web.access import me, requires
from app.web.i18n import gettext


@bp.get("/absence")
@requires("callbacks.reassign")
def absence() -> Any:
    """Who is away and who takes over; with both chosen, what each would get."""
    form = _form(formdata=MultiDict(request.args) if request.args else None)
    dealt: list[Share] = []
    if form.absent.chosen is not None and form.receivers:
        try:
            dealt = shares(form.absent.chosen, form.receivers)
        except Refused as refused:
            form.take(refused)
    held = held_by(form.absent.chosen) if form.absent.chosen is not None else None
    return render_template("callbacks/absence.html", form=form, dealt=dealt, held=held)


@bp.post("/absence")
@requires("callbacks.reassign")
def hand_over() -> Any:
    """Give it all to the others, as previewed."""
    form = _form()
    if form.validate_on_submit() and form.absent.chosen is not None:
        try:
            dealt = hand_over_all(form.absent.chosen, form.receivers, form.reason.data or "", by=me(), at=clock.now())
        except Refused as refused:
            form.take(refused)
        else:
            db.session.commit()
            dealt_out = "，".join(f"{share.to.name} {len(share.held)}" for share in dealt)
            flash(gettext("已全部转交：%(shares)s。", shares=dealt_out), "good")
            return redirect(url_for(".index", whose=queries.EVERYONE))
    return render_template("callbacks/absence.html", form=form, dealt=[], held=None), 422


def _form(**kwargs: Any) -> AbsenceForm:
    return AbsenceForm(queries.holders(me()), queries.callers(me()), **kwargs)
