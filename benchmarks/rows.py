"""What the bare pages show: for each measured page its rows, in SQL that both databases read.

The first column of a row is the id its link leads to, the second the link's text.
"""

from typing import Final, NamedTuple


class Rows(NamedTuple):
    """A table of a bare page: its SQL, where its rows lead, and which values of the address it takes."""

    sql: str
    prefix: str
    parameters: tuple[str, ...] = ()


CASE = """SELECT c.id, c.number, c.kind, c.state, c.urgency, c.content, u.name AS customer, p.estate, p.building,
    p.room, g.name AS category, o.name AS owner, h.name AS assignee, c.received_at, c.next_due_at
    FROM cases c JOIN customers u ON u.id = c.customer_id LEFT JOIN projects p ON p.id = c.project_id
    LEFT JOIN categories g ON g.id = c.category_id JOIN people o ON o.id = c.owner_id
    JOIN people h ON h.id = c.assignee_id"""
CALLBACK = """SELECT b.id, u.name AS customer, b.occasion, b.state, b.wanted_at, b.window_first, b.window_last,
    b.rating, p.estate, p.building, p.room, m.name AS manager, a.name AS caller,
    (SELECT count(*) FROM attempts t WHERE t.callback_id = b.id) AS tried
    FROM callbacks b JOIN customers u ON u.id = b.customer_id LEFT JOIN projects p ON p.id = b.project_id
    LEFT JOIN people m ON m.id = b.project_manager_id LEFT JOIN people a ON a.id = b.assigned_to_id"""
TO_CALL = "b.state IN ('due', 'scheduled')"
IN_BRANCH = "(+c.branch_id = ? OR +c.branch_id IS NULL)"  # the plus keeps SQLite to the index of the order
CUSTOMER = """SELECT c.id, c.name, c.salutation, c.estate, c.building, c.room, c.stage, c.source, r.name AS branch,
    c.created_at FROM customers c LEFT JOIN branches r ON r.id = c.branch_id"""
PROJECT = """SELECT p.id, p.contract_number, u.name AS customer, p.estate, p.building, p.room, p.status, p.amount,
    r.name AS branch FROM projects p JOIN customers u ON u.id = p.customer_id
    LEFT JOIN branches r ON r.id = p.branch_id"""
STAGES = "SELECT s.project_id, s.stage, s.planned_on, s.actual_on FROM project_stages s"
PEOPLE = """SELECT e.id, e.name, f.function_code, f.since FROM project_people f JOIN people e ON e.id = f.person_id
    WHERE f.project_id = ? ORDER BY f.id"""
EVENTS = """SELECT s.id, s.kind, s.happened_at, s.round, s.note, e.name AS by_whom FROM case_events s
    LEFT JOIN people e ON e.id = s.by_id WHERE s.case_id = ? ORDER BY s.happened_at, s.id"""
DEADLINES = "SELECT k.id, k.kind, k.started_at, k.due_at, k.met_at, k.released_at FROM deadlines k"
PHONES = "SELECT f.id, f.number, f.is_primary FROM customer_phones f"
TRIES = "SELECT t.id, t.at, t.outcome, t.number, t.note FROM attempts t"
HANDOFFS = "SELECT h.id, h.sent_at, h.sign_by, h.answered_at, h.state FROM handoffs h"
FIGURES = """SELECT 0, {by} AS part, count(*) AS due, sum(CASE WHEN b.state = 'done' THEN 1 ELSE 0 END) AS done,
    sum(CASE WHEN b.effective AND b.rating >= 4 THEN 1 ELSE 0 END) AS satisfied,
    sum(CASE WHEN b.effective AND b.rating <= 2 THEN 1 ELSE 0 END) AS dissatisfied
    FROM callbacks b WHERE b.window_last >= ? AND b.window_last < ? GROUP BY {by}"""
FIGURED: Final = ("b.occasion", "b.assigned_to_id", "b.project_manager_id", "b.branch_id")
MONTHS: Final = (("first", "next"), ("before", "first"), ("year_ago", "year_ago_next"))

SCAN: Final = """SELECT c.id, c.name, c.estate, c.building, c.room, f.number FROM customers c
    JOIN customer_phones f ON f.customer_id = c.id
    WHERE (c.name LIKE ? OR c.initials LIKE ? OR f.number LIKE ? OR c.estate LIKE ?) AND c.merged_into_id IS NULL
    ORDER BY c.created_at DESC, c.id DESC LIMIT 20"""

