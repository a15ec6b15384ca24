"""What a lead decides on single callbacks."""

from typing import Any

from flask import render_template, url_for

from app.blueprints.callbacks import bp
from app.blueprints.callbacks.forms import DecisionForm, ReasonForm
from app.blueprints.callbacks.views.call import record_page
from app.domain.callbacks import decisions
from app.domain.callbacks.models import Callback
from app.domain.core import clock
from app.domain.followup import second_calls
from app.web.access import get_callback_or_404, me, requires
from app.web.i18n import gettext
from app.web.submit import submit


@bp.get("/<int:callback_id>/decision")
@requires("callbacks.decide")
def decision(callback_id: int) -> str:
    """What to do about a customer who can't be reached."""
    return _page("decision", get_callback_or_404(callback_id), DecisionForm())


@bp.post("/<int:callback_id>/decision")
@requires("callbacks.decide")
def decide(callback_id: int) -> Any:
    """Another number, a letter, or giving up."""
    callback, form = get_callback_or_404(callback_id), DecisionForm()
    facts = {"reason": form.reason.data or "", "number": form.number.data}
    return submit(
        form,
        lambda sent: decisions.decide(callback, sent.decision.data, by=me(), at=clock.now(), **facts),
        page=lambda sent: _page("decision", callback, sent),
        to=url_for(".unreachable"),
        said=lambda _made: gettext("已决定：%(what)s。", what=gettext(form.decision.data.label)),
    )


@bp.get("/<int:callback_id>/waiver")
@requires("callbacks.decide")
def waiver(callback_id: int) -> str:
    """Why a make-up call is not to be made."""
    return _page("waiver", get_callback_or_404(callback_id), ReasonForm())


@bp.post("/<int:callback_id>/waiver")
@requires("callbacks.decide")
def waive(callback_id: int) -> Any:
    """A make-up call is not made, with the reason."""
    callback = get_callback_or_404(callback_id)
    return submit(
        ReasonForm(),
        lambda form: decisions.waive(callback, form.reason.data or "", by=me(), at=clock.now()),
        page=lambda form: _page("waiver", callback, form),
        to=url_for(".make_up"),
        said=gettext("已免访。"),
    )


@bp.post("/<int:callback_id>/chain-closure")
@requires("callbacks.decide")
def close_chain(callback_id: int) -> Any:
    """The customer is not asked again, with the reason."""
    callback = get_callback_or_404(callback_id)
    return submit(
        ReasonForm(),
        lambda form: second_calls.close_chain(callback, form.reason.data or "", by=me(), at=clock.now()),
        page=lambda form: record_page(callback, form),
        to=url_for(".view", callback_id=callback_id),
        said=gettext("不再追访，原因已记下。"),
    )


def _page(name: str, callback: Callback, form: ReasonForm) -> str:
    return render_template(f"callbacks/{name}.html", callback=callback, form=form)
