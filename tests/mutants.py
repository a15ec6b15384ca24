"""Break the rules of who sees and does what, one condition at a time, and see whether a test notices.

    .venv/bin/python -m tests.mutants [--jobs 2] [app/domain/access.py …]

Each mutant lives in a copy of the tree: a `.where`, a condition, a role or an early return is taken out, or a
comparison turned round. The tests of that rule run first, then the walk of tests/visibility. What survives is printed:
a rule without a test, or one that says nothing. It takes an hour and more, so CI doesn't run it.
"""

import argparse
import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from typing import Final

ROOT: Final = Path(__file__).parent.parent
WHOLE: Final = (
    "app/domain/access.py",
    "app/domain/accounts/roles.py",
    "app/domain/accounts/scope.py",
    "app/domain/cases/acting.py",
    "app/domain/cases/actions.py",
    "app/domain/privacy.py",
)
"""Files of which every line is about who sees or does what."""
IN_PART: Final = (
    "app/domain/callbacks/queries.py",
    "app/domain/cases/handoffs/queries.py",
    "app/domain/cases/queries.py",
    "app/domain/day/late.py",
    "app/domain/day/overview.py",
    "app/domain/day/team.py",
    "app/domain/day/work.py",
    "app/domain/followup/absence.py",
    "app/domain/followup/queries.py",
    "app/domain/reports/scope.py",
    "app/domain/search/find.py",
    "app/domain/timeline/story.py",
)
"""Files of which only the lines that speak of a reader are."""
OF_A_READER: Final = re.compile(
    r"in_branch|reaches|beyond_reach|sees_branch|visible|seen|scope|handed_to|person|reader|by\b"
)
FIRST: Final = (
    "tests/domain/accounts",
    "tests/domain/test_access.py",
    "tests/domain/test_reach.py",
    "tests/domain/test_privacy.py",
    "tests/domain/followup",
    "tests/test_permissions.py",
    "tests/domain/cases",
    "tests/blueprints/handoffs",
    "tests/blueprints/callbacks",
    "tests/blueprints/day",
    "tests/blueprints/cases",
    "tests/domain/search",
    "tests/domain/timeline",
)
LAST: Final = ("tests/visibility",)
OPPOSITES: Final = {
    ast.Eq: "!=", ast.NotEq: "==", ast.In: "not in", ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is",
    ast.Lt: ">=", ast.GtE: "<", ast.Gt: "<=", ast.LtE: ">",
}  # fmt: skip
DROPPED_FROM: Final = ("where", "has", "and_", "or_", "union", "in_")
"""Calls that are broken by leaving an argument out."""


@dataclass(frozen=True)
class Mutant:
    """One change of a file: what stands from `start` to `end`, in bytes, becomes `text`."""

    path: str
    line: int
    start: int
    end: int
    text: str
    before: str

    def applied_to(self, source: bytes) -> bytes:
        return source[: self.start] + self.text.encode() + source[self.end :]

    def __str__(self) -> str:
        short = " ".join(self.before.split())
        return f"{self.path}:{self.line}: {short[:90]} → {' '.join(self.text.split())[:60] or 'nothing'}"


