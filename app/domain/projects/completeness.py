"""What a project's file lacks before work may begin."""

from app.domain.core.enums import N_
from app.domain.plans.enums import Function
from app.domain.projects.models import Project

NEEDED_PEOPLE = {
    Function.PM: N_("项目经理"),
    Function.SITE_LEAD: N_("施工负责人"),
    Function.DESIGNER: N_("设计师"),
    Function.AGENT: N_("客服"),
}


def missing(project: Project) -> list[str]:
    """Message ids of what is not yet there, in the order of the form; empty when the file is complete."""
    facts = (
        (bool(project.customer.phones_now), N_("客户电话")),
        (bool(project.estate and project.room), N_("小区和室号")),
        (project.signed_on is not None, N_("签约日期")),
        (project.amount is not None, N_("合同金额")),
        (_has_start(project), N_("计划开工日期")),
    )
    lacking = [label for there, label in facts if not there]
    return lacking + [label for function, label in NEEDED_PEOPLE.items() if project.person(function) is None]


def is_wanted(project: Project) -> bool:
    """Whether what is missing matters now: before kickoff, and not on a cancelled project."""
    return project.started_on is None and project.cancelled_on is None and project.card_on is None


def _has_start(project: Project) -> bool:
    """Whether it is known when work begins, or the plan has no stage for that."""
    return bool(project.start_planned_on or project.started_on) or project.plan.start is None
