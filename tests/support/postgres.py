"""A throw-away PostgreSQL: one cluster a run, reached by a socket in the run's folder, never by a port."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tests.support.once import CannotRun

MISSING = (
    "PostgreSQL is not on this machine, and the suite runs on it as well as on SQLite: "
    "“bin/setup test” installs it, or “apt-get install postgresql”."
)
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "jit": "off",
    "timezone": "UTC",
}


def programs() -> Path:
    """The folder of initdb and pg_ctl: Debian's newest, else what the path knows."""
    versions = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    if versions:
        return max(versions, key=lambda path: float(path.parent.name))
    if found := shutil.which("initdb"):
        return Path(found).parent
    raise CannotRun(MISSING)


def unprivileged() -> dict[str, Any]:
    """How to start a program as somebody other than root, which PostgreSQL refuses to run as."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            person = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}
    raise CannotRun("PostgreSQL refuses to run as root, and there is neither a user “postgres” nor “nobody”.")


def start(folder: Path) -> str:
    """Make and start a cluster below `folder`; the address of its maintenance database."""
    binaries, someone = programs(), unprivileged()
    home = folder / "cluster"
    if len(str(home)) > 80:  # a socket's path ends at 107 bytes
        raise CannotRun(f"The temporary folder {tempfile.gettempdir()} is too deep for a socket. Set TMPDIR.")
    home.mkdir(mode=0o700)
    if someone:
        os.chown(home, someone["user"], someone["group"])

    def run(*arguments: str) -> None:
        log = home / "start.log"
        ended = subprocess.run(
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            cwd=home,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": str(home)},
            check=False,
            **someone,
        )
        if ended.returncode:
            raise CannotRun(f"PostgreSQL did not start: {ended.stderr}{log.read_text() if log.exists() else ''}")

    data = str(home / "data")
    run(str(binaries / "initdb"), "-D", data, "-U", "callbacks", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    options = " ".join(f"-c {name}='{value}'" for name, value in (SETTINGS | {"unix_socket_directories": home}).items())
    run(str(binaries / "pg_ctl"), "-D", data, "-l", str(home / "start.log"), "-w", "-t", "60", "-o", options, "start")
    return address(home, "postgres")


def address(home: Path, database: str) -> str:
    """SQLAlchemy's address of a database of the cluster in `home`."""
    return f"postgresql+psycopg://callbacks@/{database}?host={home}"


def stop(folder: Path) -> None:
    """Stop the run's cluster, if it was ever started. Nothing in it is worth a clean end."""
    data = folder / "cluster" / "data"
    if (data / "postmaster.pid").exists():
        subprocess.run(
            [programs() / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            check=False,
            **unprivileged(),
        )


def copy(home: Path, name: str, template: str) -> str:
    """The address of a new database `name`, equal to `template`."""
    drop(home, name)
    _maintain(home, sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
    return address(home, name)


def drop(home: Path, name: str) -> None:
    """Remove the database, whoever is still connected."""
    _maintain(home, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _maintain(home: Path, statement: sql.Composable) -> None:
    with psycopg.connect(host=str(home), user="callbacks", dbname="postgres", autocommit=True) as connection:
        connection.execute(statement)
