"""Every filter and sort that a list offers stands on an index, on either database. A plan is asked for, not a time."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import Connection

from app.extensions import db
from tests.people import login

LARGE = "customers|projects|cases|callbacks|handoffs|audit_entries|tasks|department_notes|clocks|case_steps|attempts"
WHOLE = re.compile(rf"SCAN ({LARGE})(_\d+)?$|Seq Scan on ({LARGE})\b", re.MULTILINE)
IN_ORDER = ("/customers", "/customers?sort=name", "/projects", "/cases?state=closed")
"""Lists of everything, in the order of the table or of an index: they stop after a page, and at the most counted."""
PAGES = (
    "/customers",
    "/customers?sort=name",
    "/customers?stage=signed",
    "/customers?stage=lost&sort=name",
    "/customers?key=1",
    "/customers?branch={branch}",
    "/projects",
    "/projects?sort=number",
    "/projects?status=building",
    "/projects?status=warranty&sort=-number",
    "/projects?calls=short",
    "/projects?pm={pm}",
    "/projects?branch={branch}",
    "/cases",
    "/cases?mine=1",
    "/cases?overdue=1",
    "/cases?kind=repair",
    "/cases?state=handed_over",
    "/cases?state=all",
    "/cases?state=all&kind=complaint&sort=received",
    "/cases?state=closed",
    "/cases?category={category}",
    "/cases?branch={branch}",
    "/callbacks",
    "/callbacks?whose=pool",
    "/callbacks?whose=all",
    "/callbacks?whose={agent}",
    "/callbacks?whose=all&sort=-wanted",
    "/callbacks?whose=all&state=done",
    "/callbacks?whose=mine&state=done",
    "/callbacks?whose=all&state=missed",
    "/callbacks?whose=all&occasion=warranty",
    "/callbacks?whose=all&branch={branch}",
    "/callbacks?whose=all&until=2026-11-30",
    "/callbacks/make-up",
    "/callbacks/unreachable",
    "/callbacks/tasks",
    "/callbacks/notes",
    "/handoffs",
    "/audit",
    "/audit?by={agent}",
    "/audit?action=customers.edit",
    "/audit?from=2026-11-01&to=2026-11-30",
    "/audit?subject=customers",
    "/audit?subject=customers:7",
)


@pytest.fixture
def sent(app) -> Iterator[list[tuple[str, object]]]:
    """Every statement that reads, with its values. A plan is made as for tables about which nothing is known."""
    seen: list[tuple[str, object]] = []

    def note(connection: Connection, _cursor, statement, parameters, *_rest):
        if statement.startswith("SELECT"):
            seen.append((statement, parameters))

    if db.engine.dialect.name == "postgresql":  # what no index can serve is still read whole, and shows
        db.session.execute(text("SET LOCAL enable_seqscan = off"))
    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)


def plan_of(statement: str, parameters: object) -> str:
    asks = "EXPLAIN QUERY PLAN " if db.engine.dialect.name == "sqlite" else "EXPLAIN "
    rows = db.session.connection().exec_driver_sql(asks + statement, parameters).all()
    return "\n".join(str(row[-1]) for row in rows)


@pytest.mark.parametrize("who", ["agent", "lead", "hq", "pm", "engineering", "office"])
def test_no_list_reads_a_whole_table(client, cast, sent, who):
    values = {"branch": cast.east.id, "pm": cast.pm.id, "agent": cast.agent.id, "category": 1}
    login(client, getattr(cast, who))
    faults = []
    for page in PAGES:
        address = page.format(**values)
        sent.clear()
        client.get(address)
        found = [(statement, plan_of(statement, parameters)) for statement, parameters in list(sent)]
        faults += [
            f"{address}\n{statement}\n{plan}\n"
            for statement, plan in found
            if page not in IN_ORDER and WHOLE.search(plan)
        ]
    assert not faults, "\n".join(faults)
