"""Every GET of the app, asked by one person for every record there is, for every link found in the answers, and for
what lists and searches can be narrowed to; and what in the answers the person may not see."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from itertools import islice, pairwise, product
from typing import Any, Final
from urllib.parse import parse_qsl, quote, unquote, urlsplit
from zipfile import ZipFile

from flask import Flask
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect, Rule

from app.domain.accounts.models import Person
from tests import permissions
from tests.people import login
from tests.visibility.oracle import Eyes, Firm, words_in

TABLES: Final = {
    "batch_id": "import_batches", "callback_id": "callbacks", "case_id": "cases", "customer_id": "customers",
    "file_id": "stored_files", "handoff_id": "handoffs", "note_id": "department_notes", "person_id": "people",
    "project_id": "projects", "task_id": "tasks",
}  # fmt: skip
"""Whose ids stand in an address for a parameter."""

STATES: Final = ("due", "scheduled", "done", "missed", "unreachable", "skipped", "void")
WORDS: Final = {"name": ("callbacks", "complaints", "repairs"), "kind": ("customers",)}
NOT_ASKED: Final = {"static", "health.livez", "health.readyz", "accounts.login", "setup.index"}
LINK: Final = re.compile(r'(?:href|src|hx-get|data-[a-z-]*url)="(/[^"]*)"')
COUNT: Final = re.compile(r"共 (\d+) 条")
NUMBER_WITH_ROWS: Final = re.compile(r'(?:<dd>|"figure-value">)<a href="(/[^"]*)">(\d+)</a>')
LISTS: Final = {
    "audit_entries": ["/audit"],
    "callbacks": [f"/callbacks?whose=all&state={state}" for state in STATES],
    "cases": ["/cases?state=all"],
    "customers": ["/customers"],
    "department_notes": ["/callbacks/notes", "/callbacks/notes?answered=1"],
    "handoffs": ["/handoffs?show=all"],
    "projects": ["/projects"],
    "tasks": ["/callbacks/tasks?whose=all", "/callbacks/tasks?whose=all&done=1"],
}
"""The lists that together have all rows of a table that a person may see."""

OF_EVERY_RECORD: Final = {
    "accounts.view", "callbacks.note", "callbacks.task", "callbacks.view", "cases.view", "customers.view",
    "files.view", "handoffs.view", "projects.edit", "projects.view", "reports.view", "reports.xlsx",
}  # fmt: skip
"""Asked for every record; of the others, which open through the same doors, for every fifth."""

OF_EACH_KIND: Final = 1
"""So many of the links of a kind that were not opened already: records are all opened by their own addresses."""


@dataclass
class Answer:
    """What an address answered: the words of the firm that stand in it, the links, how many rows its list has, and
    how many the lists behind its numbers should have.
    """

    address: str
    status: int
    words: set[str]
    links: list[str]
    count: int
    promised: dict[str, int]


@dataclass
class Walk:
    """One person's way through the app."""

    app: Flask
    firm: Firm
    person: Person
    eyes: Eyes
    queries: dict[str, list[str]]
    answers: list[Answer] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.client = login(self.app.test_client(), self.person)
        self.client.get("/")
        self.adapter = self.app.url_map.bind("")
        self.permitted = permissions.read()

    def go(self) -> "Walk":
        """Open everything."""
        opened, links = set(), []
        for address in self.addresses():
            opened.add(address)
            links += self.open(address).links
        for link in sorted({link for answer in self.answers if answer.address == "/" for link in answer.promised}):
            opened.add(link)
            self.open(link)
        kinds: dict[tuple[str, ...], int] = defaultdict(int)
        for link in dict.fromkeys(unescape(link).split("#")[0] for link in links):
            kind = self.kind_of(link)
            if link not in opened and kind and kinds[kind] < OF_EACH_KIND:
                kinds[kind] += 1
                self.open(link)
        return self

    def addresses(self) -> Iterator[str]:
        """Each rule with the ids of every record of its table; where the role never enters, with one."""
        for rule in sorted(self.app.url_map.iter_rules(), key=lambda rule: rule.rule):
            if "GET" in (rule.methods or ()) and rule.endpoint not in NOT_ASKED:
                enters, step = self.enters(rule), 1 if rule.endpoint in OF_EVERY_RECORD else 5
                for address in islice(self.built(rule), 0, None if enters else 1, step):
                    yield address
                    yield from (f"{address}?{query}" for query in self.queries.get(rule.endpoint, ()) if enters)

    def built(self, rule: Rule) -> Iterator[str]:
        names = sorted(rule.arguments)
        for values in product(*(self.values_of(rule, name) for name in names)):
            built = rule.build(dict(zip(names, values, strict=True)))
            assert built is not None
            yield built[1]

    def values_of(self, rule: Rule, parameter: str) -> list[Any]:
        """What can stand for the parameter in an address. Of another branch's records a fifth: they all are hidden
        by the same condition.
        """
        if parameter in WORDS:
            return list(WORDS[parameter])
        if parameter not in TABLES:
            raise KeyError(f"{rule.endpoint} has a parameter <{parameter}>: name its table in tests/visibility/walk.py")
        table = TABLES[parameter]
        near = {one for one in self.firm.tables[table] if self.eyes.is_near(table, one)} | self.eyes.rows[table]
        return sorted(near) + sorted(self.firm.tables[table].keys() - near)[::5]

    def enters(self, rule: Rule) -> bool:
        """Whether one of the person's roles gets into the page at all."""
        answers = self.permitted[f"GET {rule.rule}"]
        return any(answers[role] != "403" for role in self.eyes.roles)

    def open(self, address: str) -> Answer:
        """Ask for the address, and keep what it answered."""
        response = self.client.get(address)
        text = text_of(response)
        counted = COUNT.search(text)
        answer = Answer(
            address,
            response.status_code,
            words_in(text),
            LINK.findall(text),
            int(counted[1]) if counted else 0,
            {unescape(link): int(number) for link, number in NUMBER_WITH_ROWS.findall(text)},
        )
        response.close()
        self.answers.append(answer)
        return answer

    def kind_of(self, address: str) -> tuple[str, ...]:
        """The view of an address and what its query names; nothing for what is no page of the walk."""
        parts = urlsplit(address)
        try:
            endpoint, _values = self.adapter.match(parts.path, method="GET")
        except (NotFound, MethodNotAllowed, RequestRedirect):
            return ()
        return () if endpoint in NOT_ASKED else (endpoint, *sorted(name for name, _value in parse_qsl(parts.query)))

    def leaks(self) -> Iterator[str]:
        """What in the answers the person may not see, but for what their own question said."""
        for answer in self.answers:
            hidden = (answer.words & self.firm.all_words) - self.eyes.words - words_in(unquote(answer.address))
            if hidden:
                yield f"{answer.address} shows {', '.join(sorted(map(self.firm.whose, hidden)))}"

    def wrong_counts(self) -> Iterator[str]:
        """Lists that have other rows than the person may see, and numbers with other rows behind them."""
        counts = {answer.address: answer.count for answer in self.answers if answer.status == 200}
        for table, addresses in LISTS.items():
            if counts.keys() >= set(addresses):
                found, wanted = sum(counts[address] for address in addresses), len(self.eyes.listed(table))
                if found != wanted:
                    yield f"{' and '.join(addresses)} count {found}, not {wanted}"
        for answer in self.answers:
            for link, number in answer.promised.items():
                if counts.get(link, number) != number:
                    yield f"{answer.address} says {number} of {link}, which has {counts[link]}"

    def failures(self) -> Iterator[str]:
        """Addresses that answered with a fault."""
        return (f"{answer.address} answers {answer.status}" for answer in self.answers if answer.status >= 500)

    def wrong_doors(self) -> Iterator[str]:
        """Pages of records that open to who may not see them, or don't to who may."""
        for answer in self.answers:
            endpoint, values = self.matched(answer.address)
            tables = [name for name in values if name in TABLES]
            if len(tables) == 1 and self.enters_page(endpoint):
                ids = self.eyes.rows[TABLES[tables[0]]]
                wanted = 200 if values[tables[0]] in ids else 404
                if answer.status != wanted and (answer.status, endpoint) not in ALSO:
                    yield f"{answer.address} answers {answer.status}, not {wanted}"

    def matched(self, address: str) -> tuple[str, dict[str, Any]]:
        endpoint, values = self.adapter.match(urlsplit(address).path, method="GET")
        return str(endpoint), dict(values)

    def enters_page(self, endpoint: str) -> bool:
        return any(self.enters(rule) for rule in self.app.url_map.iter_rules(endpoint) if "GET" in (rule.methods or ()))


