"""The demo firm comes and goes as a whole. A database that a firm works in is never touched."""

import secrets
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select, update

from app.domain.accounts.models import Person
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.core.orm import Base
from app.domain.demo.cast import hire
from app.domain.demo.story import LENGTH, Story
from app.domain.settings import values
from app.domain.settings.models import Setting
from app.extensions import db

SHIPPED: Final = {
    "service_plans", "plan_stages", "functions", "callback_rules", "deadline_rules", "questionnaires", "questions",
    "categories", "causes", "results",
}  # fmt: skip
SEED: Final = 20261121
MARK: Final = "demo.loaded"


def load(at: datetime, homes: int = 60) -> str:
    """Tell three months of the demo firm of so many customers up to the instant `at`; the password of all its accounts.

    Refused where somebody works already.
    """
    if not is_empty():
        raise Refused(N_("这里已经有人员了，示例公司只装进空的数据库。"))
    password = secrets.token_urlsafe(9)
    began = at - LENGTH
    since = clock.day_of(began)
    values.change("firm.name", "安居装饰", since=since, by=None, at=began)
    values.change("firm.service_number", "400-000-0000", since=since, by=None, at=began)
    db.session.add(Setting(name=MARK, since=since, value=True, set_at=at))
    Story(hire(password, began), at, SEED, homes).tell()
    return password


def erase() -> None:
    """Empty every table but those that ship. Refused where the demo firm was not loaded."""
    if not db.session.scalar(select(func.count(Setting.id)).where(Setting.name == MARK)):
        raise Refused(N_("这里不是示例公司，什么也没有删除。"))
    _open_circles()
    for table in reversed(Base.metadata.sorted_tables):
        if table.name not in SHIPPED:
            db.session.execute(delete(table))


def is_empty() -> bool:
    """Whether nobody is registered yet."""
    return db.session.scalar(select(func.count()).select_from(Person)) == 0


def _open_circles() -> None:
    """Empty the columns by which tables refer to each other in a circle, so that rows can go table by table."""
    for table in Base.metadata.sorted_tables:
        for constraint in table.foreign_key_constraints:
            if constraint.use_alter:
                db.session.execute(update(table).values(dict.fromkeys(constraint.columns)))
