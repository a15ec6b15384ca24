"""One address for each action of the table that has a form."""

from typing import Any

from flask import url_for

from app.blueprints.cases import bp
from app.blueprints.cases.forms import FORMS
from app.blueprints.cases.forms.base import ActionForm
from app.blueprints.cases.presenters.case import show
from app.domain.cases import transitions
from app.domain.cases.models import Case
from app.domain.core import clock
from app.domain.core.enums import N_
from app.web.access import get_case_or_404, me, requires
from app.web.submit import submit

LOST = N_("刚刚有人改过这张工单，请重新打开再做。")


def register(form_class: type[ActionForm]) -> None:
    """Let the form be sent, by who may take its action."""

    @bp.post(f"/<int:case_id>/{form_class.path}", endpoint=form_class.action.value)
    @requires(form_class.action.permission)
    def take(case_id: int) -> Any:
        case, there = get_case_or_404(case_id), url_for("cases.view", case_id=case_id)
        return submit(
            form_class(case),
            lambda form: _perform(form, case),
            page=lambda form: show(get_case_or_404(case_id), form),
            to=there,
            record=case,
            again_url=there,
            lost=LOST,
        )


def _perform(form: ActionForm, case: Case) -> None:
    form.perform(case, by=me(), at=clock.now())
    if form.makes_older_pages_stale:
        transitions.mark_changed(case)


for _form_class in FORMS.values():
    register(_form_class)
