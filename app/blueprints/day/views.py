"""我的一天: the first page after signing in, and the month so far that the office reads on it."""

from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, render_template

from app.blueprints.day.presenters.month import bands_of, uncounted_bands
from app.blueprints.day.presenters.rows import handed_over, row, waiting_call
from app.blueprints.day.presenters.strip import strip_of
from app.domain.accounts.models import Person
from app.domain.accounts.roles import SERVICE, Role
from app.domain.core import clock
from app.domain.day import installation, late, month, on_site, team, work
from app.web.access import me, requires

bp = Blueprint("day", __name__)


@bp.get("/")
@requires("day.see")
def index() -> str:
    """What this person must do next, and what their role keeps an eye on."""
    person, at = me(), clock.now()
    goes_out = person.has(Role.PM, Role.STAFF) and not person.has(*SERVICE)
    groups = on_site.groups(person, at) if goes_out else work.groups(person, at)
    return render_template(
        "day/index.html",
        today=clock.today(),
        groups=[(group, [row(one, at) for one in group.works]) for group in groups],
        goes_out=goes_out,
        strip=strip_of(person, at),
        **_watched(person, at),
    )


@bp.get("/month-so-far")
@requires("reports.see")
def month_so_far() -> str:
    """The running month against its targets; the day's page takes it from here, since it is counted anew each time."""
    so_far = month.so_far(me(), clock.now())
    return render_template("day/month.html", so_far=so_far, bands=bands_of(so_far))


def _watched(person: Person, at: datetime) -> dict[str, Any]:
    """What each role has in view beyond its own list."""
    seen: dict[str, Any] = {}
    if person.has(Role.LEAD):
        waiting = team.waiting(person, at)
        seen["to_decide"] = [waiting_call(one, at) for one in waiting.to_decide]
        seen["in_pool"] = [waiting_call(one, at) for one in waiting.in_pool]
        seen["team"] = team.loads(person, at)
    if person.has(Role.OFFICE):
        seen["bands"] = uncounted_bands()
        seen["broken"] = late.broken_promises(person, at)
    elif person.has(Role.ENGINEERING):
        seen["broken"] = late.broken_promises(person, at, late.OUT_THERE)
    if person.has(Role.ENGINEERING):
        seen["unsigned"] = [handed_over(one, at) for one in late.unsigned(person)]
    if person.has(Role.ADMIN):
        seen["installation"] = installation.stand(Path(current_app.config["FILES_DIR"]), at)
    return seen
