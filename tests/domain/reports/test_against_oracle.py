"""Every figure and every table against the slow count of oracle.py, on months and other periods made up at random."""

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.domain.core import clock
from app.domain.reports import drilldown
from app.domain.reports.definitions import FIGURES, Figure, Form, figures_of
from app.domain.reports.period import Period
from app.domain.reports.render import as_json
from app.domain.reports.report import make
from app.domain.reports.scope import Scope, scope_of
from app.domain.reports.values import Minutes, Rate, Ratings, Value
from app.domain.settings import values as settings
from app.extensions import db
from tests.domain.reports.oracle import Oracle
from tests.domain.reports.world import Maker, World
from tests.domain.reports.writing import write

MONTHS = ("2026-11", "2024-02", "2025-12", "2026-02", "2027-01")
LATER = (timedelta(0), timedelta(minutes=1), timedelta(days=12), timedelta(days=200))


@pytest.fixture
def zone():
    yield clock.use_zone
    clock.use_zone("Asia/Shanghai")


def a_world(seed: int, text: str = "") -> tuple[World, Period, datetime]:
    """About a month, if no period is named."""
    period = Period.parse(text or MONTHS[seed % len(MONTHS)])
    maker = Maker(seed, period)
    world = maker.make(20)
    write(world)
    inside = clock.at(period.first + timedelta(days=maker.draw.randrange(0, min(28, period.days))), time(12, 1))
    as_of = maker.draw.choice((inside, *(period.ends_at + gap for gap in LATER)))
    return world, period, as_of


def days_of(period: Period) -> tuple[date, date]:
    return period.first, period.last


