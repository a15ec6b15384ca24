"""One's own account: password, language, keys, and where one is signed in."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from app.blueprints.accounts import bp
from app.blueprints.accounts.forms import PasswordForm
from app.domain.accounts import sessions, signing_in
from app.domain.accounts.failures import MustWait
from app.domain.accounts.models import LoginSession
from app.domain.core import clock
from app.domain.core.errors import Refused
from app.extensions import db
from app.web.access import requires
from app.web.errors import error_page, say
from app.web.i18n import gettext
from app.web.login import signed_in
from app.web.pages import LANGUAGES

# The first mark that fits: others name Chrome and Safari too.
PROGRAMS = (
    ("MicroMessenger", "微信"), ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("HarmonyOS", "HarmonyOS"), ("Windows", "Windows"),
    ("Mac OS", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


@bp.get("/account")
@requires("day.see")
def own() -> str:
    """Password, preferences and sessions."""
    return _page(PasswordForm(formdata=None))


@bp.post("/account/password")
@requires("day.see")
def change_password() -> Any:
    """A new password of one's own; other browsers are signed out."""
    user, form = signed_in(), PasswordForm()
    if not form.validate_on_submit():
        return _page(form), 422
    try:
        signing_in.change_password(
            user.account,
            form.old.data,
            form.new.data,
            here=user.session,
            address=request.remote_addr or "",
            at=clock.now(),
        )
    except MustWait as wait:
        return error_page(429, message=say(wait))
    except Refused as refused:
        db.session.commit()  # a wrong old password is counted
        form.take(refused)
        return _page(form), 422
    db.session.commit()
    flash(gettext("密码改好了，别处的登录都已退出。"), "good")
    return redirect(url_for(".own"))


@bp.post("/account/preferences")
@requires("day.see")
def change_preferences() -> Any:
    """Language, and whether single keys act."""
    account, language = signed_in().account, request.form.get("language", "")
    if language not in ("", *LANGUAGES):
        abort(400)
    account.language, account.single_keys = language, "single_keys" in request.form
    db.session.commit()
    flash(gettext("设好了。"), "good")
    return redirect(url_for(".own"))


@bp.post("/account/sessions/<int:session_id>/end")
@requires("day.see")
def end_session(session_id: int) -> Any:
    """Sign one of one's own browsers out."""
    user = signed_in()
    row = db.session.get(LoginSession, session_id)
    if row is None or row.account_id != user.account.id:
        abort(404)
    sessions.end(row, by=user.person, at=clock.now())
    db.session.commit()
    return redirect(url_for(".own"))


@bp.post("/account/sessions/end-others")
@requires("day.see")
def end_other_sessions() -> Any:
    """Sign all but this browser out."""
    user = signed_in()
    sessions.end_all(user.account, by=user.person, at=clock.now(), why="own", keep=user.session)
    db.session.commit()
    return redirect(url_for(".own"))


def _page(form: PasswordForm) -> str:
    user = signed_in()
    return render_template(
        "accounts/own.html",
        form=form,
        account=user.account,
        here=user.session,
        sessions=[(row, spoken(row.browser)) for row in sessions.open_ones(user.account, clock.now())],
    )


def spoken(user_agent: str) -> str:
    """A browser as its user calls it: `微信 · Android`, `Chrome · Windows`."""
    program = next((name for mark, name in PROGRAMS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return " · ".join(part for part in (program, system) if part) or user_agent[:40] or "—"
