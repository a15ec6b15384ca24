"""A firm's days made up at random, as plain rows: what the oracle counts and what the database is filled with."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace as Row
from typing import Any

from app.domain.callbacks.enums import CallbackState
from app.domain.cases.enums import EventKind, Payer, Responsibility
from app.domain.core import clock
from app.domain.plans.enums import CaseKind, DeadlineKind, Occasion
from app.domain.reports.period import Period

WALLS = (time(0), time(0, 1), time(8, 30), time(12), time(23, 58), time(23, 59))
GAPS = (0, 1, 119, 120, 121, 1439, 1440, 1441, 2879, 2880, 2881, 5000, 20000, 60000)
CLOCKED = (*list(DeadlineKind)[:9], DeadlineKind.SATISFACTION)


@dataclass
class World:
    """Plain rows; those with an id stand in the database under it."""

    branches: list[Row] = field(default_factory=list)
    departments: list[Row] = field(default_factory=list)
    people: list[Row] = field(default_factory=list)
    categories: list[Row] = field(default_factory=list)
    projects: list[Row] = field(default_factory=list)
    callbacks: list[Row] = field(default_factory=list)
    cases: list[Row] = field(default_factory=list)


class Maker:
    """Makes a world around a period. Everything stands near the edges where figures go wrong."""

    def __init__(self, seed: int, period: Period) -> None:
        self.draw = random.Random(seed)
        self.period = period
        self.world = World()

    def day(self) -> date:
        first, last = self.period.first, self.period.last
        edges = [first + timedelta(days=n) for n in (-1, 0, 1)] + [last + timedelta(days=n) for n in (-1, 0, 1)]
        return self.draw.choice([*edges, first + timedelta(days=self.draw.randrange(-40, 70))])

    def moment(self) -> datetime:
        return clock.at(self.day(), self.draw.choice(WALLS))

    def maybe(self, value: Any, share: float = 0.5) -> Any:
        return value if self.draw.random() < share else None

    def make(self, size: int) -> World:
        world, draw = self.world, self.draw
        world.branches = [Row(id=n, name=f"区域{n}") for n in (1, 2)]
        world.departments = [
            Row(id=1, branch=1, name="工程部"),
            Row(id=2, branch=2, name="工程部"),
            Row(id=3, branch=1, name="设计部"),
        ]
        world.people = [Row(id=n, name=name) for n, name in enumerate(("王芳", "李强", "王芳", "赵敏"), 1)]
        world.categories = [
            Row(id=1001, parent=None, name="甲类", waterproof=False),
            Row(id=1002, parent=None, name="乙类防水", waterproof=True),
            Row(id=1003, parent=1001, name="甲一", waterproof=False),
            Row(id=1004, parent=1002, name="乙一", waterproof=False),
        ]
        world.projects = [self.project(n) for n in range(1, size + 1)]
        for n in range(1, 3 * size + 1):
            world.callbacks.append(self.callback(n))
        world.cases = [self.case(n) for n in range(1, 3 * size + 1)]
        for case in draw.sample(world.cases, len(world.cases) // 12):
            case.merged = draw.choice([one.id for one in world.cases if one is not case])
        return world

    def project(self, n: int) -> Row:
        draw = self.draw
        kickoff = self.maybe(self.day() - timedelta(days=draw.choice((0, 0, 9, 30))), 0.9)
        completion = self.maybe(self.day(), 0.5)
        if self.maybe(True, 0.4):  # a warranty that begins or ends about the period
            ends = self.day()
            completion = clock.add_months(ends, -24)
        months = self.maybe(draw.choice((0, 1, 12, 24)), 0.3)
        suspensions, free = [], self.period.first - timedelta(days=5)
        for _ in range(draw.choice((0, 0, 1, 2))):
            first = free + timedelta(days=draw.randrange(0, 15))
            last = self.maybe(first + timedelta(days=draw.randrange(0, 20)), 0.8)
            suspensions.append((first, last))
            if last is None:
                break
            free = last + timedelta(days=1)
        silent = self.moment() if self.maybe(True, 0.15) else None
        return Row(
            id=n,
            branch=draw.choice((1, 2, None)),
            manager=draw.choice((1, 2, 3, None)),
            kickoff=kickoff,
            completion=completion,
            cancelled=self.maybe(self.day(), 0.15),
            card=self.maybe(self.day(), 0.2),
            months=months,
            waterproof_months=self.maybe(draw.choice((1, 60)), 0.3),
            suspensions=suspensions,
            silent=silent,
            lifted=self.maybe(self.moment(), 0.4) if silent else None,
        )

    def callback(self, n: int) -> Row:
        draw = self.draw
        origin = draw.choice(self.world.callbacks) if n > 3 and self.maybe(True, 0.3) else None
        state = draw.choice((*list(CallbackState), *[CallbackState.DONE] * 14))
        done = state is CallbackState.DONE
        project = draw.choice(self.world.projects)
        last = self.day()
        near = clock.at(last + timedelta(days=draw.choice((-1, 0, 1))), draw.choice(WALLS))
        reached = draw.choice((near, self.moment())) if done else None
        if done and origin and origin.reached and self.maybe(True, 0.4):
            reached = origin.reached + timedelta(minutes=draw.choice((0, 1, 1440)))
        return Row(
            id=n,
            project=project.id,
            occasion=draw.choice(list(Occasion)),
            last=last,
            state=state.value,
            reached=reached,
            reached_by=draw.choice((1, 2, None)) if done else None,
            assigned=draw.choice((2, 3, 4, None)),
            effective=done and draw.random() < 0.95,
            rating=draw.choice((5, 4, 3, 2, 1, 1, 2, None)) if done else None,
            truthful=draw.random() < 0.85,
            origin=origin.id if origin else None,
            root=(origin.root or origin.id) if origin else None,
            branch=draw.choice((1, 2, None)),
            manager=draw.choice((1, 2, 3, None)),
        )

    def case(self, n: int) -> Row:
        draw = self.draw
        kind = draw.choice((CaseKind.COMPLAINT, CaseKind.REPAIR, CaseKind.REPAIR, CaseKind.COMPLAINT, CaseKind.ENQUIRY))
        received, events = self.moment(), []

        def event(word: EventKind, share: float, nth: int = 1, after: datetime = received) -> datetime | None:
            if draw.random() > share:
                return None
            at = after + timedelta(minutes=draw.choice(GAPS))
            events.append(Row(kind=word.value, round=nth, at=at, superseded=False))
            if self.maybe(True, 0.1):
                wrong = at - timedelta(minutes=draw.choice((1, 700)))
                events.append(Row(kind=word.value, round=nth, at=wrong, superseded=True))
            return at

        for word in (
            EventKind.VERIFIED,
            EventKind.JUDGED,
            EventKind.HANDED_OVER,
            EventKind.CONTACTED,
            EventKind.VISITED,
        ):
            event(word, 0.5)
        event(EventKind.PLANNED, 0.6)
        resolved = event(EventKind.RESOLVED, 0.7)
        closed = event(EventKind.CLOSED, 0.7, after=resolved) if resolved else None
        rounds = 1
        if closed and self.maybe(True, 0.3):
            rounds = 2
            again = closed + timedelta(minutes=draw.choice((1, 600, 20000)))
            events.append(Row(kind="reopened", round=2, at=again, superseded=False))
            for word in (EventKind.HANDED_OVER, EventKind.VISITED, EventKind.PLANNED, EventKind.RESOLVED):
                event(word, 0.7, 2, again)
            event(EventKind.CLOSED, 0.6, 2, again + timedelta(minutes=1))
        cancelled = event(EventKind.CANCELLED, 0.15)
        pays = self.maybe(True, 0.6)
        return Row(
            id=n,
            kind=kind.value,
            project=draw.choice((None, *[p.id for p in self.world.projects])),
            branch=draw.choice((1, 2, None)),
            manager=draw.choice((1, 2, 3, None)),
            department=draw.choice((1, 2, 3, None)),
            category=draw.choice((1001, 1002, 1003, 1004, None)),
            responsibility=draw.choice((*Responsibility, None)),
            received=received,
            valid=draw.choice((True, False, None)),
            repeat=draw.random() < 0.2,
            merged=None,
            labour=draw.randrange(0, 90000) if pays and self.maybe(True, 0.8) else None,
            material=draw.randrange(0, 90000) if pays and self.maybe(True, 0.8) else None,
            payer=draw.choice((*Payer, None)) if pays else None,
            events=events,
            rounds=rounds,
            deadlines=[self.clock(received, cancelled) for _ in range(draw.randrange(0, 9))],
        )

    def clock(self, received: datetime, cancelled: datetime | None) -> Row:
        draw = self.draw
        due = draw.choice((received + timedelta(minutes=draw.choice((120, 240, 1440, 2880, 4320))), self.moment()))
        if cancelled and self.maybe(True, 0.5):
            due = cancelled + timedelta(minutes=draw.choice((-1, 0, 1)))
        met = self.maybe(due + timedelta(minutes=draw.choice((-600, -1, 0, 1, 600, 40000))), 0.7)
        released = due - timedelta(minutes=draw.choice((1, 300))) if met is None and self.maybe(True, 0.2) else None
        return Row(
            kind=draw.choice(CLOCKED).value,
            round=draw.choice((1, 1, 1, 1, 2)),
            due=due,
            met=met,
            unreached=met is not None and draw.random() < 0.15,
            released=released,
            superseded=draw.random() < 0.1,
        )
