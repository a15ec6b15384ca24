"""The two databases the suite runs on: a template migrated once a run, and copies of it."""

import hashlib
import os
import shutil
import tempfile
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from sqlalchemy import make_url

from tests.support import postgres
from tests.support.once import ROOT, CannotRun, flask, made_once

NAMES = ("sqlite", "postgresql")
_numbers = count(1)


@dataclass(frozen=True)
class Ground:
    """A kind of database. `folder` belongs to the whole run, `worker` is one of its processes."""

    name: str
    folder: Path
    worker: str

    def copy(self) -> str:
        """The address of a fresh database, migrated, with the shipped data and nothing else."""
        made_once(self.folder, f"template-{self.name}", self._make_template)
        name = f"{self.worker}_{next(_numbers)}"
        if self.name == "postgresql":
            return postgres.copy(self.folder / "cluster", name, "template")
        path = self.folder / f"{name}.db"
        shutil.copyfile(self.folder / "template.db", path)
        return f"sqlite:///{path}"

    def drop(self, address: str) -> None:
        """Remove a copy."""
        if self.name == "postgresql":
            postgres.drop(self.folder / "cluster", str(make_url(address).database))
            return
        for path in self.folder.glob(Path(address.removeprefix("sqlite:///")).name + "*"):
            path.unlink(missing_ok=True)

    def _make_template(self) -> str:
        if self.name == "postgresql":
            postgres.start(self.folder)
            address = postgres.copy(self.folder / "cluster", "template", "template0")
            flask("db", "upgrade", database=address, instance=self.folder)
            return address
        template, kept = self.folder / "template.db", kept_template()
        if kept.exists():
            shutil.copyfile(kept, template)
        else:
            flask("db", "upgrade", database=f"sqlite:///{template}", instance=self.folder)
            fresh = kept.with_suffix(f".{os.getpid()}")
            shutil.copyfile(template, fresh)
            fresh.replace(kept)
        return str(template)


def kept_template() -> Path:
    """Where the SQLite template of just these migrations is kept between runs; those of last week are removed."""
    contents = hashlib.sha256()
    for path in sorted((ROOT / "migrations").rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            contents.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    folder = Path(tempfile.gettempdir(), f"callbacks-templates-{os.getuid()}")
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise CannotRun(f"{folder} belongs to somebody else. Set TMPDIR.")
    for path in folder.iterdir():
        if path.stat().st_mtime < time.time() - 7 * 24 * 3600:
            path.unlink(missing_ok=True)
    return folder / f"{contents.hexdigest()[:20]}.db"
