"""flask import: what it prints and how it ends."""

import json

from app.domain.customers.models import Customer
from tests.domain.imports.books import everything, how_many, rows

K1 = {"客户编号": "K1", "姓名": "王建国", "手机": "13800000001", "区域": "城东", "颜色": "红"}
KEYS = {"added", "updated", "unchanged", "rejected", "warnings", "errors", "unknown_columns"}


def run(cli, tmp_path, content, *options, kind="customers"):
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(content)
    return cli.invoke(args=["import", kind, str(path), *options])


def test_json_has_counts_errors_and_unknown_columns(cli, tmp_path):
    result = run(cli, tmp_path, rows(K1), "--json", "--create")
    outcome = json.loads(result.stdout)
    assert result.exit_code == 0
    assert outcome.keys() == KEYS
    assert [outcome[name] for name in ("added", "updated", "unchanged", "rejected")] == [1, 0, 0, 0]
    assert outcome["unknown_columns"] == ["颜色"]
    assert json.loads(run(cli, tmp_path, rows(K1), "--json").stdout)["unchanged"] == 1


def test_a_rejected_row_ends_with_1_and_writes_nothing(cli, tmp_path):
    result = run(cli, tmp_path, rows(K1), "--json")
    outcome = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (outcome["rejected"], outcome["added"]) == (1, 0)
    assert [(error["row"], error["column"]) for error in outcome["errors"]] == [(2, "区域")]
    assert how_many(Customer) == 0
    plain = run(cli, tmp_path, rows(K1))
    assert plain.exit_code == 1
    assert "第 2 行 区域" in plain.stderr


def test_a_dry_run_writes_nothing(cli, tmp_path):
    before = everything()
    result = run(cli, tmp_path, rows(K1), "--dry-run", "--create")
    assert result.exit_code == 0
    assert "新增 1" in result.stdout
    assert everything() == before


def test_a_wrong_file_is_one_line_and_no_traceback(cli, tmp_path):
    for content in (b"%PDF-1.7", b"", b"PK\x03\x04broken", b"\0" * 5000):
        result = run(cli, tmp_path, content)
        assert result.exit_code == 1
        assert len(result.stderr.strip().splitlines()) == 1
        assert "Traceback" not in result.output
        assert json.loads(run(cli, tmp_path, content, "--json").stdout)["errors"][0]["row"] is None


def test_wrong_usage_ends_with_2(cli, tmp_path):
    assert run(cli, tmp_path, rows(K1), kind="nonsense").exit_code == 2
    assert cli.invoke(args=["import", "customers", str(tmp_path / "none.xlsx")]).exit_code == 2
    assert cli.invoke(args=["import", "customers"]).exit_code == 2
