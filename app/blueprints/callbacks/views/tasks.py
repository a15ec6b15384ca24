"""待办 that follow from calls."""

from typing import Any

from flask import abort, render_template, request, url_for

from app.blueprints.callbacks import bp
from app.blueprints.callbacks.forms import TaskForm
from app.domain import privacy
from app.domain.accounts.roles import may
from app.domain.callbacks import queries
from app.domain.callbacks.models import Task
from app.domain.callbacks.tasks import finish
from app.domain.core import clock
from app.web.access import me, requires
from app.web.i18n import gettext
from app.web.lists import listed
from app.web.submit import submit


@bp.get("/tasks")
@requires("tasks.do")
def tasks() -> str:
    """What is to be done, the oldest first."""
    whose = request.args.get("whose") or (queries.EVERYONE if may(me(), "callbacks.decide") else queries.MINE)
    done = request.args.get("done") == "1"
    page = listed(queries.tasks(me(), whose, done=done), queries.TASK_SORTS)
    return render_template("callbacks/tasks.html", page=page, whose=whose, done=done, today=clock.today(), view="tasks")


@bp.get("/tasks/<int:task_id>")
@requires("tasks.do")
def task(task_id: int) -> str:
    """One task, with its text ready to copy."""
    return _page(_get(task_id), TaskForm())


@bp.post("/tasks/<int:task_id>/completion")
@requires("tasks.do")
def finish_task(task_id: int) -> Any:
    """Done, with what came of it."""
    row = _get(task_id)
    return submit(
        TaskForm(),
        lambda form: finish(row, form.result.data or "", by=me(), at=clock.now()),
        page=lambda form: _page(row, form),
        to=url_for(".tasks"),
        said=gettext("办好了。"),
    )


def _page(row: Task, form: TaskForm) -> str:
    return render_template(
        "callbacks/task.html", task=row, form=form, sees_phone=privacy.sees_phone(me(), row.customer)
    )


def _get(task_id: int) -> Task:
    return queries.task(me(), task_id) or abort(404)
