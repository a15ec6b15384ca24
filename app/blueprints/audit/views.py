"""What was done, by whom."""

from flask import Blueprint, render_template, request

from app.domain.audit import names, queries, words
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
        me(),
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
        actions=words.ACTIONS,
        subjects=words.SUBJECTS,
        who_choices=[every, *((person.id, person.name) for person in queries.actors(me()))],
        action_choices=[every, *((code, gettext(label)) for code, label in words.ACTIONS.items())],
        subject_choices=[every, *_subjects(wanted["subject"])],
    )


def _subjects(wanted: str) -> list[tuple[str, str]]:
    """The kinds of things, and the one thing that a link asked for."""
    kinds = [(code, gettext(label)) for code, label in words.SUBJECTS.items()]
    kind, _, number = wanted.partition(":")
    return (
        [*kinds, (wanted, f"{gettext(words.SUBJECTS[kind])} {number}")] if number and kind in words.SUBJECTS else kinds
    )
