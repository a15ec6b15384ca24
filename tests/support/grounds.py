"""The two databases the suite runs on: a template migrated once a run, and copies of it."""

import shutil
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from sqlalchemy import make_url

from tests.support import postgres
from tests.support.once import flask, made_once

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
        else:
            address = f"sqlite:///{self.folder / 'template.db'}"
        flask("db", "upgrade", database=address, instance=self.folder)
        return address
