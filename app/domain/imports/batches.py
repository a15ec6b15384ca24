"""An uploaded file between its preview and its application: kept under its hash, applied once."""

import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from app.domain.accounts.models import Person
from app.domain.core.enums import N_
from app.domain.core.errors import Conflict, Refused
from app.domain.core.text import clean
from app.domain.imports import engine
from app.domain.imports.engine import Plan
from app.domain.imports.models import ImportBatch
from app.domain.imports.reader import sheets
from app.domain.imports.reader.columns import Table
from app.domain.jobs.progress import Progress
from app.extensions import db

MOST_ON_A_PAGE = 30_000
"""Rows that are read within about a second, for that long the upload waits; more go through the command."""
AT_ONCE = 200
"""Rows that are judged and written while the page waits for them; more are a job with its progress on a page."""
LATEST = 20
APPLIED = N_("这个文件已经导入过了，没有再导一次。")


class Outdated(Conflict):
    """The file would do something else than was agreed to: `plan` is what it would do now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(N_("预览之后数据有变化，什么都没有写入。请重新看一遍再导入。"))
        self.plan = plan


def keep(
    code: str, filename: str, content: bytes, folder: Path, *, by: Person, at: datetime, create: bool, encoding: str
) -> ImportBatch:
    """Keep an uploaded file to be looked at. Refused when it can't be read as a table of this kind, or is too long."""
    table = engine.read(code, content, encoding or None)
    if len(table.lines) > MOST_ON_A_PAGE:
        raise Refused(N_("超过 %(most)s 行，请拆成几个文件，或请管理员用命令导入。"), field="file", most=MOST_ON_A_PAGE)
    sha256 = sheets.digest(content)
    _write(folder / sha256, content)
    batch = ImportBatch(
        kind=code,
        filename=clean(Path(filename).name[-200:], 200),
        sha256=sha256,
        create_missing=create,
        uploaded_by_id=by.id,
        uploaded_at=at,
        counts={"encoding": encoding, "rows": len(table.lines)},
    )
    db.session.add(batch)
    db.session.flush()
    return batch


def latest() -> list[ImportBatch]:
    """The files uploaded last, the newest first."""
    query = select(ImportBatch).order_by(ImportBatch.id.desc()).limit(LATEST)
    return list(db.session.scalars(query))


def is_long(batch: ImportBatch) -> bool:
    """Whether a page should not be kept waiting for it."""
    return bool(batch.counts.get("rows", 0) > AT_ONCE)


def table_of(batch: ImportBatch, folder: Path) -> Table:
    """The file's columns, matched. Refused when the file is gone."""
    return engine.read(batch.kind, _content(batch, folder), batch.counts.get("encoding") or None)


def judge(
    batch: ImportBatch, folder: Path, *, by: Person | None, at: datetime, progress: Progress | None = None
) -> Plan:
    """What the file would do now. Nothing is written."""
    return engine.judge(
        batch.kind,
        _content(batch, folder),
        by=by,
        at=at,
        create=batch.create_missing,
        source=batch.filename,
        encoding=batch.counts.get("encoding") or None,
        progress=progress,
    )


def refuse_applied(batch: ImportBatch) -> None:
    """Conflict when the file was applied already."""
    if batch.applied_at is not None:
        raise Conflict(APPLIED)


def apply(
    batch: ImportBatch,
    folder: Path,
    *,
    seen: str,
    by: Person | None,
    at: datetime,
    progress: Progress | None = None,
) -> Plan:
    """Judge the file again and apply it, once. `seen` is the digest of the preview that was agreed to.

    Conflict when it was applied already; Outdated when it would do something else by now. Refused when a row is
    rejected, Cancelled when `progress` says so. Nothing was written then, provided that the caller rolls back.
    """
    claimed: Any = db.session.execute(
        update(ImportBatch)
        .where(ImportBatch.id == batch.id, ImportBatch.applied_at.is_(None))
        .values(applied_at=at)
        .execution_options(synchronize_session=False)
    )
    if claimed.rowcount != 1:
        raise Conflict(APPLIED)
    db.session.refresh(batch)
    plan = judge(batch, folder, by=by, at=at, progress=progress)
    if plan.digest() != seen:
        raise Outdated(plan)
    batch.counts = {**batch.counts, **plan.counts(), "warnings": len(plan.work.warnings), "made": len(plan.work.made)}
    engine.apply(plan)
    return plan


def _content(batch: ImportBatch, folder: Path) -> bytes:
    try:
        return (folder / batch.sha256).read_bytes()
    except OSError:
        raise Refused(N_("上传的文件已经不在了，请重新上传。")) from None


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: a second upload of the same file finds it there."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    Path(name).replace(path)
