"""The first start: the firm's name and the first administrator, once."""

from datetime import datetime

from sqlalchemy import exists, select, text

from app.domain.accounts import passwords, people
from app.domain.accounts.models import Account, Person, PersonRole
from app.domain.accounts.roles import Role
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.settings import values
from app.extensions import db


def is_needed() -> bool:
    """Whether no account with the administrator's role exists."""
    someone = exists().where(PersonRole.role == Role.ADMIN, PersonRole.person_id == Account.person_id)
    return not db.session.scalar(select(someone))


def begin(firm: str, name: str, username: str, password: str, *, at: datetime) -> Person:
    """Name the firm and make its first administrator. Refused when someone did already, however close together."""
    _one_at_a_time()
    if not is_needed():
        raise Refused(N_("已经有系统管理员了，请登录。"))
    if not firm.strip():
        raise Refused(N_("公司名称要填。"), field="firm")
    if not username:
        raise Refused(N_("账号要填。"), field="username")
    person = people.register(
        people.Facts(name=name, username=username, roles=frozenset({Role.ADMIN}), is_hq=True), by=None, at=at
    )
    assert person.account is not None
    passwords.put(person.account, password, at=at)
    values.change("firm.name", firm.strip(), since=clock.day_of(at), by=person, at=at)
    return person


def _one_at_a_time() -> None:
    """SQLite writes one after the other by itself."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("LOCK TABLE accounts IN SHARE ROW EXCLUSIVE MODE"))