def by_name(table: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    named = {row["name"]: {key: value for key, value in row.items() if key != "name"} for row in table}
    assert len(named) == len(table), "two rows of one name"
    return named


def shown(world: World, name: str) -> str:
    """People as the tables call them: 王芳 twice, told apart by number since neither has an account."""
    if name == "—":
        return name
    person = next(p for p in world.people if str(p.id) == name)
    return person.name


def is_nothing(row: dict[str, Any]) -> bool:
    return not any(
        value.get("denominator", any(value.values()) if "numerator" not in value else 0)
        if isinstance(value, dict)
        else value
        for value in row.values()
    )


def compare(world: World, told: dict[str, Any], oracle: dict[str, Any]) -> None:
    assert told["figures"] == oracle["figures"]
    for name, groups in oracle["tables"].items():
        wanted = {key: row for key, row in groups.items() if not is_nothing(row)}
        if name in ("by_agent", "by_project_manager"):
            pairs = sorted((shown(world, key), json.dumps(row, sort_keys=True)) for key, row in wanted.items())
            found = [
                (row["name"].split("（")[0], {k: v for k, v in row.items() if k != "name"})
                for row in told["tables"][name]
            ]
            assert sorted((key, json.dumps(row, sort_keys=True)) for key, row in found) == pairs
        else:
            assert by_name(told["tables"][name]) == wanted, name
    if "lists" in oracle:
        tables = told["tables"]
        broken = sorted((row["name"], datetime.fromisoformat(row["due_at"])) for row in tables["breaches"])
        assert broken == oracle["lists"]["breaches"]
        assert sorted(row["name"] for row in tables["open"]) == oracle["lists"]["open"]
        assert sorted(row["name"] for row in tables["repeats"]) == oracle["lists"]["repeats"]


@pytest.mark.parametrize("branch", [None, "区域1"])
@pytest.mark.parametrize("seed", range(3))
def test_every_figure_and_table_is_what_a_slow_count_says(app, seed, branch):
    seed += 3 * (branch is not None)
    world, month, as_of = a_world(seed)
    scope = scope_of(str(month), as_of, branch=branch)
    oracle = Oracle(world, "Asia/Shanghai", days_of(month), as_of, branch)
    compare(world, as_json.document(make("callbacks", scope)), oracle.callbacks())
    for name in ("complaints", "repairs"):
        compare(world, as_json.document(make(name, scope)), oracle.cases(name))


def test_a_warranty_lasts_as_long_as_was_set_on_its_first_day(app):
    _, month, _ = a_world(3)
    as_of = month.ends_at
    before = make("repairs", Scope(month, as_of))
    settings.change("warranty.general_months", 1, since=date(1990, 1, 1), by=None, at=as_of)
    settings.change("warranty.general_months", 24, since=clock.add_months(month.first, -26), by=None, at=as_of)
    after = make("repairs", Scope(month, as_of))
    key = "failure_rate"
    was, now = (next(line.now for line in report.lines if line.figure.key == key) for report in (before, after))
    assert was == now
    later = as_of + timedelta(minutes=1)
    settings.change("warranty.general_months", 0, since=clock.add_months(month.first, -26), by=None, at=later)
    shorter = next(line.now for line in make("repairs", Scope(month, as_of)).lines if line.figure.key == key)
    assert shorter.denominator < was.denominator


@pytest.mark.parametrize(("seed", "zone_name"), [(20, "Europe/Berlin"), (23, "America/New_York")])
def test_days_and_months_are_the_firm_s_even_where_clocks_are_put_back(app, zone, seed, zone_name):
    zone(zone_name)
    world, month, as_of = a_world(seed)
    oracle = Oracle(world, zone_name, days_of(month), as_of)
    scope = scope_of(str(month), as_of)
    compare(world, as_json.document(make("callbacks", scope)), oracle.callbacks())
    compare(world, as_json.document(make("repairs", scope)), oracle.cases("repairs"))


@pytest.mark.parametrize(
    ("text", "zone_name"),
    [
        ("2026-11-21", "Asia/Shanghai"), ("2026-W53", "Asia/Shanghai"), ("2024", "Asia/Shanghai"),
        ("2024-02-10..2024-02-29", "Asia/Shanghai"), ("2026-10-25", "Europe/Berlin"), ("2026-W13", "Europe/Berlin"),
        ("2026", "America/New_York"), ("2026-10-20..2027-04-02", "Europe/Berlin"),
    ],
)  # fmt: skip
def test_days_weeks_years_and_ranges_are_counted_like_months_but_for_the_quota(app, zone, text, zone_name):
    zone(zone_name)
    world, period, as_of = a_world(len(text) + len(zone_name), text)
    oracle = Oracle(world, zone_name, days_of(period), as_of)
    scope = scope_of(text, as_of)
    compare(world, as_json.document(make("callbacks", scope)), oracle.callbacks(with_sites=False))
    for name in ("complaints", "repairs"):
        compare(world, as_json.document(make(name, scope)), oracle.cases(name))


@pytest.mark.parametrize("name", ["complaints", "repairs"])
def test_a_department_s_report_counts_what_was_handed_to_it_in_any_branch(app, name):
    world, month, as_of = a_world(31)
    oracle = Oracle(world, "Asia/Shanghai", days_of(month), as_of, None, "工程部")
    compare(world, as_json.document(make(name, scope_of(str(month), as_of, department="工程部"))), oracle.cases(name))


@pytest.mark.parametrize("text", ["2026-02", "2026-W53"])
@pytest.mark.parametrize("name", list(FIGURES))
def test_the_rows_behind_a_figure_are_as_many_as_it_says(app, name, text):
    _, period, as_of = a_world(42, text)
    scope = Scope(period, as_of)
    report = make(name, scope)
    whole = {line.figure.key: line.now for line in report.lines}
    for figure in figures_of(name, period.kind):
        assert size(figure, whole) in (None, counted(drilldown.ids(figure, scope)))
        if isinstance(whole[figure.key], Rate):
            assert counted(drilldown.counted_ids(figure, scope)) == whole[figure.key].numerator
    for table in report.tables:
        for row in (*table.rows[:1], *table.rows[-1:]):
            for figure in table.figures:
                ids = drilldown.ids(figure, scope, by=table.by, of=row.key)
                assert size(figure, row.values) in (None, counted(ids)), (figure.key, row.name)


@pytest.mark.parametrize("name", list(FIGURES))
def test_tables_add_up_to_the_figures(app, name):
    _, month, as_of = a_world(13)
    report = make(name, Scope(month, as_of))
    whole = {line.figure.key: line.now for line in report.lines}
    for table in report.tables:
        for figure in table.figures:
            parts = [row.values[figure.key] for row in table.rows]
            match figure.form:
                case Form.COUNT:
                    assert sum(parts) == whole[figure.key]
                case Form.RATE:
                    assert sum(part.numerator for part in parts) == whole[figure.key].numerator
                    assert sum(part.denominator for part in parts) == whole[figure.key].denominator
                case Form.RATINGS:
                    for level, count in whole[figure.key].by_level.items():
                        assert sum(part.by_level[level] for part in parts) == count
                case Form.MONEY:
                    assert sum(part.total for part in parts) == whole[figure.key].total


def size(figure: Figure, values: Mapping[str, Value]) -> int | None:
    """How many rows a figure says it is made of; money doesn't say."""
    match values[figure.key]:
        case int(count):
            return count
        case Rate() as rate:
            return rate.denominator
        case Ratings() as ratings:
            return sum(ratings.by_level.values())
        case Minutes():
            return values["closed_rate"].numerator
    return None


def counted(query: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
