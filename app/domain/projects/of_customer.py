"""The projects of one customer."""

from sqlalchemy.orm import joinedload

from app.domain import access
from app.domain.accounts.models import Person
from app.domain.customers.models import Customer
from app.domain.projects.models import Project, ProjectPerson
from app.extensions import db


def projects_of(customer: Customer, person: Person) -> list[Project]:
    """The customer's projects in the person's scope, the newest first, with plan, stages and people: one query."""
    query = (
        access.visible_projects(person)
        .where(Project.customer_id == customer.id)
        .options(
            joinedload(Project.plan),
            joinedload(Project.stages),
            joinedload(Project.people).joinedload(ProjectPerson.person),
        )
        .order_by(Project.id.desc())
    )
    return list(db.session.scalars(query).unique())
