"""The product's commands as a firm types them."""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.acceptance import ledgers
from tests.acceptance.comparing import differences
from tests.acceptance.oracle import Ledgers
from tests.acceptance.workbooks import write

Row = dict[str, Any]
Scope = tuple[str, str | None, str | None]
"""A month, a branch, a department."""

KINDS = ("people", "customers", "projects", "callbacks", "cases")
REPORTS = ("callbacks", "complaints", "repairs")


class Firm:
    """The commands as a firm types them, at the moment of the import."""

    def __init__(self, cli: Any, folder: Path, seed: int, size: int) -> None:
        self.cli, self.folder = cli, folder
        self.sheets = ledgers.sheets(seed, size)
        self.count = 0

    def bring(self, kind: str, *options: str, code: int = 0) -> Row:
        """`flask import KIND FILE --json` of that ledger as it now stands."""
        self.count += 1
        file = write(self.folder / f"{kind}-{self.count}.xlsx", kind, self.sheets[kind], self.count)
        result = self.cli.invoke(args=["import", kind, str(file), "--json", *options])
        outcome: Row = json.loads(result.stdout)
        assert result.exit_code == code, (result.exit_code, outcome["errors"], result.exception)
        return outcome

    def bring_all(self) -> None:
        """Import all five into an empty firm."""
        for kind in KINDS:
            assert self.bring(kind, "--create")["added"] == len(self.sheets[kind])

    def correct(self, kind: str, corrections: dict[str, Row]) -> None:
        """Change rows of a ledger by their number and import it again."""
        number = {"callbacks": "回访编号", "cases": "工单编号"}[kind]
        self.sheets[kind] = [row | corrections.get(row[number], {}) for row in self.sheets[kind]]
        assert self.bring(kind)["updated"] == len(corrections)

    def report(self, name: str, period: str, branch: str | None = None, department: str | None = None) -> Row:
        """`flask report NAME --period P …`, read back."""
        out = self.folder / "report.json"
        args = ["report", name, "--period", period, "--format", "json", "--out", str(out)]
        args += [part for option, value in (("--branch", branch), ("--department", department)) if value
                 for part in (option, value)]  # fmt: skip
        result = self.cli.invoke(args=args)
        assert result.exit_code == 0, (result.output, result.exception)
        document: Row = json.loads(out.read_text())
        return document

    def differences(self, scopes: Iterable[Scope], made_at: datetime = ledgers.NOW) -> list[str]:
        """Everything in which the reports of these months, branches and departments are not the oracle's."""
        oracle = Ledgers(self.sheets, ledgers.NOW.date(), made_at)
        return [
            line
            for period, branch, department in scopes
            for name in REPORTS
            if not (department and name == "callbacks")
            for line in differences(
                self.report(name, period, branch, department), *oracle.report(name, period, branch, department)
            )
        ]
