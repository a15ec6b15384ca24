"""What the registration page knows of the customer, and what its form says."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from app.blueprints.cases.forms.registration import RegistrationForm
from app.domain import access, privacy
from app.domain.accounts.models import Person
from app.domain.cases import queries
from app.domain.cases.intake import CaseIntake
from app.domain.cases.models import Case
from app.domain.core import clock
from app.domain.customers.models import Customer
from app.domain.plans.enums import CaseKind, Urgency, WarrantyTerm
from app.domain.projects import warranty
from app.domain.projects.models import Project
from app.web.i18n import gettext


@dataclass(frozen=True)
class Covered:
    """A project's warranty at a glance: (term, last day, badge) of each term."""

    project: Project
    manager: Person | None
    terms: list[tuple[WarrantyTerm, str, tuple[str, str]]]


@dataclass(frozen=True)
class Side:
    """What stands beside the form: the warranties, what came in before, whether the number is shown."""

    projects: list[Covered]
    earlier: list[Case]
    sees_phone: bool


def side_of(customer: Customer, projects: list[Project], person: Person) -> Side:
    """What the person should know before they ask."""
    return Side(
        [_covered(project) for project in projects],
        queries.earlier_cases(access.visible_cases(person), customer),
        privacy.sees_phone(person, customer),
    )


def _covered(project: Project) -> Covered:
    today = clock.today()
    terms = []
    for term in WarrantyTerm:
        last = warranty.last_day(project, term)
        if last:
            runs = (gettext("保内"), "good") if last >= today else (gettext("已到期"), "soon")
            terms.append((term, last.isoformat(), runs))
    return Covered(project, project.manager, terms)


def kinds_of(kind: CaseKind, **kept: str | int) -> list[dict[str, Any]]:
    """The kinds of case as saved views, `kind` being the chosen one; `kept` is what the address says besides."""
    return [
        {"label": gettext(one.label), "url": url_for("cases.new", kind=one.value, **kept), "current": one is kind}
        for one in CaseKind
    ]


def intake_of(form: RegistrationForm, kind: CaseKind, customer: Customer) -> CaseIntake:
    """What the form says."""
    return CaseIntake(
        kind=kind,
        customer=customer,
        project=form.project_id.chosen,
        content=form.content.data,
        received_at=form.received_at.data,
        backdated_why=form.backdated_why.data or "",
        channel=form.channel.data,
        reporter=form.reporter.data or "",
        relation=form.relation.data or "",
        reporter_phone=form.reporter_phone.data or "",
        category=form.category_id.chosen,
        request=form.request.data or "",
        urgency=form.word("urgency", Urgency.NORMAL),
        severity=form.word("severity"),
        is_complex=bool(form.word("is_complex", False)),
    )
