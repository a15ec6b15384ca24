"""Steps of a case, each so many minutes after ten o'clock of a day."""

from datetime import date, timedelta

from sqlalchemy import select

from app.domain.cases import closing, site_work
from app.domain.cases.enums import Responsibility
from app.domain.cases.handoffs import sending, signing
from app.domain.core import clock
from app.domain.plans.models import Cause, Result
from app.extensions import db
from tests.factories import a_callback

T = clock.at(date(2026, 3, 5)) + timedelta(hours=10)


def after(minutes):
    return T + timedelta(minutes=minutes)


def handed(case, cast, minutes=20, to=None):
    return sending.send(case, to or cast.pm, asked="请今天上门", by=cast.agent, at=after(minutes))


def signed(case, cast, minutes=30):
    handoff = handed(case, cast, minutes - 10)
    signing.sign(handoff, seen=handoff.sha256, typed_name="潘", by=cast.pm, at=after(minutes))
    return handoff


def visit(case, cast, minutes=60, responsibility=Responsibility.WORKMANSHIP):
    site_work.visit(case, finding="闭水不合格", responsibility=responsibility, by=cast.pm, at=after(minutes))


def plan(case, cast, minutes=70, **facts):
    agreed = {"solution": "重做防水", "agreed_on": date(2026, 3, 8)} | facts
    site_work.plan(case, by=cast.pm, at=after(minutes), **agreed)


def rated(case, cast, rating, minutes=4000):
    callback = a_callback(case.project, case=case, rating=rating, reached_at=after(minutes), effective=True)
    closing.take_rating(case, callback, cast.agent, after(minutes))


def list_of(cause=None):
    return db.session.scalars(select(Cause)).first(), db.session.scalars(select(Result)).first()


def fate(case, kind):
    return [row.met_at and row.met_at <= row.due_at for row in case.deadlines if row.kind is kind]
