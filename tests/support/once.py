"""Things made once for a whole run, whichever of its processes needs them first."""

import fcntl
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = pytest.StashKey[Path]()  # where pytest keeps the run's folder

# Runs beside the suite and outlives it by a second: whatever kills the run, its server and folder go too.
WATCH = """
while kill -0 "$1" 2>/dev/null; do sleep 1; done
for file in "$2"/cluster/data/postmaster.pid; do
    [ -f "$file" ] && kill -QUIT "$(head -n 1 "$file")" 2>/dev/null && sleep 1
done
rm -rf "$2"
"""


def new_run_folder() -> Path:
    """A folder of this run alone, removed after the process that asked for it, even when that is killed."""
    folder = Path(tempfile.mkdtemp(prefix="callbacks-tests-"))
    folder.chmod(0o711)  # PostgreSQL runs as another user and has to reach its folder in here
    subprocess.Popen(
        ["sh", "-c", WATCH, "sh", str(os.getpid()), str(folder)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd="/",
    ).returncode = 0  # it ends after us by design: nobody waits for it
    return folder


@contextmanager
def lock(path: Path) -> Iterator[None]:
    """One process at a time."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def made_once(folder: Path, name: str, make: Callable[[], str]) -> str:
    """The text that `make` answered for the first process that asked; its failure is everyone's failure."""
    done, failed = folder / f"{name}.done", folder / f"{name}.failed"
    with lock(folder / f"{name}.lock"):
        if failed.exists():
            raise CannotRun(failed.read_text())
        if not done.exists():
            try:
                done.write_text(make())
            except CannotRun as error:
                failed.write_text(str(error))
                raise
        return done.read_text()


class CannotRun(Exception):
    """The suite can't do what it has to; the message says why and what to install."""


def flask(*arguments: str, database: str, instance: Path) -> str:
    """What a `flask` command prints, run in a process of its own as an administrator runs it."""
    environment = os.environ | {"DATABASE_URL": database, "INSTANCE_DIR": str(instance), "PYTHONWARNINGS": "default"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    ended = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise CannotRun(f"“flask {' '.join(arguments)}” ended with {ended.returncode}:\n{ended.stdout}{ended.stderr}")
    return ended.stdout
