"""Making callbacks many at a time: the facts of a project they are made from, and one insert that makes none twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, String, cast, exists, literal, select

from app.domain.accounts.models import Person
from app.domain.callbacks.enums import CallbackState
from app.domain.callbacks.models import Callback
from app.domain.callbacks.quota import not_to_be_called
from app.domain.core import clock, effective, sql
from app.domain.core.enums import N_
from app.domain.plans.enums import FunctionMeaning, Occasion, Trigger
from app.domain.plans.models import CallbackRule, Questionnaire
from app.domain.plans.queries import code_of
from app.domain.projects.models import Project, ProjectPerson
from app.extensions import db

DO_NOT_CALL: Final = N_("客户要求不打电话")
AT_ONCE: Final = 2000


@dataclass(frozen=True)
class Candidate:
    """One callback to be made: for which project row, by which rule, what tells it from the others, and its window."""

    project: Any
    rule: CallbackRule
    questionnaire_id: int | None
    occurrence: str
    first: date
    last: date

    @property
    def made_for(self) -> str:
        """The name under which it is made once: project, rule and occurrence."""
        return f"p{self.project.id}/{self.rule.code}/{self.occurrence}"


def project_facts(at: datetime, only: int | None = None) -> Select[Any]:
    """SELECT id, customer_id, branch_id, callbacks_from, manager_id, agent_id, no_calls of projects not cancelled.

    Of one project with `only`.

    `agent_id` is the project's 客服 while they are with the firm; None leaves the callback to the branch's pool.
    """
    query = select(
        Project.id,
        Project.customer_id,
        Project.branch_id,
        Project.callbacks_from,
        _holder(FunctionMeaning.PM).label("manager_id"),
        _holder(FunctionMeaning.AGENT, active=True).label("agent_id"),
        not_to_be_called(Project.customer_id, at).label("no_calls"),
    ).where(Project.cancelled_on.is_(None))
    return query if only is None else query.where(Project.id == only)


def _holder(meaning: FunctionMeaning, *, active: bool = False) -> Any:
    query = select(ProjectPerson.person_id).where(
        ProjectPerson.project_id == Project.id,
        ProjectPerson.function_code == code_of(meaning),
        ProjectPerson.is_current,
    )
    if active:
        query = query.join(Person, Person.id == ProjectPerson.person_id).where(Person.active)
    return query.order_by(ProjectPerson.id.desc()).limit(1).correlate(Project).scalar_subquery()


def not_made(rule: CallbackRule, occurrence: str) -> ColumnElement[bool]:
    """SQL on Project: its callback of this rule and occurrence has not been made."""
    name = literal("p").concat(cast(Project.id, String)).concat(f"/{rule.code}/{occurrence}")
    return ~exists().where(Callback.made_for == name)


def insert(dues: Iterable[Candidate], at: datetime) -> int:
    """Make them; those already made, by whomever in the meantime, are passed over. How many were made."""
    rows = [_row(due, at) for due in dues]
    new = sql.insert(Callback.__table__).on_conflict_do_nothing(index_elements=["made_for"])
    statement = new.returning(Callback.__table__.c.id)
    made = 0
    for start in range(0, len(rows), AT_ONCE):
        made += len(db.session.execute(statement, rows[start : start + AT_ONCE]).all())
    return made


def wanted_at(window_last: date) -> datetime:
    """When a callback is wanted that nobody gave a time for: the end of its window's last day."""
    return clock.at(window_last + timedelta(days=1))


def _row(due: Candidate, at: datetime) -> dict[str, Any]:
    project = due.project
    return {
        "made_for": due.made_for,
        "customer_id": project.customer_id,
        "project_id": project.id,
        "rule_id": due.rule.id,
        "occasion": due.rule.occasion,
        "window_first": due.first,
        "window_last": due.last,
        "wanted_at": wanted_at(due.last),
        "questionnaire_id": due.questionnaire_id,
        "branch_id": project.branch_id,
        "project_manager_id": project.manager_id,
        "assigned_to_id": project.agent_id,
        "state": CallbackState.SKIPPED if project.no_calls else CallbackState.DUE,
        "state_reason": DO_NOT_CALL if project.no_calls else "",
        "made_at": at,
        "version": 1,
    }


def newest_questionnaires() -> dict[str, int]:
    """{code: id} of the newest version of each questionnaire."""
    rows = db.session.execute(select(Questionnaire.code, Questionnaire.id).order_by(Questionnaire.version))
    return {row.code: row.id for row in rows}


def rules_in_force(trigger: Trigger) -> list[effective.Span[CallbackRule]]:
    """The rules of a trigger with the days on which each holds: until its next version begins."""
    rules = db.session.scalars(select(CallbackRule).order_by(CallbackRule.plan_id, CallbackRule.id)).all()
    held = effective.spans(rules, lambda rule: (rule.plan_id, rule.code))
    return [span for span in held if span.row.trigger is trigger]


def rule_on(day: date, trigger: Trigger, plan_id: int | None, occasion: Occasion) -> CallbackRule | None:
    """The first rule by which the plan has a callback of the occasion made on that day."""
    held = (span.row for span in rules_in_force(trigger) if span.holds_on(day))
    return next((rule for rule in held if (rule.plan_id, rule.occasion) == (plan_id, occasion)), None)
