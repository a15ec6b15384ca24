"""The three months of the demo firm, lived day by day: what was due is called, what broke is repaired.

The same seed and the same day tell the same story. Everything runs through the product's own verbs, with the time
at which it happened, so that clocks, steps and audit entries are those of real use.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Final

from sqlalchemy import and_, select

from app.domain.callbacks import decisions, tasks
from app.domain.callbacks.enums import CallbackState, Decision
from app.domain.callbacks.generation import generate
from app.domain.callbacks.models import TO_CALL, Callback, Task
from app.domain.core import clock
from app.domain.demo import answers, sites, troubles
from app.domain.demo.cast import Cast
from app.domain.demo.sites import Site
from app.domain.demo.today import leave_open
from app.domain.demo.troubles import Step
from app.domain.followup import escalation
from app.domain.followup.models import DepartmentNote
from app.domain.followup.queries import follow_ups
from app.domain.projects import stages, status
from app.extensions import db

LENGTH: Final = timedelta(days=95)
CASES_A_DAY: Final = 0.7
GIVEN_UP_AFTER: Final = timedelta(days=10)
NEAR: Final = timedelta(days=3)
OPENS, CLOSES = time(8, 30), time(17, 30)


class Story:
    """Everything that happens, in the order of time."""

    def __init__(self, cast: Cast, told_until: datetime, seed: int, homes: int) -> None:
        self.cast, self.until, self.draw, self.homes = cast, told_until, Random(seed), homes
        self.first = clock.day_of(told_until - LENGTH)
        self.sites: list[Site] = []
        self.known = troubles.lists()
        self._coming: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._ordinals = count()

    def tell(self) -> None:
        """Build the sites, then let every day happen until now."""
        today = clock.day_of(self.until)
        for site in sites.build(self.cast, today, self.draw, self.homes):
            site.project.callbacks_from = max(site.project.callbacks_from, self.first)
            sites.reach_before(site, self.first, self.cast)
            self.sites.append(site)
        for days in range((today - self.first).days + 1):
            self._plan_day(self.first + timedelta(days=days))
        while self._coming and self._coming[0][0] <= self.until:
            at, _ordinal, happen = heappop(self._coming)
            happen(at)
        leave_open(self.cast, self.sites, self.known, self.draw, self.until)
        db.session.flush()
        status.refresh_all(today)

    @property
    def _silent(self) -> Site:
        """A site whose customer never picks up: a lead has to decide."""
        return next(site for site in reversed(self.sites) if site.branch == 0 and self.first < site.days["completion"])

    def _at(self, moment: datetime, happen: Callable[[datetime], None]) -> None:
        heappush(self._coming, (clock.to_minute(moment), next(self._ordinals), happen))

    def _plan_day(self, day: date) -> None:
        self._at(clock.at(day, time(8)), self._morning)
        for site in self.sites:
            for stage, reached in site.days.items():
                if reached == day:
                    self._at(clock.at(day, time(16)), lambda at, s=site, g=stage: self._reach(s, g, at))  # type: ignore[misc]
        if self.draw.random() < CASES_A_DAY:
            self._at(self._working_time(day), self._case_comes)

    def _morning(self, at: datetime) -> None:
        """Make what is due, and spread the day's calls over it; some are left for another day, most of the last one."""
        generate.generate(at)
        day = clock.day_of(at)
        due = select(Callback).where(TO_CALL, Callback.window_first <= day).order_by(Callback.wanted_at, Callback.id)
        for callback in db.session.scalars(due).all():
            if callback.assigned_to and self.draw.random() < self._chance(callback, day):
                self._at(self._working_time(day), lambda at, c=callback: self._call(c, at))  # type: ignore[misc]
        for task in db.session.scalars(select(Task).where(Task.done_at.is_(None), Task.due_on <= day)).all():
            if task.owner and self.draw.random() < 0.5:
                tasks.finish(task, "已办。", by=task.owner, at=at)
        for note in db.session.scalars(select(DepartmentNote).where(DepartmentNote.answered_at.is_(None))).all():
            head = note.department.head if note.department else note.to_person
            if head and self.draw.random() < 0.5:
                escalation.answer(note, "已和现场说清楚，今天起专人跟。", by=head, at=at)

        long_ago = and_(Callback.state == CallbackState.UNREACHABLE, Callback.window_last < day - GIVEN_UP_AFTER)
        for callback in db.session.scalars(select(Callback).where(long_ago)).all():
            lead = self.cast.by_name["lead"]
            decisions.decide(callback, Decision.GIVE_UP, "三次都联系不上，下个节点再打。", by=lead, at=at)

    def _chance(self, callback: Callback, day: date) -> float:
        """How likely the call is made that day: the last one hardly waits, unless it is the day that is still young."""
        if callback.window_last > day + NEAR and callback.project is not self._silent.project:
            return 0.12
        return 0.85 if callback.window_last <= day < clock.day_of(self.until) else 0.35

    def _reach(self, site: Site, stage: str, at: datetime) -> None:
        stages.reach(site.project, stage, clock.day_of(at), by=self.cast.manager_of(site.branch), at=at)

    def _call(self, callback: Callback, at: datetime) -> None:
        agent = callback.assigned_to
        if agent is not None and callback.is_open and callback.wanted_at >= at - LENGTH:
            site = next(site for site in self.sites if site.project is callback.project)
            answers.call(callback, agent, at, self.draw, answers_never=site is self._silent)
            for case in follow_ups(callback).cases:
                course = troubles.Course(site, self.cast, self.known, self.draw)
                course.case = case
                self._go_on(course, iter(course.steps()), at)

    def _case_comes(self, at: datetime) -> None:
        begun = [site for site in self.sites if (site.project.started_on or self.until.date()) < at.date()]
        course = troubles.Course(self.draw.choice(begun), self.cast, self.known, self.draw)
        course.received(at)
        self._go_on(course, iter(course.steps()), at)

    def _go_on(self, course: troubles.Course, steps: Iterator[tuple[timedelta, Step]], at: datetime) -> None:
        """Plan the next step of a case; after the last one it waits for the customer's word and is closed."""
        for length, step in steps:

            def happen(then: datetime, step: Step = step) -> None:
                if course.case.ended_at is None:
                    step(then)
                    self._go_on(course, steps, then)

            self._at(self._awake(at + length), happen)
            return
        self._at(at + timedelta(days=1), lambda then: self._look_after(course, then, since=at))

    def _look_after(self, course: troubles.Course, at: datetime, *, since: datetime) -> None:
        """Day by day until the customer has said how it is: close it, or begin the next round."""
        course.close_if_satisfied(at)
        if at - since > GIVEN_UP_AFTER:
            course.close_by_lead(at)
        if course.is_reopened:
            self._go_on(course, iter(course.steps()), at)
        elif course.case.is_open:
            self._at(at + timedelta(days=1), lambda then: self._look_after(course, then, since=since))

    def _working_time(self, day: date) -> datetime:
        minutes = self.draw.randint(OPENS.hour * 60 + OPENS.minute, CLOSES.hour * 60 + CLOSES.minute)
        return clock.at(day, time(*divmod(minutes, 60)))

    def _awake(self, at: datetime) -> datetime:
        """Nobody works at night: what falls into it happens the next morning."""
        wall = clock.local(at).time()
        if time(7) <= wall <= time(21):
            return at
        day = clock.day_of(at) + timedelta(days=1 if wall > time(21) else 0)
        return self._working_time(day)
