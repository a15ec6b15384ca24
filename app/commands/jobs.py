"""flask import-job: a long file of the import page, judged or applied while the page shows how far it is."""

import gc
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from app.commands.imports import SOMEONE_ELSE
from app.database import only_reading
from app.domain.accounts.models import Person
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Conflict, DomainError
from app.domain.imports import batches
from app.domain.imports.models import ImportBatch
from app.domain.imports.preview import Preview
from app.domain.jobs.job import FileProgress, Job, JobKind
from app.domain.jobs.progress import Progress
from app.extensions import db
from app.web.retry import carried_out_again

BUSY = N_("数据库正忙，什么都没有写入，请再试一次。")
FAULT = N_("程序出错，什么都没有写入。详情在服务器的日志里。")


@click.command("import-job", hidden=True)
@click.argument("batch_id", type=int)
@click.argument("doing", type=click.Choice([doing.value for doing in JobKind]))
@click.option("--by", type=int, required=True, help="Who asked for it.")
@click.option("--seen", default="", help="The digest of the preview that was agreed to.")
@with_appcontext
def command(batch_id: int, doing: str, by: int, seen: str) -> None:
    """Started by the import page, which hands on the lock of the batch. How it ends is noted beside the upload."""
    gc.disable()  # as in flask import
    what = JobKind(doing)
    if what is JobKind.CHECK:
        only_reading()
    batch = db.session.get_one(ImportBatch, batch_id)
    job = Job(batch, folder := Path(current_app.config["FILES_DIR"]) / "imports")
    try:
        _carry_out(what, batch, folder, job, by=db.session.get_one(Person, by), seen=seen)
    except batches.Outdated as outdated:
        job.keep(Preview.of(outdated.plan))
        _stop(job, what, outdated)
    except DomainError as why:
        _stop(job, what, why)
    except (IntegrityError, StaleDataError):
        _stop(job, what, Conflict(SOMEONE_ELSE))
    except OperationalError:
        _stop(job, what, Conflict(BUSY))
    except Exception:
        _stop(job, what, Conflict(FAULT))
        raise
    else:
        job.finish(what)


@carried_out_again
def _carry_out(doing: JobKind, batch: ImportBatch, folder: Path, job: Job, *, by: Person, seen: str) -> None:
    progress: Progress = FileProgress(job, doing)
    if doing is JobKind.CHECK:
        job.keep(Preview.of(batches.judge(batch, folder, by=by, at=clock.now(), progress=progress)))
    else:
        batches.apply(batch, folder, seen=seen, by=by, at=clock.now(), progress=progress)
        db.session.commit()


def _stop(job: Job, doing: JobKind, why: DomainError) -> None:
    """Only what is undone already may be called undone."""
    db.session.rollback()
    job.stop(doing, why)
