"""Who calls, and whose project it is."""

import pytest

from app.domain.accounts.roles import Role
from tests.factories import a_department, a_person


@pytest.fixture
def agent(app, freeze):
    freeze("2026-03-05 10:00")
    return a_person(Role.AGENT, name="安宁")


@pytest.fixture
def manager(agent):
    department = a_department("工程部")
    person = a_person(Role.PM, name="潘经理", department=department)
    department.head = a_person(Role.ENGINEERING, name="殷工", department=department)
    return person
