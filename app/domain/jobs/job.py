"""The work on a subject: begun, looked at, cancelled, and how it ended.

All that the pages need to know lies in files: while the one big transaction is open, SQLite lets nobody else write to
the database. Whether the process lives is told by a lock that the kernel takes back from the dead, so that a killed
one never blocks its subject.
"""

import fcntl
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from app.domain.core.errors import DomainError
from app.domain.jobs.progress import CLOSING, STARTING, Cancelled, Progress

ROOT: Final = Path(__file__).resolve().parents[3]
TOLD_EVERY: Final = 0.3
"""Seconds between two notes of how far it is."""
TRIES: Final = 5
BETWEEN_TRIES: Final = 0.02


class End(StrEnum):
    """How a job ended. One that was killed had no end."""

    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True)
class State:
    """What was last heard of a job: `done` of `total` things of a phase (total 0: not known), or how it ended."""

    kind: str
    phase: str = STARTING
    done: int = 0
    total: int = 0
    end: End | None = None
    message: str = ""
    params: dict[str, Any] = field(default_factory=dict)


class Job:
    """The work on one subject of a room. At most one process has it at a time, whatever it does with it."""

    def __init__(self, files: Path, room: str, subject: str) -> None:
        self.room, self.subject = room, subject
        self.path = files / "jobs" / room / subject

    def start(
        self,
        kind: str,
        options: Mapping[str, Any],
        *,
        environment: Mapping[str, str],
        phase: str = STARTING,
        anew: bool = False,
    ) -> bool:
        """Start a process for it; False when one is at work already. `anew`: without what an earlier one found.

        The lock is taken here and handed on with the process: nothing can come in between.
        """
        lock = self.claim(State(kind, phase), anew=anew)
        if lock is None:
            return False
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "job", "run", kind, self.subject]
        told = ["--options", json.dumps(dict(options)), "--claimed"]
        try:
            process = subprocess.Popen(  # noqa: S603  our own command
                [*command, *told],
                cwd=ROOT,
                env=os.environ | environment,
                stdin=subprocess.DEVNULL,
                pass_fds=[lock],
            )
        finally:
            os.close(lock)
        threading.Thread(target=process.wait, daemon=True).start()
        return True

    def claim(self, state: State, *, anew: bool = False) -> int | None:
        """Take the subject for one process, which begins with `state`: the descriptor of its lock, held until the last
        process that has it ends or closes it. None while another one is at work.
        """
        lock = self._locked(fcntl.LOCK_EX, TRIES)
        if lock is not None:
            self._file("cancel").unlink(missing_ok=True)
            if anew:
                self._file("result").unlink(missing_ok=True)
            self.tell(state)
        return lock

    def is_busy(self) -> bool:
        """Whether a process is at work on it now."""
        lock = self._locked(fcntl.LOCK_SH, tries=1)
        if lock is not None:
            os.close(lock)
        return lock is None

    def cancel(self) -> None:
        """Ask the process to stop. It does so within moments, unless it has just finished."""
        if self.is_busy():
            self._file("cancel").touch()

    def is_cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._file("cancel").exists()

    def state(self) -> State | None:
        """What was last heard of it; None when it was never started."""
        try:
            kept = json.loads(self._file("state").read_text())
        except OSError:
            return None
        return State(**kept | {"end": End(kept["end"]) if kept["end"] else None})

    def tell(self, state: State) -> None:
        """Note how far it is."""
        self._write("state", json.dumps(asdict(state), ensure_ascii=False, default=str))

    def finish(self, kind: str) -> None:
        """Note that it reached its aim."""
        self.tell(State(kind, CLOSING, end=End.DONE))

    def stop(self, kind: str, why: DomainError) -> None:
        """Note why it did not reach its aim."""
        self.tell(State(kind, CLOSING, end=End.STOPPED, message=why.message, params=why.params))

    def keep(self, result: str) -> None:
        """Keep what the pages show of it afterwards."""
        self._write("result", result)

    def result(self) -> str | None:
        """What was kept last; None when no process came that far."""
        try:
            return self._file("result").read_text()
        except OSError:
            return None

    def _locked(self, how: int, tries: int) -> int | None:
        """Tried again, since a page that only looks has it for an instant, too."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(self._file("lock"), os.O_RDWR | os.O_CREAT, 0o600)
        for _try in range(tries):
            try:
                fcntl.flock(lock, how | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(BETWEEN_TRIES)
            else:
                return lock
        os.close(lock)
        return None

    def _file(self, ending: str) -> Path:
        return self.path.with_name(f"{self.path.name}.{ending}")

    def _write(self, ending: str, text: str) -> None:
        """Whole or not at all: a page may read it at any moment."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=self.path.parent)
        with os.fdopen(descriptor, "w") as file:
            file.write(text)
        Path(name).replace(self._file(ending))


class JobProgress(Progress):
    """The progress of a job, noted for the pages; Cancelled as soon as somebody asked for it."""

    def __init__(self, job: Job, kind: str) -> None:
        self.job, self.last, self.told_at = job, State(kind), 0.0

    def reached(self, phase: str, done: int = 0, total: int = 0) -> None:
        """Note it now and then, and at once when a phase begins."""
        if self.job.is_cancelled():
            raise Cancelled
        now = time.monotonic()
        if phase != self.last.phase or now - self.told_at >= TOLD_EVERY:
            self.last, self.told_at = replace(self.last, phase=phase, done=done, total=total), now
            self.job.tell(self.last)

    def keep(self, result: str) -> None:
        self.job.keep(result)
