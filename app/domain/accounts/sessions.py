"""Signed-in browsers: begun at sign-in, seen now and then, ended one by one or all at once."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.domain.accounts import audit_events
from app.domain.accounts.models import Account, LoginSession, Person
from app.domain.audit import trail
from app.domain.settings import values
from app.extensions import db

SEEN_EVERY: Final = timedelta(minutes=5)


def begin(account: Account, *, address: str, browser: str, at: datetime) -> str:
    """A session of the account. The answer is its token, known only to the browser: we keep its hash."""
    token = secrets.token_urlsafe(32)
    limits = values.several("login.idle_minutes", "login.longest_days")
    db.session.add(
        LoginSession(
            token_hash=_hash(token),
            account=account,
            started_at=at,
            seen_at=at,
            idle_ends_at=at + timedelta(minutes=limits["login.idle_minutes"]),
            ends_at=at + timedelta(days=limits["login.longest_days"]),
            address=address[:60],
            browser=browser[:200],
        )
    )
    return token


def of_token(token: str, at: datetime) -> LoginSession | None:
    """The open session with the token, with all that a page asks about its person, in one query; or None."""
    row = db.session.scalars(_with_person().where(LoginSession.token_hash == _hash(token))).unique().one_or_none()
    if row is None or not row.is_open(at) or row.account.disabled_at is not None or not row.account.person.active:
        return None
    return row


def seen(row: LoginSession, at: datetime) -> dict[str, Any]:
    """What to write on the session that is used now: nothing within five minutes of the last time."""
    if at - row.seen_at < SEEN_EVERY:
        return {}
    return {"seen_at": at, "idle_ends_at": at + timedelta(minutes=values.value("login.idle_minutes"))}


def open_ones(account: Account, at: datetime) -> list[LoginSession]:
    """The account's open sessions, the one used last first."""
    return list(
        db.session.scalars(
            select(LoginSession)
            .where(
                LoginSession.account_id == account.id,
                LoginSession.revoked_at.is_(None),
                LoginSession.ends_at > at,
                LoginSession.idle_ends_at > at,
            )
            .order_by(LoginSession.seen_at.desc(), LoginSession.id.desc())
        )
    )


def end(row: LoginSession, *, by: Person, at: datetime) -> None:
    """Sign one browser out. One that is out already stays as it is."""
    if row.revoked_at is None:
        row.revoked_at, row.revoked_why = at, "sign_out"
        trail.record(audit_events.SIGN_OUT, row.account, by=by, at=at)


def end_all(account: Account, *, by: Person | None, at: datetime, why: str, keep: LoginSession | None = None) -> int:
    """Sign out every browser of the account but `keep`, in the change's own transaction. How many there were."""
    ended = [row for row in open_ones(account, at) if keep is None or row.id != keep.id]
    for row in ended:
        row.revoked_at, row.revoked_why = at, why
    if ended:
        trail.record(
            audit_events.END_SESSIONS, account, by=by, at=at, changes={"sessions": [len(ended), 0]}, reason=why
        )
    return len(ended)


def _with_person() -> Select[LoginSession]:
    person = joinedload(LoginSession.account).joinedload(Account.person)
    return select(LoginSession).options(
        person.joinedload(Person.role_rows), person.joinedload(Person.branch), person.joinedload(Person.department)
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
