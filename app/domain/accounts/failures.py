"""Refused sign-ins are counted in the database, by user name and by address: every process sees the same count."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, or_, select

from app.domain.accounts.models import LoginFailure
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.settings import values
from app.extensions import db

ADDRESS_FACTOR: Final = 10  # an office shares one address: it may fail ten times as often
RETENTION: Final = timedelta(days=30)


class MustWait(Refused):
    """Too many refused sign-ins; `until` is when to try again."""

    def __init__(self, until: datetime) -> None:
        when = clock.local(until + timedelta(minutes=1)).strftime("%H:%M")
        super().__init__(N_("试错的次数太多，请在 %(when)s 之后再试。"), when=when)
        self.until = until


def note(username: str, address: str, at: datetime) -> None:
    """Count a refused sign-in, and forget those of long ago."""
    db.session.add(LoginFailure(username=named(username), address=address[:60], at=at))
    db.session.execute(delete(LoginFailure).where(LoginFailure.at < at - RETENTION))


def forget(username: str) -> None:
    """A right password ends the count of its user name."""
    db.session.execute(delete(LoginFailure).where(LoginFailure.username == named(username)))


def refuse_too_many(username: str, address: str, at: datetime) -> None:
    """MustWait when the user name or the address has failed too often lately."""
    limits = values.several("login.failures_before_wait", "login.wait_minutes")
    allowed, wait = limits["login.failures_before_wait"], timedelta(minutes=limits["login.wait_minutes"])
    name, address = named(username), address[:60]
    rows = db.session.execute(
        select(LoginFailure.username, LoginFailure.address, LoginFailure.at)
        .where(LoginFailure.at > at - wait, or_(LoginFailure.username == name, LoginFailure.address == address))
        .order_by(LoginFailure.at.desc())
        .limit(allowed * (ADDRESS_FACTOR + 1))
    ).all()
    of_name = [row.at for row in rows if row.username == name]
    of_address = [row.at for row in rows if row.address == address]
    if len(of_name) >= allowed:
        raise MustWait(of_name[allowed - 1] + wait)
    if len(of_address) >= allowed * ADDRESS_FACTOR:
        raise MustWait(of_address[allowed * ADDRESS_FACTOR - 1] + wait)


def named(username: str) -> str:
    """The user name as it is counted and looked up."""
    return username.strip().lower()[:60]
