"""What a project's file lacks before work may begin."""

from collections.abc import Iterable

from app.domain.core.enums import N_
from app.domain.plans.models import Function
from app.domain.projects.models import Project


def missing(project: Project, functions: Iterable[Function]) -> list[str]:
    """Message ids of what is not yet there, in the order of the form; empty when the file is complete.

    `functions` are all of the firm's.
    """
    facts = (
        (bool(project.customer.phones_now), N_("客户电话")),
        (bool(project.estate and project.room), N_("小区和室号")),
        (project.signed_on is not None, N_("签约日期")),
        (project.amount is not None, N_("合同金额")),
        (_has_start(project), N_("计划开工日期")),
    )
    lacking = [label for there, label in facts if not there]
    needed = (function for function in functions if function.is_needed)
    return lacking + [function.label for function in needed if project.person(function.code) is None]


def is_wanted(project: Project) -> bool:
    """Whether what is missing matters now: before kickoff, and not on a cancelled project."""
    return project.started_on is None and project.cancelled_on is None and project.card_on is None


def _has_start(project: Project) -> bool:
    """Whether it is known when work begins, or the plan has no stage for that."""
    return bool(project.start_planned_on or project.started_on) or project.plan.start is None
