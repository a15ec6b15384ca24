"""What stands open on the day the demo firm is loaded, so that everybody's day has something true to show.

Two branches; the eastern one, where the demo accounts are, has a case at each step that somebody has to take, one of
them late; a colleague who is away with calls and a case in her name; a new site that nobody calls for yet.
"""

from datetime import datetime, timedelta
from random import Random
from typing import Final

from sqlalchemy import select

from app.domain.callbacks import calls
from app.domain.callbacks.enums import Outcome
from app.domain.callbacks.models import TO_CALL, Callback
from app.domain.core import clock
from app.domain.demo.cast import Cast
from app.domain.demo.sites import Site
from app.domain.demo.troubles import Course, Lists
from app.domain.followup import absence
from app.domain.plans.enums import CaseKind
from app.domain.projects import stages, suspensions
from app.extensions import db

LEFT_OPEN: Final[tuple[tuple[int, CaseKind, float, dict[str, float]], ...]] = (
    # branch, kind, received how many hours ago, who acts how many hours later
    (0, CaseKind.REPAIR, 30, {}),
    (0, CaseKind.REPAIR, 6, {"hand_over": 0.7}),
    (0, CaseKind.REPAIR, 1.5, {"hand_over": 0.6}),
    (0, CaseKind.REPAIR, 20, {"hand_over": 0.5, "sign": 2}),
    (0, CaseKind.REPAIR, 53, {"hand_over": 0.5, "sign": 3, "contact": 20}),
    (0, CaseKind.REPAIR, 60, {"hand_over": 0.5, "sign": 2, "contact": 10, "visit": 30, "agree": 34, "dispatch": 50}),
    (0, CaseKind.COMPLAINT, 1, {}),
    (1, CaseKind.REPAIR, 2, {"hand_over": 0.7}),
    (1, CaseKind.COMPLAINT, 1.2, {}),
)
AWAY_SINCE: Final = timedelta(days=2)


def leave_open(cast: Cast, sites: list[Site], known: Lists, draw: Random, until: datetime) -> None:
    """Begin what is not to be finished by the instant `until`, with the product's own verbs."""
    begun = [site for site in sites if site.project.started_on]
    _put_to_rest(cast, begun, until)
    _begin(cast, sites, until)
    _give_to_the_absent(cast, until)
    for branch, kind, hours, steps in LEFT_OPEN:
        course = Course(draw.choice([site for site in begun if site.branch == branch]), cast, known, draw)
        received = clock.to_minute(until - timedelta(hours=hours))
        course.received(received, kind)
        for step, later in steps.items():
            getattr(course, step)(clock.to_minute(received + timedelta(hours=later)))


def _put_to_rest(cast: Cast, begun: list[Site], until: datetime) -> None:
    site = next((site for site in begun if not site.project.actual("concealed")), None)
    if site:
        first = max(clock.day_of(until) - timedelta(days=3), site.days["kickoff"])
        why = "业主更换橱柜方案，等图纸。"
        suspensions.suspend(site.project, first, None, why, by=cast.by_name["engineering"], at=until)


def _begin(cast: Cast, sites: list[Site], until: datetime) -> None:
    """A site begins whose calls the lead has not given to anybody yet."""
    site = next((site for site in sites if site.branch == 0 and not site.project.started_on), None)
    if site:
        stages.reach(site.project, "kickoff", clock.day_of(until), by=cast.manager_of(0), at=until)


def _give_to_the_absent(cast: Cast, until: datetime) -> None:
    """One in three of the agent's calls was taken over by who is away now; one customer was promised another call."""
    left = until - AWAY_SINCE
    agents = select(Callback).where(TO_CALL, Callback.assigned_to == cast.by_name["agent"], Callback.made_at < left)
    rows = list(db.session.scalars(agents.order_by(Callback.wanted_at, Callback.id)))[1::3]
    absence.give(rows, cast.absent, by=cast.by_name["lead"], at=left, reason="东城区域分担回访量。")
    if rows:
        result = calls.CallInput(
            outcome=Outcome.LATER, later_at=left + timedelta(hours=26), note="客户在外地，约明天再打。"
        )
        calls.save_call(rows[-1], result, by=cast.absent, at=left)