PAGES: Final[dict[str, tuple[Rows, ...]]] = {
    "customers": (
        Rows(f"{CUSTOMER} WHERE {IN_BRANCH} ORDER BY c.id DESC LIMIT 50", "/customers/", ("branch",)),
    ),
    "projects": (
        Rows(f"{PROJECT} WHERE (+p.branch_id = ? OR +p.branch_id IS NULL) ORDER BY p.id DESC LIMIT 50", "/projects/",
             ("branch",)),
    ),
    "cases": (
        Rows(f"{CASE} WHERE {IN_BRANCH} AND c.ended_at IS NULL ORDER BY c.next_due_at, c.id LIMIT 50", "/cases/",
             ("branch",)),
    ),
    "all-cases": (
        Rows(f"{CASE} WHERE {IN_BRANCH} ORDER BY c.received_at DESC, c.id DESC LIMIT 50", "/cases/", ("branch",)),
    ),
    "callbacks": (
        Rows(f"{CALLBACK} WHERE {TO_CALL} AND (+b.branch_id = ? OR +b.branch_id IS NULL) ORDER BY b.wanted_at, b.id "
             "LIMIT 50", "/callbacks/", ("branch",)),
    ),
    "done-callbacks": (
        Rows(f"{CALLBACK} WHERE b.state = 'done' AND (+b.branch_id = ? OR +b.branch_id IS NULL) "
             "ORDER BY b.wanted_at, b.id LIMIT 50", "/callbacks/", ("branch",)),
    ),
    "customer": (
        Rows(f"{CUSTOMER} WHERE c.id = ?", "/customers/", ("id",)),
        Rows(f"{PHONES} WHERE f.customer_id = ?", "tel:", ("id",)),
        Rows(f"{PROJECT} WHERE p.customer_id = ? ORDER BY p.id", "/projects/", ("id",)),
        Rows(f"{STAGES} JOIN projects p ON p.id = s.project_id WHERE p.customer_id = ?", "/projects/", ("id",)),
        Rows(f"{CALLBACK} WHERE b.customer_id = ? ORDER BY b.id", "/callbacks/", ("id",)),
        Rows(f"{TRIES} JOIN callbacks b ON b.id = t.callback_id WHERE b.customer_id = ?", "/callbacks/", ("id",)),
        Rows(f"{CASE} WHERE c.customer_id = ? ORDER BY c.id", "/cases/", ("id",)),
    ),
    "project": (
        Rows(f"{PROJECT} WHERE p.id = ?", "/projects/", ("id",)),
        Rows(PEOPLE, "/people/", ("id",)),
        Rows(f"{STAGES} WHERE s.project_id = ?", "/projects/", ("id",)),
        Rows(f"{CALLBACK} WHERE b.project_id = ? ORDER BY b.id", "/callbacks/", ("id",)),
        Rows(f"{TRIES} JOIN callbacks b ON b.id = t.callback_id WHERE b.project_id = ?", "/callbacks/", ("id",)),
        Rows(f"{CASE} WHERE c.project_id = ? ORDER BY c.id", "/cases/", ("id",)),
    ),
    "case": (
        Rows(f"{CASE} WHERE c.id = ?", "/cases/", ("id",)),
        Rows(f"{PHONES} JOIN cases c ON c.customer_id = f.customer_id WHERE c.id = ?", "tel:", ("id",)),
        Rows(f"{STAGES} JOIN cases c ON c.project_id = s.project_id WHERE c.id = ?", "/projects/", ("id",)),
        Rows(f"{DEADLINES} WHERE k.case_id = ? ORDER BY k.due_at, k.id", "/cases/", ("id",)),
        Rows(EVENTS, "/cases/", ("id",)),
        Rows(f"{HANDOFFS} WHERE h.case_id = ? ORDER BY h.id", "/handoffs/", ("id",)),
        Rows(f"{TRIES} WHERE t.case_id = ? ORDER BY t.at, t.id", "/cases/", ("id",)),
        Rows(f"{CALLBACK} WHERE b.case_id = ? ORDER BY b.id", "/callbacks/", ("id",)),
    ),
    "day": (
        Rows(f"{CALLBACK} WHERE {TO_CALL} AND b.assigned_to_id = ? ORDER BY b.wanted_at, b.id LIMIT 50", "/callbacks/",
             ("person",)),
        Rows(f"{CASE} WHERE c.owner_id = ? AND c.ended_at IS NULL ORDER BY c.next_due_at, c.id LIMIT 50", "/cases/",
             ("person",)),
    ),
    "site-day": (
        Rows(f"{HANDOFFS} WHERE +h.to_person_id = ? AND h.answered_at IS NULL ORDER BY h.sent_at, h.id LIMIT 50",
             "/handoffs/", ("person",)),
        Rows(f"{CASE} WHERE c.assignee_id = ? AND c.owner_id <> c.assignee_id AND c.ended_at IS NULL "
             "ORDER BY c.next_due_at, c.id LIMIT 50", "/cases/", ("person",)),
    ),
    "month": tuple(Rows(FIGURES.format(by=by), "#", days) for days in MONTHS for by in FIGURED),
    "search": (Rows(SCAN, "/customers/", ("text",) * 4),),
}  # fmt: skip

SAVE: Final = (
    ("""INSERT INTO attempts (at, recorded_at, number, outcome, note, purpose, callback_id, by_id)
        SELECT made_at, made_at, '', 'no_answer', '', 'callback', id, assigned_to_id FROM callbacks WHERE id = ?""",
     ("id",)),
    ("UPDATE callbacks SET version = version + 1 WHERE id = ?", ("id",)),
)  # fmt: skip


def rows_of(name: str) -> tuple[Rows, ...]:
    """The tables of the bare page of that name."""
    return PAGES[name]
