"""`flask job run`: a long task, done while a page shows how far it is. How it ends is noted for that page."""

import gc
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from flask import current_app
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from app.commands.refusals import SOMEONE_ELSE, explained
from app.database import only_reading
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Conflict, DomainError
from app.domain.job_kinds import JOBS
from app.domain.jobs.job import Job, JobProgress, State
from app.domain.jobs.kinds import JobKind
from app.extensions import db
from app.web.retry import BUSY, carried_out_again

FAULT = N_("程序出错，什么都没有写入。详情在服务器的日志里。")
AT_WORK = N_("这件事正在做，没有再做一次。")


@click.group("job", hidden=True)
def group() -> None:
    """Long tasks, in a process of their own."""


@group.command("run")
@click.argument("name", type=click.Choice(sorted(JOBS)))
@click.argument("subject")
@click.option("--options", default="{}", help="What the task is told besides, as JSON.")
@click.option("--claimed", is_flag=True, help="Started by a page, which handed on the lock of the subject.")
@explained
def run(name: str, subject: str, options: str, *, claimed: bool) -> None:
    """Do NAME to SUBJECT. Ends with 1 where a process is at work on the subject already."""
    gc.disable()  # as in flask import
    files = Path(current_app.config["FILES_DIR"])
    job = Job(files, name.partition(".")[0], subject)
    if not claimed and job.claim(State(name)) is None:
        raise Conflict(AT_WORK)
    kind = JOBS[name]
    if kind.only_reads:
        only_reading()
    try:
        _run(kind, subject, JobProgress(job, name), json.loads(options), files)
    except DomainError as why:
        _stop(job, name, why)
    except (IntegrityError, StaleDataError):
        _stop(job, name, Conflict(SOMEONE_ELSE))
    except OperationalError:
        _stop(job, name, Conflict(BUSY))
    except Exception:
        _stop(job, name, Conflict(FAULT))
        raise
    else:
        job.finish(name)


@carried_out_again
def _run(kind: JobKind, subject: str, progress: JobProgress, options: Mapping[str, Any], files: Path) -> None:
    kind.work(subject, progress, options, files=files, at=clock.now())
    db.session.commit()


def _stop(job: Job, name: str, why: DomainError) -> None:
    """Only what is undone already may be called undone."""
    db.session.rollback()
    job.stop(name, why)
