"""Cases to open in pages."""

from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from app.domain.callbacks.enums import Outcome
from app.domain.cases import assessment, contact, intake
from app.domain.cases.intake import CaseIntake
from app.domain.core import clock
from app.domain.plans.enums import CaseKind
from app.extensions import db
from tests.factories import a_customer, a_project
from tests.shipped import Function, Stage


@pytest.fixture(autouse=True)
def files(app, tmp_path):
    before, app.config["FILES_DIR"] = app.config["FILES_DIR"], str(tmp_path)
    yield tmp_path
    app.config["FILES_DIR"] = before


@pytest.fixture
def project(cast):
    customer = a_customer("王建国", phone="13800001234", branch_id=cast.east.id)
    return a_project(customer, reached={Stage.COMPLETION: date(2026, 1, 5)}, people={Function.PM: cast.pm})


@pytest.fixture
def register(cast, project):
    def registered(kind=CaseKind.COMPLAINT, **facts):
        report = CaseIntake(kind=kind, customer=project.customer, project=project, content="卫生间漏水", **facts)
        case = intake.register(report, by=cast.agent, at=clock.now())
        db.session.commit()
        return case

    return registered


@pytest.fixture
def valid(register, cast):
    case = register()
    contact.verify(case, Outcome.REACHED, by=cast.agent, at=clock.now())
    assessment.judge(case, is_valid=True, needs_department=True, by=cast.agent, at=clock.now())
    db.session.commit()
    return case


def a_photo(size=(40, 30), colour="red", kind="PNG"):
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    out.seek(0)
    return out
