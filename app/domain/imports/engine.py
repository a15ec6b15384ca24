"""A file judged as a whole, and applied as a whole or not at all. A dry run is the judging alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from app.domain.accounts.models import Person
from app.domain.core.enums import N_
from app.domain.core.errors import DomainError, Refused
from app.domain.imports.context import ImportContext, Importer, RowChange
from app.domain.imports.kinds.callbacks import Callbacks
from app.domain.imports.kinds.cases import Cases
from app.domain.imports.kinds.customers import Customers
from app.domain.imports.kinds.people import People
from app.domain.imports.kinds.projects import Projects
from app.domain.imports.phases import JUDGING, READING
from app.domain.imports.problems import CellRefused, Problem
from app.domain.imports.reader import sheets
from app.domain.imports.reader.columns import Row, Table, find_table
from app.domain.jobs.progress import CLOSING, Progress
from app.extensions import db

KINDS: Final[dict[str, type[Importer]]] = {kind.code: kind for kind in (People, Customers, Projects, Callbacks, Cases)}


@dataclass
class Plan:
    """What a file would do, or what stands against it."""

    kind: Importer
    table: Table
    rows: list[Row]
    changes: list[RowChange]
    problems: list[Problem]

    @property
    def work(self) -> ImportContext:
        """Who imports, when, and what was warned of or made on the way."""
        return self.kind.work

    @property
    def rejected(self) -> int:
        """How many rows can't be taken."""
        return len({problem.row for problem in self.problems})

    def counts(self) -> dict[str, int]:
        """Rows by what becomes of them: added, updated, unchanged, rejected."""
        wrong = {problem.row for problem in self.problems}
        fine = [change for change in self.changes if change.row.number not in wrong]
        fates = Counter(_fate(change) for change in fine)
        return {name: fates[name] for name in ("added", "updated", "unchanged")} | {"rejected": len(wrong)}

    def digest(self) -> str:
        """What changes when the file would do something else than it would have done before."""
        said = [(change.row.number, _fate(change), sorted(change.shown.items())) for change in self.changes]
        return sheets.digest(repr((said, [(p.row, p.column, str(p)) for p in self.problems])).encode())


def _fate(change: RowChange) -> str:
    if change.is_new:
        return "added"
    return "unchanged" if change.is_unchanged else "updated"


def kind_named(code: str) -> type[Importer]:
    """The kind of file. Refused when there is none of that name."""
    if code not in KINDS:
        raise Refused(N_("没有这种导入：%(kind)s。可以导入：%(kinds)s。"), kind=code, kinds="、".join(KINDS))
    return KINDS[code]


def read(code: str, content: bytes, encoding: str | None = None) -> Table:
    """The file's header and lines, as the kind understands them. Refused as in sheets.read and columns.find_table."""
    return find_table(sheets.read(content, encoding), kind_named(code).all_columns())


def judge(
    code: str,
    content: bytes,
    *,
    by: Person | None,
    at: datetime,
    create: bool = False,
    source: str = "",
    encoding: str | None = None,
    progress: Progress | None = None,
) -> Plan:
    """What the file would do now. Nothing is written. Refused when it can't be read as a table of this kind.

    `create`: people, branches, departments, teams and categories that the file names are made.
    `progress` is told of both the judging and a later `apply`; Cancelled when it says so.
    """
    progress = progress or Progress()
    progress.reached(READING)
    table = read(code, content, encoding)
    kind = KINDS[code](ImportContext(at=at, by=by, create=create, source=source, progress=progress))
    rows = table.rows(kind.all_columns(), at)
    if not rows:
        raise Refused(N_("表头下面没有内容。"))
    with db.session.no_autoflush:
        whole = [row for row in rows if not row.problems]
        problems = [problem for row in rows for problem in row.problems]
        kind.load(whole)
        changes = []
        for row in progress.passing(JUDGING, whole):
            try:
                changes.append(kind.judge(row))
            except CellRefused as refused:
                problems.append(Problem(row.number, refused.column, refused.message, refused.params))
        problems += kind.finish(changes)
    return Plan(kind, table, rows, changes, sorted(problems, key=lambda problem: problem.row or 0))


def apply(plan: Plan) -> None:
    """Write what was judged, in the caller's transaction. Refused when a row was rejected: nothing is written then."""
    if plan.problems:
        raise Refused(N_("有 %(count)s 行没有通过，整个文件都没有导入。"), count=plan.rejected)
    effective = [change for change in plan.changes if not change.is_unchanged]
    if effective:
        db.session.add_all(plan.work.new)
        db.session.flush()
        with db.session.no_autoflush:
            plan.kind.write(effective)
        db.session.flush()
    plan.work.progress.reached(CLOSING)


def summary(plan: Plan, *, written: bool) -> dict[str, Any]:
    """The outcome as interfaces.md has it. Where rows were rejected and nothing was written, nothing is added."""
    counts = plan.counts()
    if written and plan.problems:
        counts |= {"added": 0, "updated": 0}
    return {
        **counts,
        "warnings": _listed(plan.work.warnings),
        "errors": _listed(plan.problems),
        "unknown_columns": plan.table.unknown,
    }


def refusal(refused: DomainError) -> dict[str, Any]:
    """The outcome of a file that could not be read at all."""
    counts = dict.fromkeys(("added", "updated", "unchanged", "rejected"), 0)
    said = [{"row": None, "column": None, "message": str(refused)}]
    return {**counts, "warnings": [], "errors": said, "unknown_columns": []}


def _listed(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    return [{"row": one.row, "column": one.column, "message": str(one)} for one in problems]