class Source:
    """A file with the places of its nodes."""

    def __init__(self, path: str) -> None:
        self.path, self.bytes = path, (ROOT / path).read_bytes()
        self.starts = [0]
        for line in self.bytes.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self.starts[node.lineno - 1] + node.col_offset, self.starts[node.end_lineno - 1] + node.end_col_offset

    def text(self, node: ast.expr | ast.stmt) -> str:
        start, end = self.span(node)
        return self.bytes[start:end].decode()

    def mutant(self, node: ast.expr | ast.stmt, text: str, told: ast.expr | ast.stmt | None = None) -> Mutant:
        return Mutant(self.path, (told or node).lineno, *self.span(node), text, self.text(told or node))

    def mutants(self) -> Iterator[Mutant]:
        for node in ast.walk(ast.parse(self.bytes)):
            match node:
                case ast.Call():
                    yield from self._fewer_arguments(node)
                case ast.BoolOp():
                    yield from self._fewer_operands(node)
                case ast.Compare(ops=[operator]) if type(operator) in OPPOSITES:
                    left, right = self.text(node.left), self.text(node.comparators[0])
                    yield self.mutant(node, f"({left} {OPPOSITES[type(operator)]} {right})")
                case ast.If(body=[ast.Return()], orelse=[]):
                    yield self.mutant(node, "pass")
                case ast.Tuple(elts=[_, _, *_], ctx=ast.Load()):
                    yield from self._fewer_roles(node)
                case ast.IfExp():
                    yield self.mutant(node, f"({self.text(node.orelse)})")
                    yield self.mutant(node, f"({self.text(node.body)})")

    def _fewer_arguments(self, call: ast.Call) -> Iterator[Mutant]:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name not in DROPPED_FROM:
            return
        if len(call.args) == 1 and name == "where" and isinstance(call.func, ast.Attribute):
            yield self.mutant(call, self.text(call.func.value), call.args[0])
        for dropped in call.args if len(call.args) > 1 else ():
            others = ", ".join(self.text(one) for one in call.args if one is not dropped)
            yield self.mutant(call, f"{self.text(call.func)}({others})", dropped)

    def _fewer_operands(self, node: ast.BoolOp) -> Iterator[Mutant]:
        word = " and " if isinstance(node.op, ast.And) else " or "
        for dropped in node.values:
            others = word.join(self.text(one) for one in node.values if one is not dropped)
            yield self.mutant(node, f"({others})", dropped)

    def _fewer_roles(self, node: ast.Tuple) -> Iterator[Mutant]:
        for dropped in node.elts:
            if isinstance(dropped, ast.Starred) or self.text(dropped).startswith(
                ("Role.", "CaseState.", "HandoffState.")
            ):
                others = "".join(f"{self.text(one)}, " for one in node.elts if one is not dropped)
                yield self.mutant(node, f"({others})", dropped)


def all_mutants(paths: list[str]) -> list[Mutant]:
    """The mutants of the files, the same change once, by place."""
    found: dict[tuple[str, int, int, str], Mutant] = {}
    for path in paths:
        for one in Source(path).mutants():
            if path in WHOLE or OF_A_READER.search(one.before):
                found.setdefault((path, one.start, one.end, one.text), one)
    return sorted(found.values(), key=lambda one: (one.path, one.start, one.end))


def is_noticed(mutant: Mutant, tree: Path) -> bool:
    """Whether a test fails, or the file can't even be read, with the mutant in the tree."""
    file = tree / mutant.path
    original = file.read_bytes()
    file.write_bytes(mutant.applied_to(original))
    try:
        return not (passes(tree, *FIRST) and passes(tree, *LAST))
    finally:
        file.write_bytes(original)


def passes(tree: Path, *tests: str) -> bool:
    alone = ("-q", "-x", "-n0", "--ground", "sqlite", "-p", "no:cacheprovider")
    command = [".venv/bin/python", "-m", "pytest", *alone, *tests]
    there = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, check=False, cwd=tree, env=there, capture_output=True, timeout=1200).returncode == 0


def copy_of_tree(folder: Path) -> Path:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    (folder / ".venv").symlink_to((ROOT / ".venv").resolve())
    return folder


def main() -> int:
    """Print the survivors; how many there are is the exit's code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", default=[*WHOLE, *IN_PART])
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--list", action="store_true", help="only say which mutants there are")
    asked = parser.parse_args()
    mutants = all_mutants(asked.paths)
    if asked.list:
        print(*mutants, sep="\n")
        return 0
    trees: Queue[Path] = Queue()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(asked.jobs) as pool:
        for ordinal in range(asked.jobs):
            trees.put(copy_of_tree(Path(folder) / str(ordinal)))

        def survives(mutant: Mutant) -> bool:
            tree = trees.get()
            try:
                return not is_noticed(mutant, tree)
            finally:
                trees.put(tree)

        survivors = 0
        for mutant, alive in zip(mutants, pool.map(survives, mutants), strict=True):
            survivors += alive
            if alive:
                print(f"survives: {mutant}", flush=True)
    print(f"{len(mutants)} mutants, {survivors} survive")
    return min(survivors, 100)


if __name__ == "__main__":
    sys.exit(main())
