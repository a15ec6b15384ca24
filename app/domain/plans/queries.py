"""The firm's service plans, and its functions of people."""

from sqlalchemy import ScalarSelect, select

from app.domain.plans.enums import FunctionMeaning
from app.domain.plans.models import Function, ServicePlan
from app.extensions import db


def all_plans() -> list[ServicePlan]:
    """Every plan, the ones that ship first."""
    return list(db.session.scalars(select(ServicePlan).order_by(ServicePlan.id)))


def default_plan() -> ServicePlan:
    """The plan where none is named."""
    return db.session.scalars(select(ServicePlan).where(ServicePlan.is_default)).one()


def functions() -> list[Function]:
    """Every function that people have on projects, in the firm's order."""
    return list(db.session.scalars(select(Function).order_by(Function.position)))


def code_of(meaning: FunctionMeaning) -> ScalarSelect[str]:
    """SQL: the code of the function that means this."""
    return select(Function.code).where(Function.meaning == meaning).correlate(None).scalar_subquery()
