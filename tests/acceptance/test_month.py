"""A firm's five ledgers through the real commands, and every figure of its months against the oracle."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, select

from app.extensions import db
from tests.acceptance import ledgers
from tests.acceptance.boundaries import at
from tests.acceptance.commands import KINDS, Firm, Row, Scope
from tests.acceptance.corrections import corrected

FIRMS = [(7, 20), *((seed, 120) for seed in range(int(os.environ.get("LEDGER_SWEEPS", "0"))))]
"""Seed and size of the ledgers; `LEDGER_SWEEPS=20` adds twenty larger firms."""


def all_scopes() -> Iterator[Scope]:
    """Each month of the firm, two of each branch, one of each department, and of a name that two branches have."""
    for period in ledgers.MONTHS:
        yield period, None, None
    for branch in ("城东", "城西"):
        yield "2024-02", branch, None
        yield "2024-03", branch, None
        yield "2024-02", branch, "工程部"
    for department in ("工程部", "材料部", "设计部", "客服部"):
        yield "2024-03", None, department


def everything() -> Row:
    """All rows of all tables."""
    tables = MetaData()
    tables.reflect(db.session.connection())
    return {table.name: sorted(map(repr, db.session.execute(select(table)))) for table in tables.tables.values()}


def changed_tables(before: Row) -> set[str]:
    """The tables that differ from what they were."""
    now = everything()
    return {name for name in now if now[name] != before[name]}


@pytest.mark.parametrize(("seed", "size"), FIRMS)
def test_every_figure_of_every_month(cli: Any, freeze: Any, tmp_path: Path, seed: int, size: int) -> None:
    freeze(ledgers.NOW)
    firm = Firm(cli, tmp_path, seed, size)
    firm.bring_all()
    found = firm.differences(all_scopes())
    assert not found, "\n".join([f"{len(found)} differences", *found])


@pytest.mark.parametrize(("seed", "size"), FIRMS)
def test_every_figure_follows_a_corrected_ledger(cli: Any, freeze: Any, tmp_path: Path, seed: int, size: int) -> None:
    freeze(ledgers.NOW)
    firm = Firm(cli, tmp_path, seed, size)
    firm.bring_all()
    firm.sheets = corrected(seed, firm.sheets)
    for kind in ("callbacks", "cases"):
        assert firm.bring(kind, "--create")["updated"] > len(firm.sheets[kind]) / 4
    found = firm.differences((period, None, None) for period in ledgers.MONTHS)
    assert not found, "\n".join([f"{len(found)} differences", *found])


def test_a_report_made_later_counts_what_was_broken_since(boundaries: Firm, freeze: Any) -> None:
    for later in (timedelta(minutes=1), timedelta(days=4)):
        freeze(ledgers.NOW + later)
        assert boundaries.differences([("2024-04", None, None)], ledgers.NOW + later) == []


def test_what_is_due_every_minute_changes_no_month_that_is_over(boundaries: Firm) -> None:
    assert boundaries.cli.invoke(args=["tick"]).exit_code == 0
    assert boundaries.differences((period, None, None) for period in ledgers.MONTHS[:-1]) == []


def test_importing_the_same_again_changes_nothing(boundaries: Firm) -> None:
    before = everything()
    for kind in KINDS:
        outcome = boundaries.bring(kind, "--create")
        count = len(boundaries.sheets[kind])
        assert (outcome["unchanged"], outcome["added"], outcome["updated"], outcome["rejected"]) == (count, 0, 0, 0)
    assert changed_tables(before) <= {"import_batches"}


def test_figures_follow_corrected_times(boundaries: Firm) -> None:
    corrections = {
        "GD-R01": {"上门时间": at("02-28 08:00"), "方案时间": at("02-29 10:30")},
        "GD-V01": {"上门时间": at("02-07 13:00"), "移交时间": at("02-05 13:59")},
        "GD-V03": {"受理时间": at("01-31 22:00")},
        "GD-R02": {
            "联系时间": at("02-29 09:00"),
            "上门时间": at("02-29 10:00"),
            "处理完成时间": at("03-02 09:01"),
        },
        "GD-V08": {"处理完成时间": at("03-10 09:30")},
        "GD-X01": {"撤销时间": at("03-05 12:01")},
        "GD-W02": {"受理时间": at("02-29 23:58")},
        "GD-K03": {"移交给": "设计部", "签收时间": at("03-15 15:01")},
        "GD-N02": {"核实时间": at("04-20 09:00")},
        "GD-V04": {"是否成立": "成立"},
    }
    boundaries.correct("cases", corrections)
    boundaries.correct("callbacks", {"HF-B02": {"回访时间": at("01-31 23:58")}, "HF-D2": {"满意度": "满意"}})
    found = boundaries.differences((period, branch, None) for period in ledgers.MONTHS for branch in (None, "城西"))
    assert not found, "\n".join([f"{len(found)} differences", *found])


def test_one_bad_row_keeps_the_whole_file_out(boundaries: Firm) -> None:
    boundaries.sheets["cases"] += [
        boundaries.sheets["cases"][0] | {"工单编号": "GD-NEW", "受理时间": at("03-15 10:00")},
        {"工单编号": "GD-BAD", "类型": "报修", "合同编号": "HT-B01", "内容": "漏水", "受理人": "ke1"}
        | {"受理时间": at("03-05 10:00"), "移交时间": at("03-05 09:59"), "移交给": "工程部"},
    ]
    before = everything()
    outcome = boundaries.bring("cases", "--create", code=1)
    assert outcome["rejected"] == 1
    assert [error["column"] for error in outcome["errors"]] == ["移交时间"]
    assert outcome["errors"][0]["row"] == len(boundaries.sheets["cases"]) + 3
    assert changed_tables(before) == set()


def test_a_dry_run_writes_nothing(firm: Firm) -> None:
    before = everything()
    for kind in ("people", "customers"):
        assert firm.bring(kind, "--dry-run", "--create")["added"] == len(firm.sheets[kind])
    assert changed_tables(before) == set()


def test_names_that_nobody_made_are_errors_without_create(firm: Firm) -> None:
    before = everything()
    outcome = firm.bring("people", code=1)
    assert outcome["rejected"] == len(ledgers.PEOPLE)
    assert {error["column"] for error in outcome["errors"]} <= {"区域", "部门"}
    assert changed_tables(before) == set()
