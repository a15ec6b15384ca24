"""The benchmark runs from end to end, on a firm too small to say anything about speed: no aim is asserted."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.support.once import ROOT

pytestmark = pytest.mark.sqlite  # on PostgreSQL it makes databases beside the one it is given


@pytest.fixture
def folder():
    """A folder with a short name: Chromium's socket lies below it, and a socket's path has 107 letters at most."""
    with TemporaryDirectory(prefix="bench-") as name:
        yield Path(name)


def test_the_benchmark_measures_every_kind_of_page_and_says_of_each_aim_whether_it_is_met(folder):
    table = folder / "table.md"
    environment = os.environ | {"TMPDIR": str(folder), "WEB_WORKERS": "1"}
    asked = ["--quick", "--sizes", "24", "--requests", "2", "--out", str(table)]
    ended = subprocess.run(
        [sys.executable, "-m", "benchmarks", *asked],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=170, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    said = table.read_text(encoding="utf-8")
    rows = {line.split(" | ")[0].removeprefix("| ") for line in said.splitlines() if line.startswith("| ")}
    assert rows >= {
        "Customers", "Cases, open", "Callbacks to make", "A customer", "A project", "A case", "My day: agent",
        "My day: lead", "My day: pm", "Month: callbacks", "Month: complaints", "Month: repairs",
        "Search: last four digits", "Search: two letters of a name", "Search: initials", "Save a call",
        "the product's PDF maker", "headless Chromium", "flask report, figures and all",
    }  # fmt: skip
    assert " × |" in said
    assert "met: " in said
    assert list(folder.glob("callbacks-bench-run-*")) == []
