"""The one search box: customers, projects and cases, and who is calling."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from app.domain import access, privacy
from app.domain.cases import queries
from app.domain.search import find
from app.web.access import me, requires

bp = Blueprint("search", __name__)


@bp.get("/search")
@requires("search")
def index() -> Any:
    """What the text leads to; straight to the page where it leads to one thing only."""
    text = request.args.get("q", "").strip()[: find.LONGEST]
    found = find.find(me(), text)
    if found.total == 1:
        return redirect(_only(found))
    ids = [customer.id for customer in found.customers]
    return render_template(
        "search/index.html",
        text=text,
        found=found,
        open_cases=queries.open_cases_of(access.visible_cases(me()), ids) if found.number and ids else {},
        seen=privacy.sees_phones_of(me(), ids),
    )


def _only(found: find.Found) -> str:
    if found.customers:
        return url_for("customers.view", customer_id=found.customers[0].id)
    if found.projects:
        return url_for("projects.view", project_id=found.projects[0].id)
    return f"/cases/{found.cases[0].id}"
