"""The pages of a long task: begun, looked at each second, cancelled. Nothing here waits for the big transaction that it
may be in.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, get_template_attribute, redirect

from app.domain.jobs.job import Job
from app.web.access import only_reads, requires


def files_folder() -> Path:
    """Where the program's files lie."""
    return Path(current_app.config["FILES_DIR"])


def start(job: Job, kind: str, **more: Any) -> bool:
    """Leave it to a process with this one's database and folder; `more` as Job.start takes it.

    False where one is at work already: for who asked, that is as good.
    """
    environment = {
        "DATABASE_URL": str(current_app.config["SQLALCHEMY_DATABASE_URI"]),
        "FILES_DIR": str(current_app.config["FILES_DIR"]),
    }
    return job.start(kind, environment=environment, **more)


def add_job_pages(
    bp: Blueprint, rule: str, permission: str, *, job_of: Callable[..., Job], back_to: Callable[..., str]
) -> None:
    """`.progress` and `.cancel` of the jobs that `job_of` finds by the rule's parameters; cancelling leads `back_to`.

    The page that waits shows components/job.html.
    """

    @requires(permission)
    def progress(**subject: Any) -> Any:
        """Asked every second; once the work has ended, the page around it is to be read anew."""
        job = job_of(**subject)
        busy, state = job.is_busy(), job.state()
        if state is None or not busy:
            return "", 200, {"HX-Refresh": "true"}
        return get_template_attribute("components/job.html", "job_progress")(state, job.is_cancelled())

    @requires(permission)
    @only_reads
    def cancel(**subject: Any) -> Any:
        """Stop the work; nothing of it is written then."""
        job_of(**subject).cancel()
        return redirect(back_to(**subject))

    bp.add_url_rule(rule, view_func=progress, methods=["GET"])
    bp.add_url_rule(f"{rule}/cancellation", view_func=cancel, methods=["POST"])
