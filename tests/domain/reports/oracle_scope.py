"""What every count of the oracle rests on: the scope, the days, groups, rates."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from types import SimpleNamespace as Row
from typing import Any
from zoneinfo import ZoneInfo

from tests.domain.reports.world import World


def rate(part: Iterable[Any], whole: Iterable[Any]) -> dict[str, Any]:
    n, d = len(list(part)), len(list(whole))
    percent = None if not d else str((Decimal(n) * 100 / Decimal(d)).quantize(Decimal("0.1"), ROUND_HALF_UP))
    return {"numerator": n, "denominator": d, "percent": percent}


class Counted:
    """A firm's days as far as it is asked about, and its rows in groups."""

    def __init__(
        self,
        world: World,
        zone: str,
        days: tuple[date, date],
        as_of: datetime,
        branch: str | None = None,
        department: str | None = None,
    ) -> None:
        self.world, self.zone, self.as_of = world, ZoneInfo(zone), as_of
        self.first, self.last = days
        self.branch = next((b.id for b in world.branches if b.name == branch), None)
        self.department = department

    def day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def said_in_it(self, at: datetime | None) -> bool:
        return at is not None and at <= self.as_of and self.first <= self.day(at) <= self.last

    def here(self, row: Row) -> bool:
        return self.branch is None or row.branch == self.branch

    def groups(self, rows: list[Row], group: Callable[[Row], str]) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in rows:
            found.setdefault(group(row), []).append(row)
        return found

    def split(self, rows: list[Row], group: Callable[[Row], str], count: Callable[[list[Row]], Any]) -> dict[str, Any]:
        return {key: count(members) for key, members in self.groups(rows, group).items()}

    def in_dept(self, row: Row) -> bool:
        return self.department is None or self.department_name(row) == self.department

    def department_name(self, row: Row) -> str:
        return next((d.name for d in self.world.departments if d.id == row.department), "—")

    def category(self, row: Row) -> str:
        mine = next((c for c in self.world.categories if c.id == row.category), None)
        return "—" if mine is None else next((c.name for c in self.world.categories if c.id == mine.parent), mine.name)

    def person(self, person_id: int | None) -> str:
        return str(person_id or "—")

    def manager(self, row: Row) -> str:
        return self.person(row.manager)

    def branch_name(self, row: Row) -> str:
        return next((b.name for b in self.world.branches if b.id == row.branch), "—")