ALSO: Final = {(302, "cases.view"), (204, "cases.newer"), (302, "handoffs.view")}


def text_of(response: Any) -> str:
    """The page; of a workbook what stands in its cells; of JSON its letters instead of their codes."""
    if response.mimetype in ("image/jpeg", "image/png") or (response.status_code >= 400 and not response.data):
        return ""
    if response.mimetype.endswith("sheet"):
        with ZipFile(BytesIO(response.data)) as book:
            return "\n".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    if response.mimetype == "application/json":
        return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), response.text)
    text = str(response.text)
    return unquote(text) if "%CE%A9" in text else text


def asked_of(firm: Firm) -> dict[str, list[str]]:
    """What lists are narrowed to and searches are asked for, whoever's it is."""
    branches = [row.id for row in firm.rows("branches")]
    roles = {(row.person_id, getattr(row.role, "value", row.role)) for row in firm.rows("person_roles")}
    agents = sorted(person for person, role in roles if role == "agent")
    some = [[*firm.rows(name)][place] for name in ("customers", "projects") for place in (0, 2, -1)]
    numbers = [row.number for name in ("customer_phones", "contacts") for row in firm.rows(name)]
    texts = ["客户", "新名", "花园", "工地"]
    texts += [*(row.contract_number for row in some[3:]), *(row.name for row in some[:3])]
    texts += [*numbers[::14], *(number[-4:] for number in numbers[1::14])]
    said = [f"q={quote(text)}" for text in texts]
    departments = [quote(row.name) for row in firm.rows("departments")]
    return {
        "search.index": [*said[::2], *(f"q={row.number}" for row in [*firm.rows("cases")][::15])],
        "cases.new": said[1::3] + [f"customer={row.id}" for row in [*firm.rows("customers")][::2]],
        "projects.new": [f"customer={row.id}" for row in some[:3]],
        "customers.known": [f"phone={number}" for number in numbers[:10:3]],
        "customers.new": [f"phone={numbers[0]}"],
        "customers.index": [f"branch={one}" for one in branches],
        "projects.index": [f"branch={one}" for one in branches] + ["calls=short", "calls=own"],
        "cases.index": ["state=all", f"branch={branches[0]}&state=all", f"branch={branches[1]}&state=all", "mine=1"],
        "callbacks.index": [
            *(f"whose=all&branch={one}" for one in branches), "whose=pool", *(f"whose={person}" for person in agents),
            *(f"whose=all&state={state}" for state in STATES),
        ],
        "callbacks.tasks": ["whose=all", "whose=all&done=1"],
        "callbacks.notes": ["answered=1"],
        "callbacks.absence": [f"absent={one}&to={other}" for one, other in pairwise(agents)],
        "handoffs.index": ["show=all", "show=unsigned", "late=1"],
        "audit.index": ["subject=cases", f"by={agents[-1]}"],
        "reports.view": [f"department={departments[-1]}"],
    }  # fmt: skip


def every(walks: dict[str, Walk], what: str) -> str:
    """What is wrong, one line each, by person."""
    return "\n".join(f"{name}: {line}" for name, walk in walks.items() for line in getattr(walk, what)())
