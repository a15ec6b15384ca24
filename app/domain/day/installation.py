"""How this installation stands: does the timer run, is there room, which database, the last import."""

import shutil
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import func, select, text

from app.domain.accounts.models import Account
from app.domain.callbacks.generation import generate
from app.domain.imports.models import ImportBatch
from app.extensions import db

LATE_AFTER: Final = timedelta(minutes=10)
"""The timer runs each minute."""

LITTLE_ROOM: Final = 2 * 1024**3


@dataclass(frozen=True)
class Installation:
    """Sizes in bytes; `ticked_at` None: the timer never ran."""

    accounts: int
    ticked_at: datetime | None
    is_late: bool
    imported: ImportBatch | None
    database: str
    database_size: int
    room: int

    @property
    def has_little_room(self) -> bool:
        return self.room < LITTLE_ROOM


def stand(folder: Path, at: datetime) -> Installation:
    """The installation at the instant `at`. `folder` is on the disk whose free room counts."""
    latest = select(ImportBatch).where(ImportBatch.applied_at.is_not(None)).order_by(ImportBatch.applied_at.desc())
    ticked_at = generate.last_run()
    return Installation(
        accounts=db.session.scalar(select(func.count(Account.id)).where(Account.disabled_at.is_(None))) or 0,
        ticked_at=ticked_at,
        is_late=ticked_at is None or ticked_at < at - LATE_AFTER,
        imported=db.session.scalars(latest.limit(1)).first(),
        database=_database(),
        database_size=_size(),
        room=shutil.disk_usage(_existing(folder)).free,
    )


def _database() -> str:
    if db.engine.dialect.name == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    return f"PostgreSQL {'.'.join(map(str, db.engine.dialect.server_version_info or ()))}"


def _size() -> int:
    in_bytes = {
        "sqlite": text("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"),
        "postgresql": text("SELECT pg_database_size(current_database())"),
    }
    return int(db.session.scalar(in_bytes[db.engine.dialect.name]) or 0)


def _existing(folder: Path) -> Path:
    """The folder, or the one above that is there already: photos make theirs with the first one."""
    return next(one for one in (folder, *folder.parents) if one.exists())
