"""Where the firms live: made once a day, kept in the temporary folder, and copied for each run."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import make_url

ROOT = Path(__file__).resolve().parents[1]
MADE_FROM = ("migrations", "app/domain/demo", "benchmarks/firm.py")
KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Firm:
    """A firm to measure. `address` is SQLAlchemy's, `environment` what its processes are started with."""

    customers: int
    password: str
    address: str
    environment: dict[str, str]


@contextmanager
def firm_of(customers: int) -> Iterator[Firm]:
    """A firm of so many customers, to be used up: a copy of the kept one, removed afterwards."""
    kept = _kept_folder() / str(customers)
    facts = kept / "facts.json"
    given = os.environ.get("DATABASE_URL", "")
    template = _beside(given, f"bench_{customers}") if given else f"sqlite:///{kept / 'callbacks.db'}"
    if not facts.exists() or (given and not _exists(template)):
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True)
        if given:
            _create(template)
        facts.write_text(json.dumps(_made(customers, template, kept)))
    folder = Path(tempfile.mkdtemp(prefix="callbacks-bench-run-"))
    address = _beside(given, f"bench_run_{os.getpid()}") if given else f"sqlite:///{folder / 'callbacks.db'}"
    try:
        if given:
            _create(address, template)
        else:
            _copy(kept / "callbacks.db", folder / "callbacks.db")
        made = json.loads(facts.read_text())
        yield Firm(made["customers"], made["password"], address, environment(address, folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if given:
            _drop(address)


def environment(address: str, folder: Path) -> dict[str, str]:
    """What a process of the product is started with to work on this database."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "PUBLIC_URL")}
    return kept | {"DATABASE_URL": address, "INSTANCE_DIR": str(folder), "LC_ALL": "C.UTF-8"}


def run_module(name: str, *arguments: str, within: dict[str, str]) -> str:
    """What a module of this folder prints, run in a process of its own; its failure ends the benchmark."""
    ended = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", *arguments],
        cwd=ROOT, env=within, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return ended.stdout.strip().splitlines()[-1]


def _made(customers: int, address: str, folder: Path) -> dict[str, Any]:
    print(f"Making a firm of {customers:,} customers …", file=sys.stderr)
    began = time.monotonic()
    made: dict[str, Any] = json.loads(run_module("firm", str(customers), within=environment(address, folder)))
    if address.startswith("sqlite"):
        with closing(sqlite3.connect(folder / "callbacks.db")) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    print(f"… in {time.monotonic() - began:.0f} s.", file=sys.stderr)
    return made


def _kept_folder() -> Path:
    """The folder of today's firms of just this code; others are removed a day after their last use."""
    contents = hashlib.sha256(os.environ.get("DATABASE_URL", "").encode())
    for name in MADE_FROM:
        paths = [ROOT / name] if (ROOT / name).is_file() else sorted((ROOT / name).rglob("*.*"))
        for path in paths:
            if path.suffix in (".py", ".toml"):
                contents.update(path.read_bytes())
    home = Path(tempfile.gettempdir(), f"callbacks-bench-{os.getuid()}")
    home.mkdir(mode=0o700, exist_ok=True)
    if home.stat().st_uid != os.getuid():
        raise SystemExit(f"{home} belongs to somebody else. Set TMPDIR.")
    today = home / f"{datetime.now(UTC).date()}-{contents.hexdigest()[:12]}"
    today.mkdir(exist_ok=True)
    os.utime(today)
    for path in home.iterdir():
        if path.stat().st_mtime < time.time() - KEPT_SECONDS:
            shutil.rmtree(path, ignore_errors=True)
    return today


def _copy(source: Path, target: Path) -> None:
    """A copy that shares its blocks with the original where the file system can."""
    subprocess.run(["cp", "--reflink=auto", str(source), str(target)], check=True)


def _beside(given: str, name: str) -> str:
    return make_url(given).set(database=name).render_as_string(hide_password=False)


def _exists(address: str) -> bool:
    with _maintenance() as connection:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        return connection.execute(query, (make_url(address).database,)).fetchone() is not None


def _create(address: str, template: str = "") -> None:
    _drop(address)
    name = sql.Identifier(str(make_url(address).database))
    source = sql.Identifier(str(make_url(template).database) if template else "template0")
    with _maintenance() as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE {}").format(name, source))


def _drop(address: str) -> None:
    with _maintenance() as connection:
        name = sql.Identifier(str(make_url(address).database))
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


def _maintenance() -> psycopg.Connection[Any]:
    url = make_url(os.environ["DATABASE_URL"]).set(drivername="postgresql")
    return psycopg.connect(url.render_as_string(hide_password=False), autocommit=True)
