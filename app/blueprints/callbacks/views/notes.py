"""反馈 to departments: their list, reading one, answering it."""

from typing import Any

from flask import abort, render_template, request, url_for

from app.blueprints.callbacks import bp
from app.blueprints.callbacks.forms import AnswerForm
from app.domain.core import clock
from app.domain.followup import escalation, queries
from app.domain.followup.models import DepartmentNote
from app.web.access import me, requires
from app.web.i18n import gettext
from app.web.lists import listed
from app.web.submit import submit


@bp.get("/notes")
@requires("notes.answer")
def notes() -> str:
    """Those waiting for an answer, the oldest first."""
    answered = request.args.get("answered") == "1"
    page = listed(queries.notes(me(), answered=answered), queries.NOTE_SORTS)
    return render_template("callbacks/notes.html", page=page, answered=answered, view="notes")


@bp.get("/notes/<int:note_id>")
@requires("notes.answer")
def note(note_id: int) -> str:
    """What the customer said, and the answer or its form."""
    return _page(_get(note_id), AnswerForm())


@bp.post("/notes/<int:note_id>/answer")
@requires("notes.answer")
def answer_note(note_id: int) -> Any:
    """The department's answer."""
    row = _get(note_id)
    if not escalation.may_answer(row, me()):
        abort(403)
    return submit(
        AnswerForm(),
        lambda form: escalation.answer(row, form.answer.data or "", by=me(), at=clock.now()),
        page=lambda form: _page(row, form),
        to=url_for(".note", note_id=note_id),
        said=gettext("已回复客服。"),
    )


def _get(note_id: int) -> DepartmentNote:
    return queries.note(me(), note_id) or abort(404)


def _page(row: DepartmentNote, form: AnswerForm) -> str:
    return render_template("callbacks/note.html", note=row, form=form, may_answer=escalation.may_answer(row, me()))
