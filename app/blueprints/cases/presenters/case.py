"""The page of a case: its clocks, the next step with its form, the story, the facts."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for

from app.blueprints.cases.forms import FORMS
from app.blueprints.cases.forms.base import ActionForm
from app.blueprints.cases.forms.contact import ChaseForm
from app.blueprints.cases.presenters.facts import intake_facts_of, more_facts_of
from app.blueprints.cases.presenters.story import entries_of
from app.domain import access, privacy
from app.domain.cases import next_steps, queries
from app.domain.cases.actions import Action
from app.domain.cases.contact import chases_of
from app.domain.cases.deadlines import display
from app.domain.cases.handoffs import signing
from app.domain.cases.handoffs.queries import handoffs_of
from app.domain.cases.models import Case
from app.domain.core import clock
from app.domain.followup import satisfaction_calls
from app.domain.projects import warranty
from app.domain.settings import values
from app.web import badges
from app.web.access import me
from app.web.badges import badge
from app.web.i18n import gettext


@dataclass(frozen=True)
class Offered:
    """An action with its form, as the page offers it."""

    action: Action
    label: str
    button: str
    url: str
    form: Any
    missing: list[str]
    tone: str
    clock: dict[str, Any] | None


def show(case: Case, failed: ActionForm | None = None, *, wanted: str = "", phone_shown: bool = False) -> str:
    """The page with one form open: the refused one as it was sent, else that of the action `wanted`, else the next."""
    person, at = me(), clock.now()
    soon_share = values.value("cases.soon_share")
    handoffs = handoffs_of(case)
    waiting = next((row for row in handoffs if row.answered_at is None), None)
    steps = next_steps.next_steps(case, person, at)
    offered = [step for step in steps if step.action in FORMS and step.action is not Action.CHASE]
    callback = satisfaction_calls.of_round(case) if next_steps.next_action(case) is Action.TAKE_RATING else None
    chosen = _chosen(offered, failed, wanted)
    next_deadline = badge(display.next_of(case, at, soon_share=soon_share))
    return render_template(
        "cases/view.html",
        case=case,
        deadlines=[badge(one) for one in display.of_case(case, at, soon_share=soon_share)],
        clock=next_deadline,
        chosen=_offered(case, chosen, failed, None if wanted else next_deadline) if chosen else None,
        next_action=next_steps.next_action(case),
        others=[
            (gettext(FORMS[step.action].label()), f"?do={step.action.value}#next-title")
            for step in offered
            if step is not chosen and not step.missing
        ],
        chase=ChaseForm(case, formdata=None) if Action.CHASE in [step.action for step in steps] else None,
        chases=chases_of(case),
        waiting=waiting,
        may_sign=waiting is not None and signing.may_answer(waiting, person),
        callback=callback,
        story=entries_of(case, handoffs),
        warranty=_warranty(case),
        sees_phone=phone_shown or privacy.sees_phone(person, case.customer),
        intake_facts=intake_facts_of(case),
        more_facts=more_facts_of(case),
        earlier=queries.earlier_cases(access.visible_cases(person), case.customer, case, limit=5),
    )


def _chosen(offered: list[next_steps.NextStep], failed: ActionForm | None, wanted: str) -> next_steps.NextStep | None:
    """Which of the actions has its form open."""
    if failed is not None:
        by_form = next((step for step in offered if isinstance(failed, FORMS[step.action])), None)
        if by_form:
            return by_form
    asked_for = next((step for step in offered if step.action.value == wanted), None)
    return asked_for or next((step for step in offered if step.is_first), None)


def _warranty(case: Case) -> tuple[str, str, str]:
    """(text, tone, why) of whether it is in warranty."""
    verdict = warranty.verdict(case.project, case.category, case.received_at)
    term = verdict.params.get("term")
    why = gettext(verdict.reason, **verdict.params | {"term": gettext(term) if term else ""})
    return *badges.warranty(verdict.in_warranty), why


def _offered(
    case: Case, step: next_steps.NextStep, failed: ActionForm | None, deadline: dict[str, Any] | None
) -> Offered:
    form_class = FORMS[step.action]
    form = failed if isinstance(failed, form_class) else form_class(case, formdata=None)
    return Offered(
        step.action,
        gettext(form_class.label()),
        gettext(form_class.button),
        url_for(f"cases.{step.action.value}", case_id=case.id),
        form,
        [gettext(text) for text in step.missing],
        "danger" if step.action is Action.CANCEL else "primary",
        deadline,
    )
