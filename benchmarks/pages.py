"""The pages that are measured, as whom, at which addresses, and which bare page each is compared with."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from benchmarks.bare import ask

LIST, DETAIL, DAY, MONTH, SEARCH, SAVE = "list", "detail", "day", "month", "search", "save"
RECORDS: Final = 20
"""So many records of a kind are opened in turn, as a day's work would."""


@dataclass(frozen=True)
class Measured:
    """A page to measure. `targets`: the address at the product and the bare one beside it, opened in turn.

    `texts`: what a search looks for.
    """

    name: str
    kind: str
    who: str
    targets: tuple[tuple[str, str], ...]
    texts: tuple[str, ...] = ()


def pages_of(connection: Any) -> list[Measured]:
    """What is measured on the firm behind the connection."""
    branch = _one(connection, "SELECT branch_id FROM people p JOIN accounts a ON a.person_id = p.id "
                              "WHERE a.username = 'lead'")  # fmt: skip

    def listed(name: str, bare: str, path: str) -> Measured:
        return Measured(name, LIST, "lead", ((path, _bare(bare, branch=branch)),))

    def opened(name: str, bare: str, path: str, sql: str) -> Measured:
        ids = [row[0] for row in ask(connection, f"{sql} LIMIT {RECORDS}", (branch,))]
        return Measured(name, DETAIL, "agent", tuple((f"{path}/{id}", _bare(bare, id=id)) for id in ids))

    def day(who: str, bare: str) -> Measured:
        person = _one(connection, f"SELECT person_id FROM accounts WHERE username = '{who}'")
        return Measured(f"My day: {who}", DAY, who, (("/", _bare(bare, person=person)),))

    spread = "ORDER BY (id * 7919) % 10007, id"
    return [
        listed("Customers", "customers", "/customers"),
        listed("Projects", "projects", "/projects"),
        listed("Cases, open", "cases", "/cases"),
        listed("Cases, all", "all-cases", "/cases?state=all"),
        listed("Callbacks to make", "callbacks", "/callbacks?whose=all"),
        listed("Callbacks made", "done-callbacks", "/callbacks?whose=all&state=done"),
        opened("A customer", "customer", "/customers", f"SELECT id FROM customers WHERE branch_id = ? {spread}"),
        opened("A project", "project", "/projects", f"SELECT id FROM projects WHERE branch_id = ? {spread}"),
        opened("A case", "case", "/cases", f"SELECT id FROM cases WHERE branch_id = ? {spread}"),
        day("agent", "day"),
        day("lead", "day"),
        day("pm", "site-day"),
        _month("Month: callbacks", "callbacks"),
        _month("Month: complaints", "complaints"),
        _month("Month: repairs", "repairs"),
        _searched("Search: last four digits", _texts(connection, "SELECT tail4 FROM customer_phones")),
        _searched("Search: two letters of a name", _texts(connection, "SELECT substr(name, 1, 2) FROM customers")),
        _searched("Search: initials", _texts(connection, "SELECT initials FROM customers")),
    ]


def saves_of(connection: Any, most: int) -> Measured:
    """Calls to save: callbacks that the lead may make, as many as are asked for or there are."""
    rows = ask(connection, "SELECT b.id FROM callbacks b JOIN people p ON p.branch_id = b.branch_id "
               "JOIN accounts a ON a.person_id = p.id WHERE a.username = 'lead' "
               f"AND b.state IN ('due', 'scheduled') ORDER BY b.id LIMIT {most}", ())  # fmt: skip
    targets = tuple((f"/callbacks/{id}", _bare("save", id=id)) for (id,) in rows.fetchall())
    return Measured("Save a call", SAVE, "lead", targets)


def _month(name: str, report: str) -> Measured:
    first = datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai")).date().replace(day=1)
    days = {
        "before": _month_from(first, -1), "first": first, "next": _month_from(first, 1),
        "year_ago": _month_from(first, -12), "year_ago_next": _month_from(first, -11),
    }  # fmt: skip
    return Measured(name, MONTH, "office", ((f"/reports/{report}", _bare("month", **days)),))


def _month_from(first: date, months: int) -> date:
    middle = first + timedelta(days=15 + round(months * 30.44))
    return middle.replace(day=1)


def _searched(name: str, texts: list[str]) -> Measured:
    targets = tuple((f"/search?q={quote(text)}", _bare("search", text=f"%{text}%")) for text in texts)
    return Measured(name, SEARCH, "agent", targets, tuple(texts))


def _texts(connection: Any, sql: str) -> list[str]:
    column = sql.split(" ")[1] if "substr" not in sql else "name"
    rows = ask(connection, f"{sql} ORDER BY (id * 7919) % 10007, {column} LIMIT {RECORDS}", ())
    return list(dict.fromkeys(row[0] for row in rows))


def _one(connection: Any, sql: str) -> Any:
    return ask(connection, sql, ()).fetchone()[0]


def _bare(name: str, **values: Any) -> str:
    return f"/bare/{name}?{urlencode(values)}"
