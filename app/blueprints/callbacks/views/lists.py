"""The lists: what is to be called, what waits for a lead's decision, and giving chosen ones to somebody."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from app.blueprints.callbacks import bp, filters
from app.blueprints.callbacks.forms import AssignmentForm
from app.blueprints.callbacks.presenters.badges import STATE_TONES, badge_of, is_over
from app.domain import access
from app.domain.accounts.branches import all_branches
from app.domain.accounts.roles import may
from app.domain.callbacks import queries
from app.domain.callbacks.enums import CallbackState
from app.domain.callbacks.queries import Wanted
from app.domain.core import clock
from app.domain.core.errors import Refused
from app.domain.core.text import row_id
from app.domain.followup import absence
from app.domain.plans.enums import Occasion
from app.extensions import db
from app.web.access import me, requires
from app.web.errors import say
from app.web.i18n import gettext
from app.web.lists import listed


@bp.get("")
@requires("callbacks.see")
def index() -> str:
    """What is to be called, most urgent first."""
    wanted = filters.wanted_by(me(), request.args)
    callers = queries.callers(me()) if may(me(), "callbacks.reassign") else []
    return _list(
        "callbacks/index.html",
        wanted,
        view="index",
        assignment=AssignmentForm(callers) if callers else None,
        callers=callers,
        branches=all_branches() if me().is_hq else [],
        occasions=list(Occasion),
        states=list(CallbackState),
    )


@bp.get("/make-up")
@requires("callbacks.see")
def make_up() -> str:
    """补访: windows that are over; made up for, or waived by a lead."""
    return _list("callbacks/make_up.html", Wanted(made_up_before=clock.today()), view="make_up")


@bp.get("/unreachable")
@requires("callbacks.see")
def unreachable() -> str:
    """联系不上: what a lead decides."""
    wanted = Wanted(states=(CallbackState.UNREACHABLE,))
    return _list("callbacks/unreachable.html", wanted, view="unreachable")


@bp.post("/assignment")
@requires("callbacks.reassign")
def assign() -> Any:
    """Give the chosen callbacks to somebody."""
    form = AssignmentForm(queries.callers(me()))
    chosen = [number for text in request.form.getlist("ids") if (number := row_id(text))][:200]
    if not form.validate_on_submit() or form.to.chosen is None or not chosen:
        flash(gettext("请先勾选回访，再选交给谁。"), "soon")
        return redirect(url_for(".index", **filters.of_back(request.form.get("back", ""))))
    found = queries.chosen(access.visible_callbacks(me()), chosen)
    if len(found) != len(set(chosen)):
        abort(404)
    try:
        given = absence.give(found, form.to.chosen, by=me(), at=clock.now())
    except Refused as refused:
        db.session.rollback()
        flash(say(refused), "bad")
    else:
        db.session.commit()
        flash(gettext("已把 %(n)s 个回访交给%(name)s。", n=given, name=form.to.chosen.name), "good")
    return redirect(url_for(".index", **filters.of_back(request.form.get("back", ""))))


def _list(template: str, wanted: Wanted, **values: Any) -> str:
    at, person = clock.now(), me()
    page = listed(queries.worklist(access.visible_callbacks(person), person, wanted), queries.SORTS)
    return render_template(
        template,
        page=page,
        wanted=wanted,
        badges={row.id: badge_of(row, at) for row in page.rows},
        over={row.id for row in page.rows if is_over(row, at)},
        back=filters.as_back(),
        tones=STATE_TONES,
        **values,
    )
