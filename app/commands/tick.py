"""`flask tick`: everything that is due by now. Run each minute by a timer; running it again changes nothing."""

import sys
from datetime import datetime

import click
from flask import current_app

from app.domain.core import clock
from app.domain.due_jobs import DUE
from app.domain.jobs import due
from app.domain.jobs.due import DueJob
from app.extensions import db
from app.web.retry import carried_out_again


@click.command("tick")
def tick() -> None:
    """Do everything that is due. What fails keeps nothing else from being done, and ends this with 1."""
    at = clock.now()
    counts = {job.counted: _count(job, at) for job in DUE}
    if done := [f"{what} {count} 个" for what, count in counts.items() if count is not None]:
        click.echo(f"{clock.local(at):%Y-%m-%d %H:%M}: {'，'.join(done)}。")
    if failed := [what for what, count in counts.items() if count is None]:
        click.echo(f"没有做成：{'、'.join(failed)}。原因见上面的日志，下一分钟再试。", err=True)
        sys.exit(1)


def _count(job: DueJob, at: datetime) -> int | None:
    """How many were done; None when it failed, and nothing of it was written."""
    try:
        return _run(job, at)
    except Exception:
        db.session.rollback()
        current_app.logger.exception("flask tick: %s failed", job.name)
        return None


@carried_out_again
def _run(job: DueJob, at: datetime) -> int:
    count = due.run(job, at)
    db.session.commit()
    return count
