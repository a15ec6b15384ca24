"""Signing in by name and password, and changing one's own password."""

from datetime import datetime

from sqlalchemy import func, select

from app.domain.accounts import audit_events, failures, passwords, sessions
from app.domain.accounts.models import Account, LoginSession
from app.domain.audit import trail
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.extensions import db


def account_of(username: str) -> Account | None:
    """The account with the user name, whatever its capitals."""
    return db.session.scalar(select(Account).where(func.lower(Account.username) == failures.named(username)))


def sign_in(username: str, password: str, *, address: str, browser: str, at: datetime) -> str | None:
    """A session's token; or None when name and password don't go together, which is counted: commit either way.

    MustWait after too many failures, before anything is compared. It takes as long for a name that doesn't exist.
    """
    failures.refuse_too_many(username, address, at)
    account = account_of(username)
    right = passwords.fits(account, password)
    if account is None or not right or account.disabled_at is not None or not account.person.active:
        failures.note(username, address, at)
        return None
    failures.forget(username)
    token = sessions.begin(account, address=address, browser=browser, at=at)
    trail.record(audit_events.SIGN_IN, account, by=account.person, at=at)
    return token


def change_password(account: Account, old: str, new: str, *, here: LoginSession, address: str, at: datetime) -> None:
    """One's own new password; every other browser is signed out.

    Refused when the old one is wrong: that is counted as a failed sign-in is, commit it.
    """
    failures.refuse_too_many(account.username, address, at)
    if not passwords.fits(account, old):
        failures.note(account.username, address, at)
        raise Refused(N_("现在的密码不对。"), field="old")
    passwords.put(account, new, at=at, field="new")
    trail.record(audit_events.CHANGE_PASSWORD, account, by=account.person, at=at)
    sessions.end_all(account, by=account.person, at=at, why="password", keep=here)
