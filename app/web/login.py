"""Who is at the browser. The cookie holds a token, the database says whether it still counts."""

from datetime import datetime
from typing import Final

from flask import Flask, Request, Response, redirect, request, session, url_for
from flask_login import current_user
from sqlalchemy.exc import OperationalError

from app.database import request_only_reads, without_waiting
from app.domain.accounts import passwords, sessions
from app.domain.accounts.models import Account, LoginSession, Person
from app.domain.core import clock
from app.extensions import db, login_manager

KEPT_AS: Final = "sign_in"


class SignedIn:
    """What Flask-Login calls the user: a session of an account of a person."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, row: LoginSession) -> None:
        self.session = row

    @property
    def account(self) -> Account:
        """The account that signed in."""
        return self.session.account

    @property
    def person(self) -> Person:
        """The person at the browser."""
        return self.session.account.person

    def get_id(self) -> str:
        """Flask-Login's name for the user."""
        return str(self.session.id)


def init_app(app: Flask) -> None:
    """Let Flask-Login find the user by our token only: no user id and no remember cookie of its own."""
    passwords.use_profile(app.config["PASSWORD_PROFILE"])
    login_manager.init_app(app)
    login_manager.session_protection = None
    login_manager.request_loader(_load)
    login_manager.unauthorized_handler(_ask_to_sign_in)


def keep(token: str) -> None:
    """Let this browser be the session of the token; whatever its cookie held before is dropped."""
    session.clear()
    session[KEPT_AS] = token


def forget() -> None:
    """Let this browser be nobody."""
    session.clear()


def signed_in() -> SignedIn:
    """Who is signed in, on a page that needs it."""
    user: SignedIn = current_user._get_current_object()
    return user


def _load(_request: Request) -> SignedIn | None:
    token = session.get(KEPT_AS)
    if not isinstance(token, str):
        return None
    at = clock.now()
    row = sessions.of_token(token, at)
    if row is None:
        return None
    if mark := sessions.seen(row, at):
        for name, value in mark.items():
            setattr(row, name, value)
        if request_only_reads():
            row = _marked(token, at)
    return SignedIn(row) if row is not None else None


def _marked(token: str, at: datetime) -> LoginSession | None:
    """The session, its last-seen mark committed by itself: a page only reads. Who writes takes the mark along."""
    try:
        with without_waiting():
            db.session.commit()
    except OperationalError:  # someone is writing: the next page marks it
        db.session.rollback()
    return sessions.of_token(token, at)


def _ask_to_sign_in() -> Response | tuple[str, int, dict[str, str]]:
    """To the sign-in page and back here. A script gets a 401, so that it never takes that page for an answer."""
    here = request.full_path.rstrip("?") if request.method == "GET" else None
    there = url_for("accounts.login", next=None if here == "/" else here)
    if request.headers.get("HX-Request") or request.headers.get("X-CSRFToken"):
        return "", 401, {"HX-Redirect": url_for("accounts.login")}
    return redirect(there)  # type: ignore[return-value]
