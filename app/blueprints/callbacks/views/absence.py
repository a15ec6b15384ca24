"""All that an absent colleague holds: shown first, then given to others."""

from typing import Any

from flask import render_template, request, url_for
from werkzeug.datastructures import MultiDict

from app.blueprints.callbacks import bp
from app.blueprints.callbacks.forms import AbsenceForm
from app.domain.callbacks import queries
from app.domain.core import clock
from app.domain.core.errors import Refused
from app.domain.followup.absence import Share, hand_over_all, held_by, shares
from app.web.access import me, requires
from app.web.i18n import gettext
from app.web.submit import submit


@bp.get("/absence")
@requires("callbacks.reassign")
def absence() -> Any:
    """Who is away and who takes over; with both chosen, what each would get."""
    form = _form(formdata=MultiDict(request.args) if request.args else None)
    dealt: list[Share] = []
    if form.absent.chosen is not None and form.receivers:
        try:
            dealt = shares(form.absent.chosen, form.receivers, by=me())
        except Refused as refused:
            form.take(refused)
    held = held_by(form.absent.chosen, me()) if form.absent.chosen is not None else None
    return render_template("callbacks/absence.html", form=form, dealt=dealt, held=held)


@bp.post("/absence")
@requires("callbacks.reassign")
def hand_over() -> Any:
    """Give it all to the others, as previewed."""
    return submit(
        _form(),
        lambda form: hand_over_all(form.absent.chosen, form.receivers, form.reason.data or "", by=me(), at=clock.now()),
        page=lambda form: render_template("callbacks/absence.html", form=form, dealt=[], held=None),
        to=url_for(".index", whose=queries.EVERYONE),
        said=_dealt_out,
    )


def _dealt_out(dealt: list[Share]) -> str:
    shares = "，".join(f"{share.to.name} {len(share.held)}" for share in dealt)
    return gettext("已全部转交：%(shares)s。", shares=shares)


def _form(**kwargs: Any) -> AbsenceForm:
    return AbsenceForm(queries.holders(me()), queries.callers(me()), **kwargs)
