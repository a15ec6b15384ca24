"""Days, months and rates as the definitions have them; and a case of the ledger with the promises it implies.

It knows no table of the product and imports none of its modules. Times are the firm's wall times without a zone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Row = dict[str, Any]
Department = tuple[str, str]

RATINGS = {"非常满意": 5, "满意": 4, "一般": 3, "不太满意": 2, "很不满意": 1}
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def moment(value: date | datetime | None, *, received: bool = False) -> datetime | None:
    """A cell as a time: a bare date is the first minute of its day for a receipt, else the last."""
    if value is None or isinstance(value, datetime):
        return value
    return datetime.combine(value, time(0, 0) if received else time(23, 59))


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or that month's last where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(number, day.day))
        except ValueError:
            continue
    raise AssertionError(day)


def days_of(period: str) -> list[date]:
    """The days of a month."""
    year, month = map(int, period.split("-"))
    day, days = date(year, month, 1), []
    while day.month == month:
        days.append(day)
        day += DAY
    return days


def rate(numerator: int, denominator: int) -> Row:
    """A rate as the report writes it."""
    percent = None
    if denominator:
        percent = str((Decimal(100) * numerator / denominator).quantize(Decimal("0.1"), ROUND_HALF_UP))
    return {"numerator": numerator, "denominator": denominator, "percent": percent}


def half_up(value: Decimal) -> int:
    """Whole minutes."""
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def share(rows: Iterable[Any], chosen: Callable[[Any], bool]) -> Row:
    """How many of the rows are chosen."""
    found = [bool(chosen(row)) for row in rows]
    return rate(sum(found), len(found))


@dataclass(frozen=True)
class Clock:
    """One promise: when it was due and when it was kept."""

    kind: str
    due: datetime
    met: datetime | None


@dataclass(frozen=True)
class Case:
    """A row of the cases ledger, its cells as times."""

    row: Row
    branch: str | None
    manager: tuple[str, str] | None
    department: Department | None
    repeat: bool

    def at(self, column: str) -> datetime | None:
        """The time of a step."""
        return moment(self.row.get(column), received=column == "受理时间")

    @property
    def received(self) -> datetime:
        """When it came in."""
        found = self.at("受理时间")
        assert found is not None
        return found

    @property
    def cancelled(self) -> datetime | None:
        """When it was withdrawn."""
        return self.at("撤销时间")

    @property
    def answered(self) -> datetime | None:
        """Its first answer."""
        return min((at for at in map(self.at, ("核实时间", "联系时间", "上门时间")) if at), default=None)

    def clocks(self) -> list[Clock]:
        """Every promise that a figure counts."""
        handed, judged, visited = self.at("移交时间"), self.at("判定时间"), self.at("上门时间")
        promised: list[tuple[str, datetime | None, timedelta, str]] = [("sign", handed, 4 * HOUR, "签收时间")]
        if self.row["类型"] == "投诉":
            valid = self.row.get("是否成立") == "成立"
            needs_department = valid and not (self.at("处理完成时间") and not handed)
            promised += [
                ("verify", self.received, 2 * HOUR, "核实时间"),
                ("judge", self.received, 2 * HOUR, "判定时间"),
                ("handover", judged if needs_department else None, 2 * HOUR, "移交时间"),
                ("on_site", handed, 48 * HOUR, "上门时间"),
                ("solution", visited, 48 * HOUR, "方案时间"),
            ]
        else:
            promised += [
                ("handover", self.received, 2 * HOUR, "移交时间"),
                ("contact", self.received, 48 * HOUR, "联系时间"),
                ("on_site", self.received, 48 * HOUR, "上门时间"),
                ("solution", self.received, 48 * HOUR, "方案时间"),
                ("team_contact", self.at("派工时间"), 24 * HOUR, "施工队联系时间"),
            ]
        return [Clock(kind, start + target, self.at(met)) for kind, start, target, met in promised if start]
