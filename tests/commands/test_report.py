"""`flask report`: files for any scope, and refusals in one line."""

import json
from datetime import UTC, datetime

import openpyxl
import pytest

from app.domain.accounts.models import Branch
from app.domain.plans.enums import CaseKind
from app.domain.reports.report import TITLES
from tests.factories import a_branch, a_case, a_department, a_project

KEYS = {
    "callbacks": "callbacks_due callbacks_done completion_rate timely_rate effective_callbacks projects_in_progress "
    "quota_met_rate satisfied_rate ratings truthful_rate dissatisfied_solved_rate",
    "complaints": "handover_in_time_rate signed_in_time_rate on_site_in_time_rate solution_in_time_rate closed_rate "
    "mean_minutes_to_close median_minutes_to_close first_response_24h_rate complaints_received complaints_judged "
    "validity_rate verified_in_time_rate judged_in_time_rate dealt_with_24h_rate",
    "repairs": "handover_in_time_rate signed_in_time_rate on_site_in_time_rate solution_in_time_rate closed_rate "
    "mean_minutes_to_close median_minutes_to_close first_response_24h_rate repairs_received repairs_in_warranty "
    "contacted_in_time_rate team_contacted_in_time_rate resolved_48h_rate repeat_rate failure_rate cost_by_payer",
}
TABLES = {
    "callbacks": "by_stage by_agent by_project_manager by_branch",
    "complaints": "by_category by_responsibility by_department by_project_manager by_branch breaches open repeats",
    "repairs": "by_category by_responsibility by_department by_project_manager by_branch breaches open repeats",
}


@pytest.fixture
def east(app, freeze) -> Branch:
    freeze("2026-12-02 09:00")
    branch = a_branch("城东")
    received = datetime(2026, 11, 3, 4, 0, tzinfo=UTC)
    works = a_department("工程部", branch)
    a_case(CaseKind.COMPLAINT, project=a_project(branch=branch), received_at=received, department_id=works.id)
    a_case(CaseKind.COMPLAINT, received_at=received)
    return branch


def report(cli, tmp_path, name: str, *more: str, form: str = "json"):
    out = tmp_path / f"{name}.{form}"
    result = cli.invoke(args=["report", name, "--period", "2026-11", "--format", form, "--out", str(out), *more])
    return result, out


@pytest.mark.parametrize("name", list(TITLES))
def test_the_json_of_an_empty_firm_has_every_key(app, freeze, cli, tmp_path, name):
    freeze("2026-12-02 09:00")
    result, out = report(cli, tmp_path, name)
    assert (result.exit_code, result.output) == (0, "")
    told = json.loads(out.read_text())
    assert list(told) == [
        "report", "period", "branch", "department", "closed", "revision", "generated_at", "figures", "tables",
    ]  # fmt: skip
    assert set(told["figures"]) == set(KEYS[name].split())
    assert set(told["tables"]) == set(TABLES[name].split())
    assert told["generated_at"] == "2026-12-02T09:00:00+08:00"
    rates = [value for key, value in told["figures"].items() if key.endswith("_rate")]
    assert all(rate == {"numerator": 0, "denominator": 0, "percent": None} for rate in rates)


def test_branch_and_department_narrow_the_report(east, cli, tmp_path):
    result, out = report(cli, tmp_path, "complaints")
    assert result.exit_code == 0
    assert json.loads(out.read_text())["figures"]["complaints_received"] == 2
    result, out = report(cli, tmp_path, "complaints", "--branch", "城东", "--department", "工程部")
    told = json.loads(out.read_text())
    assert (told["branch"], told["department"], told["figures"]["complaints_received"]) == ("城东", "工程部", 1)
    assert [row["age_days"] for row in told["tables"]["open"]] == [29]


def test_the_workbook_holds_the_same_figures(east, cli, tmp_path):
    result, out = report(cli, tmp_path, "complaints", form="xlsx")
    assert result.exit_code == 0
    book = openpyxl.load_workbook(out)
    rows = {row[0]: row[1] for row in book["指标"].iter_rows(min_row=8, values_only=True)}
    assert rows["受理投诉"] == 2
    assert book["未办结"].max_row == 3


def test_the_pdf_needs_neither_administrator_nor_firm_s_name(east, cli, tmp_path):
    result, out = report(cli, tmp_path, "complaints", form="pdf")
    assert (result.exit_code, result.output) == (0, "")
    assert out.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("complaints", ("--branch", "没有")),
        ("complaints", ("--department", "没有")),
        ("callbacks", ("--department", "工程部")),
        ("callbacks", ("--period", "2026-13")),
        ("callbacks", ("--period", "2027-01")),
    ],
)
def test_a_refusal_is_one_line_and_ends_with_1(east, cli, tmp_path, name, more):
    result, out = report(cli, tmp_path, name, *more)
    assert result.exit_code == 1
    assert len(result.output.splitlines()) == 1
    assert not out.exists()


@pytest.mark.parametrize("args", [["weekly"], ["callbacks", "--format", "csv"], ["callbacks"]])
def test_wrong_usage_ends_with_2(app, cli, args):
    assert cli.invoke(args=["report", *args]).exit_code == 2


def test_a_place_that_cannot_be_written_to_is_said_in_one_line(east, cli, tmp_path):
    out = tmp_path / "missing" / "report.json"
    result = cli.invoke(args=["report", "complaints", "--period", "2026-11", "--format", "json", "--out", str(out)])
    assert result.exit_code == 1
    assert str(out) in result.stderr
    assert result.stderr.count("\n") == 1
