"""Signing in and out, the first start, and the language and brightness of who isn't signed in yet."""

from typing import Any
from urllib.parse import urlsplit

from flask import Response, flash, redirect, render_template, request, url_for
from flask_login import current_user

from app.blueprints.accounts import bp
from app.blueprints.accounts.forms import LoginForm, SetupForm
from app.domain.accounts import sessions, setup, signing_in
from app.domain.accounts.failures import MustWait
from app.domain.core import clock
from app.domain.core.errors import Refused
from app.extensions import db
from app.web import login as browser
from app.web.access import public
from app.web.errors import error_page, say
from app.web.i18n import gettext
from app.web.pages import LANGUAGES

THEMES = ("light", "dark")
YEAR = 365 * 24 * 3600


@bp.get("/login")
@public
def login() -> Any:
    """The sign-in page; at the first start, the way to the setup page."""
    if setup.is_needed():
        return redirect(url_for(".setup"))
    if current_user.is_authenticated:
        return redirect(own_address(request.args.get("next")))
    return _login_page(LoginForm(formdata=None, data={"next": request.args.get("next")}))


@bp.post("/login")
@public
def sign_in() -> Any:
    """Begin a session of this browser."""
    form = LoginForm()
    if not form.validate_on_submit():
        return _login_page(form), 422
    try:
        token = signing_in.sign_in(form.username.data, form.password.data, at=clock.now(), **whence())
    except MustWait as wait:
        seconds = int((wait.until - clock.now()).total_seconds()) + 1
        return *error_page(429, message=say(wait)), {"Retry-After": str(max(seconds, 1))}
    db.session.commit()
    if token is None:
        form.form_errors.append(gettext("账号或密码不对。"))
        return _login_page(form), 422
    browser.keep(token)
    account = signing_in.account_of(form.username.data)
    if account is not None and account.password_is_temporary:
        flash(gettext("这是临时密码，请先改成自己的。"), "soon")
        return redirect(url_for(".own"))
    return redirect(own_address(form.next.data))


@bp.post("/logout")
@public
def logout() -> Any:
    """End this browser's session."""
    if current_user.is_authenticated:
        user = browser.signed_in()
        sessions.end(user.session, by=user.person, at=clock.now())
        db.session.commit()
    browser.forget()
    return redirect(url_for(".login"))


@bp.get("/setup", endpoint="setup")
@public
def setup_page() -> Any:
    """The firm's name and its first administrator, while there is none."""
    if not setup.is_needed():
        return redirect(url_for(".login"))
    return _setup_page(SetupForm(formdata=None))


@bp.post("/setup")
@public
def begin() -> Any:
    """Name the firm, make its first administrator, and sign them in."""
    form = SetupForm()
    if not setup.is_needed():
        return redirect(url_for(".login"))
    if not form.validate_on_submit():
        return _setup_page(form), 422
    at = clock.now()
    try:
        person = setup.begin(form.firm.data, form.name.data, form.username.data, form.password.data, at=at)
    except Refused as refused:
        form.take(refused)
        return _setup_page(form), 422
    token = sessions.begin(person.account, at=at, **whence())  # type: ignore[arg-type]
    db.session.commit()
    browser.keep(token)
    return redirect("/")


@bp.post("/preferences")
@public
def preferences() -> Response:
    """Language and brightness of this browser, and of the account that is signed in."""
    answer: Response = redirect(own_address(request.form.get("next")))  # type: ignore[assignment]
    language, theme = request.form.get("language", ""), request.form.get("theme", "")
    if language in LANGUAGES:
        answer.set_cookie("language", language, max_age=YEAR, samesite="Lax")
        if current_user.is_authenticated:
            browser.signed_in().account.language = language
            db.session.commit()
    if theme in THEMES:
        answer.set_cookie("theme", theme, max_age=YEAR, samesite="Lax")
    elif theme == "auto":
        answer.delete_cookie("theme", samesite="Lax")
    return answer


def whence() -> dict[str, str]:
    """Where this request comes from, as a session keeps it."""
    return {"address": request.remote_addr or "", "browser": request.user_agent.string}


def own_address(wanted: str | None) -> str:
    """`wanted` if it is a page of ours, else the first page: a link must not lead on to another host."""
    wanted = wanted or "/"
    parts = urlsplit(wanted)
    ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return wanted if ours and wanted.isprintable() and not wanted.startswith("/login") else "/"


def _login_page(form: LoginForm) -> str:
    return render_template("accounts/login.html", form=form)


def _setup_page(form: SetupForm) -> str:
    return render_template("accounts/setup.html", form=form)
