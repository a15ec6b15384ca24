"""The firm's service plans."""

from sqlalchemy import select

from app.domain.plans.models import ServicePlan
from app.extensions import db


def all_plans() -> list[ServicePlan]:
    """Every plan, the ones that ship first."""
    return list(db.session.scalars(select(ServicePlan).order_by(ServicePlan.id)))


def default_plan() -> ServicePlan:
    """The plan where none is named."""
    return db.session.scalars(select(ServicePlan).where(ServicePlan.is_default)).one()
