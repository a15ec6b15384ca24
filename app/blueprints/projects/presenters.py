"""A project's stages, year of calls, warranty and gaps as the components take them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.domain.accounts.roles import may
from app.domain.callbacks.enums import OPEN_STATES, CallbackState
from app.domain.callbacks.year import MonthOfCalls, year_of_calls
from app.domain.core import clock
from app.domain.plans.enums import Rating, WarrantyTerm
from app.domain.plans.models import Function, PlanStage
from app.domain.projects import completeness, suspensions, warranty
from app.domain.projects.models import Project
from app.web.access import address_of, me
from app.web.i18n import gettext


def picture(project: Project, calls: Sequence[Any], functions: Sequence[Function]) -> dict[str, Any]:
    """What the page shows of the project's course; one query, for the settings."""
    today = clock.today()
    reached = [row.reached_at for row in calls if row.effective and row.reached_at]
    lacking = completeness.missing(project, functions) if completeness.is_wanted(project) else []
    return {
        "track": _track(project, calls, today),
        "year": [_month(month) for month in year_of_calls(project, reached, today)],
        "calls_this_month": sum(clock.Month.of(clock.day_of(at)) == clock.Month.of(today) for at in reached),
        "warranty": _warranty(project, today),
        "may_be_suspended": may(me(), "projects.edit") and suspensions.may_be_suspended(project),
        "missing": [gettext(message) for message in lacking],
    }


def _track(project: Project, calls: Sequence[Any], today: date) -> list[dict[str, Any]]:
    call_of = {row.stage or row.occasion.value: row for row in calls if row.state is not CallbackState.VOID}
    following = next_stage(project)
    return [
        _stage(project, stage, call_of.get(stage.code), today, is_next=stage is following)
        for stage in project.plan.stages
    ]


def next_stage(project: Project) -> PlanStage | None:
    """The first stage after the last one reached; None after all."""
    reached = [place for place, stage in enumerate(project.plan.stages) if project.actual(stage.code)]
    later = project.plan.stages[max(reached, default=-1) + 1 :]
    return later[0] if later else None


def _stage(project: Project, stage: PlanStage, call: Any, today: date, *, is_next: bool) -> dict[str, Any]:
    actual, planned = project.actual(stage.code), project.planned(stage.code)
    if actual:
        tone = "done"
    elif planned and planned < today and project.cancelled_on is None:
        tone = "late"
    elif is_next and project.cancelled_on is None:
        tone = "now"
    else:
        tone = "planned" if planned else "none"
    text = actual.isoformat() if actual else gettext("计划 %(day)s", day=planned.isoformat()) if planned else ""
    sub = _call_said(call) if call else ""
    href = address_of("callbacks", call.id) if call else None
    return {"label": gettext(stage.label), "tone": tone, "text": text, "sub": sub, "href": href}


def _call_said(call: Any) -> str:
    if call.rating:
        return gettext(Rating.of(str(call.rating)).label)
    if call.state in OPEN_STATES or not call.effective:
        return gettext(call.state.label)
    return gettext("已回访")


def _month(one: MonthOfCalls) -> dict[str, Any]:
    title = gettext(
        "%(month)s：有效回访 %(done)s 次，要求 %(needed)s 次", month=one.month, done=one.done, needed=one.needed
    )
    tone = {True: "good", False: "bad", None: "none"}[one.is_enough]
    done = f"{one.done}/{one.needed}" if one.needed else str(one.done or "—")
    return {"label": str(one.month.number), "title": title, "tone": tone, "text": done}


def _warranty(project: Project, today: date) -> list[tuple[str, str, str]]:
    """(term, until when, tone) of both terms; none before the warranty has begun."""
    terms = []
    for term in WarrantyTerm:
        if last := warranty.last_day(project, term):
            runs = today <= last
            text = gettext("到 %(day)s", day=last) if runs else gettext("已在 %(day)s 到期", day=last)
            terms.append((gettext(term.label), text, "good" if runs else "neutral"))
    return terms
