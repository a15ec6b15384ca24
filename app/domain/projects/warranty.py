"""Until when a project is in warranty, and whether what was reported falls into it, with the reason."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.plans.enums import WarrantyTerm
from app.domain.plans.models import Category
from app.domain.projects.models import Project
from app.domain.settings import values

SETTING = {
    WarrantyTerm.GENERAL: "warranty.general_months",
    WarrantyTerm.WATERPROOF: "warranty.waterproof_months",
}


@dataclass(frozen=True)
class Verdict:
    """Whether it is in warranty (None: nobody can say), and why: a message id with its parameters."""

    in_warranty: bool | None
    reason: str
    params: dict[str, Any] = field(default_factory=dict)


def first_day(project: Project) -> date | None:
    """The card's date, without a card the completion's; None when there is neither."""
    return project.card_on or project.completed_on


def months(project: Project, term: WarrantyTerm) -> int:
    """The term's months: the contract's own, else the setting in force on the warranty's first day."""
    own = project.warranty_months if term is WarrantyTerm.GENERAL else project.waterproof_months
    return int(values.value(SETTING[term], first_day(project))) if own is None else own


def last_day(project: Project, term: WarrantyTerm) -> date | None:
    """The same day N months after the first (that month's last day where there is none), still in warranty."""
    first = first_day(project)
    return clock.add_months(first, months(project, term)) if first else None


def general_last_day(project: Project) -> date | None:
    """The last day of the general warranty, or None before it has begun."""
    return last_day(project, WarrantyTerm.GENERAL)


def term_of(category: Category | None) -> WarrantyTerm:
    """The term that covers a category: its own or its first level's; general without a category."""
    if category is None:
        return WarrantyTerm.GENERAL
    terms = (category.term, category.first_level.term)
    return WarrantyTerm.WATERPROOF if WarrantyTerm.WATERPROOF in terms else WarrantyTerm.GENERAL


def verdict(project: Project | None, category: Category | None, received_at: datetime) -> Verdict:
    """Whether something of the category, received then, is in warranty. First and last day both are."""
    if project is None:
        return Verdict(None, N_("没有对应的工程，无法判断保修。"))
    term, day, first = term_of(category), clock.day_of(received_at), first_day(project)
    if first is None:
        return Verdict(None, N_("没有保修卡日期，也没有竣工日期，无法判断保修。"))
    length = months(project, term)
    last = clock.add_months(first, length)
    params = {"term": term.label, "first": first.isoformat(), "months": length, "last": last.isoformat()}
    if day < first:
        return Verdict(False, N_("保修从 %(first)s 起，受理时还没有开始。"), params)
    inside = day <= last
    return Verdict(inside, _reason(project, inside=inside), params)


def _reason(project: Project, *, inside: bool) -> str:
    if project.card_on:
        return (
            N_("%(term)s从保修卡日期 %(first)s 起 %(months)s 个月，到 %(last)s 为止，在保修期内。")
            if inside
            else N_("%(term)s从保修卡日期 %(first)s 起 %(months)s 个月，已在 %(last)s 到期。")
        )
    return (
        N_("%(term)s从竣工日期 %(first)s 起 %(months)s 个月，到 %(last)s 为止，在保修期内。")
        if inside
        else N_("%(term)s从竣工日期 %(first)s 起 %(months)s 个月，已在 %(last)s 到期。")
    )
