"""What was done, by whom."""

from flask import Blueprint, render_template, request

from app.domain import access
from app.domain.audit import names, queries
from app.domain.audit.events import DECLARED, SUBJECTS
from app.domain.core.text import row_id
from app.web.access import address_of, me, requires
from app.web.changes import said
from app.web.i18n import gettext
from app.web.lists import listed, wanted_day

bp = Blueprint("audit", __name__)

FILTERS = ("by", "action", "from", "to", "subject")


@bp.get("/audit")
@requires("audit.see")
def index() -> str:
    """The entries, newest first, filtered."""
    wanted = {name: request.args.get(name, "").strip()[:60] for name in FILTERS}
    query = queries.entries(
        access.visible_entries(me()),
        by_id=row_id(wanted["by"]),
        action=wanted["action"],
        first=wanted_day(wanted["from"]),
        last=wanted_day(wanted["to"]),
        subject=wanted["subject"],
    )
    page = listed(query, queries.SORTS)
    known = names.names_in(page.rows)
    every = ("", gettext("全部"))
    return render_template(
        "audit/index.html",
        page=page,
        changes={entry.id: said(entry.subject, entry.changes, sees_phone=False, names=known) for entry in page.rows},
        names=known,
        address_of=address_of,
        wanted=wanted,
        actions={code: event.label for code, event in DECLARED.items()},
        subjects={code: subject.label for code, subject in SUBJECTS.items()},
        who_choices=[every, *((person.id, person.name) for person in access.actors(me()))],
        action_choices=[every, *((code, gettext(DECLARED[code].label)) for code in sorted(DECLARED))],
        subject_choices=[every, *_subjects(wanted["subject"])],
    )


def _subjects(wanted: str) -> list[tuple[str, str]]:
    """The kinds of things, and the one thing that a link asked for."""
    kinds = [(code, gettext(SUBJECTS[code].label)) for code in sorted(SUBJECTS)]
    kind, _, number = wanted.partition(":")
    return [*kinds, (wanted, f"{gettext(SUBJECTS[kind].label)} {number}")] if number and kind in SUBJECTS else kinds
