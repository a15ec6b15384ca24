"""Who may see what, told from plain rows by the words of the domain, without any of the product's own scope.

A branch's customer service, its quality, engineering and office see the records of their branch and those of the
whole firm; the flag shows every branch. On site one sees the projects on which one has a function now, and the cases
in which one has a part now: as assignee, as head of the assignee's or the owner's department, by an open handoff.
What one signed or refused stays readable. All of it only in one's own branch. Telephone numbers are for who has
something to do with the customer now.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from types import SimpleNamespace as Row
from typing import Any, Final

from sqlalchemy import JSON, String, Text, select

from app.domain.core.orm import Base
from app.extensions import db

MARK: Final = re.compile(r"Ω[0-9a-z]{3}")
NUMBER: Final = re.compile(r"13900\d{6}(?!\d)")
MASKED: Final = re.compile(r"139\*{4}\d{4}")
CASE: Final = re.compile(r"(?:TS|BX|JY|ZX|BY)-\d{8}-\d{3}")
SEEN_AS_ROWS: Final = (
    "customers", "projects", "callbacks", "cases", "handoffs", "tasks", "department_notes", "stored_files",
    "audit_entries", "people", "departments", "import_batches",
)  # fmt: skip
"""The tables whose rows one may see or not; the rows of others go with them."""

PARENT: Final = {
    "answers": "callbacks", "attempts": "callbacks cases", "call_drafts": "callbacks", "case_events": "cases",
    "case_photos": "cases", "contacts": "projects", "customer_phones": "customers", "deadlines": "cases",
    "do_not_contact": "customers", "project_people": "projects", "project_stages": "projects",
    "refusals": "handoffs", "signatures": "handoffs", "suspensions": "projects", "unreachable_decisions": "callbacks",
}  # fmt: skip
PLACE: Final = ("city", "district", "estate", "building", "unit", "room")
IN_PASSING: Final = {
    "customers": ("name", "notes", *PLACE), "projects": ("contract_number", *PLACE), "cases": ("number",),
}  # fmt: skip
"""What is told of a record beside another one that belongs to it: of a customer on the page of their case."""

WHOLE_BRANCH: Final = {"agent", "lead", "qa", "engineering", "office"}
ADMINISTERED: Final = {"accounts", "people", "branches", "departments", "settings"}
OPEN_CALLBACK: Final = {"due", "scheduled", "unreachable"}
ANSWERED: Final = {"signed", "refused"}


class Firm:
    """All rows of the database, by table and id, with the marks that stand in each."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[Any, Row]] = {}
        self.parts: dict[tuple[str, Any], list[tuple[str, Row]]] = defaultdict(list)
        self.masked: dict[str, str] = {}
        for table in Base.metadata.sorted_tables:
            found = db.session.execute(select(table)).mappings().all()
            rows = [
                Row(**{"id": place, **{name: _plain(value) for name, value in row.items()}})
                for place, row in enumerate(found)
            ]
            self.tables[table.name] = {row.id: row for row in rows}
        for name, parents in PARENT.items():
            for row in self.rows(name):
                for parent in parents.split():
                    self.parts[parent, getattr(row, _key_of(parent))].append((name, row))
        self.words = {
            (name, row_id): self._words(name, row) for name, rows in self.tables.items() for row_id, row in rows.items()
        }

    def rows(self, table: str) -> Iterable[Row]:
        return self.tables[table].values()

    def get(self, table: str, row_id: Any) -> Row:
        return self.tables[table][row_id]

    def _words(self, table: str, row: Row) -> dict[str, set[str]]:
        """The marks, numbers of cases and telephone numbers in each column of text."""
        texts = {
            column.name: str(getattr(row, column.name))
            for column in Base.metadata.tables[table].columns
            if isinstance(column.type, String | Text | JSON) and getattr(row, column.name)
        }
        return {name: words_in(text) for name, text in texts.items()}

    def whose(self, word: str) -> str:
        """The word, and in which records it stands."""
        rows = [f"{table} {row_id} {column}" for (table, row_id), columns in self.words.items()
                for column, words in columns.items() if word in words]  # fmt: skip
        return f"{word} ({'; '.join(rows[:3]) or 'a number, masked'})"

    @cached_property
    def all_words(self) -> set[str]:
        found = {word for row in self.words.values() for words in row.values() for word in words}
        return found | {masked(word) for word in found if NUMBER.fullmatch(word)}


def words_in(text: str) -> set[str]:
    """What in the text tells of a record."""
    found = set(MARK.findall(text)) | set(CASE.findall(text)) | set(NUMBER.findall(text))
    return found | (set(MASKED.findall(text)) if "****" in text else set())


def masked(number: str) -> str:
    return f"{number[:3]}****{number[-4:]}"


def _plain(value: Any) -> Any:
    return getattr(value, "value", value)


def _key_of(table: str) -> str:
    return {"callbacks": "callback_id", "cases": "case_id", "customers": "customer_id", "projects": "project_id",
            "handoffs": "handoff_id"}[table]  # fmt: skip


class Eyes:
    """What one person may see of the firm."""

    def __init__(self, firm: Firm, person_id: int) -> None:
        self.firm, self.me = firm, firm.get("people", person_id)
        self.roles = {_plain(row.role) for row in firm.rows("person_roles") if row.person_id == person_id}
        self.headed = {row.id for row in firm.rows("departments") if row.head_id == person_id}
        self.members = {row.id for row in firm.rows("people") if row.department_id in self.headed}
        self.sees_whole_branch = bool(self.roles & WHOLE_BRANCH) or self.me.is_hq

    def own(self, branch_id: int | None) -> bool:
        return self.me.is_hq or branch_id is None or branch_id == self.me.branch_id

    def is_near(self, table: str, row_id: Any) -> bool:
        """Whether the record is of the person's own branch, as far as its row tells."""
        return self.own(getattr(self.firm.get(table, row_id), "branch_id", None))

    def has_function_on(self, project_id: int | None) -> bool:
        return any(
            row.project_id == project_id and row.person_id == self.me.id and row.until is None
            for row in self.firm.rows("project_people")
        )

    def project(self, row: Row) -> bool:
        return self.own(row.branch_id) and (self.sees_whole_branch or self.has_function_on(row.id))

    def has_open_handoff(self, case: Row) -> bool:
        return any(self.is_for_me(row) for row in self.firm.rows("handoffs") if row.case_id == case.id)

    def is_for_me(self, handoff: Row) -> bool:
        mine = (handoff.to_person_id, handoff.to_department_id)
        return handoff.state == "sent" and (mine[0] == self.me.id or mine[1] in self.headed)

    def case(self, row: Row) -> bool:
        if not self.own(row.branch_id):
            return False
        return self.sees_whole_branch or self.has_function_on(row.project_id) or self.acts_on(row)

    def acts_on(self, row: Row) -> bool:
        """As one who goes out: the others' acting makes no difference to what they see."""
        if not self.own(row.branch_id):
            return False
        by_assignment = row.ended_at is None and ({row.assignee_id} & ({self.me.id} | self.members))
        owns = {row.owner_id} & ({self.me.id} | self.members)
        return bool(by_assignment or owns) or self.has_open_handoff(row)

    def handoff(self, row: Row) -> bool:
        case = self.firm.get("cases", row.case_id)
        return self.case(case) or (self.own(case.branch_id) and self.answered(row))

    def answered(self, handoff: Row) -> bool:
        """Whether the person signed or refused it, or it was signed by telephone for them."""
        by = {row.by_id for _name, row in self.firm.parts["handoffs", handoff.id]}
        return handoff.state in ANSWERED and self.me.id in by | {handoff.to_person_id}

    def customer(self, row: Row) -> bool:
        if self.sees_whole_branch:
            return self.own(row.branch_id)
        its = {row.id}
        projects = any(self.project(one) for one in self.firm.rows("projects") if one.customer_id in its)
        return projects or any(self.case(one) for one in self.firm.rows("cases") if one.customer_id in its)

    def callback(self, row: Row) -> bool:
        return self.own(row.branch_id) and (self.sees_whole_branch or self.has_function_on(row.project_id))

    def task(self, row: Row) -> bool:
        return self.own(row.branch_id) and bool(self.roles & {"agent", "lead"})

    def department_note(self, row: Row) -> bool:
        if not self.own(self.firm.get("callbacks", row.callback_id).branch_id):
            return False
        mine = row.to_person_id == self.me.id or row.department_id in self.headed | {self.me.department_id}
        return self.sees_whole_branch or mine

    def stored_file(self, row: Row) -> bool:
        of = {one.case_id for one in self.firm.rows("case_photos") if one.file_id == row.id}
        if any(self.case(self.firm.get("cases", case_id)) for case_id in of):
            return True
        signed = (one for one in self.firm.rows("handoffs") if one.case_id in of and row.sha256 in one.snapshot)
        return any(self.handoff(one) for one in signed)

    def audit_entry(self, row: Row) -> bool:
        """As a reader of the audit."""
        if "admin" in self.roles and row.subject in ADMINISTERED:
            return True
        return "office" in self.roles and self.own(self._branch_about(row))

    def _branch_about(self, entry: Row) -> int | None:
        thing = self.firm.tables.get(entry.subject, {}).get(entry.subject_id)
        if thing is None or entry.subject == "branches":
            return entry.subject_id if thing else None
        for name, table in (("case_id", "cases"), ("callback_id", "callbacks"), ("person_id", "people")):
            if not hasattr(thing, "branch_id") and hasattr(thing, name):
                thing = self.firm.get(table, getattr(thing, name))
        return getattr(thing, "branch_id", None)

    def person(self, row: Row) -> bool:
        return self.own(row.branch_id) or row.is_hq or "admin" in self.roles

    def department(self, row: Row) -> bool:
        return self.own(row.branch_id) or "admin" in self.roles

    def import_batch(self, _row: Row) -> bool:
        return "admin" in self.roles

    @cached_property
    def rows(self) -> dict[str, set[int]]:
        """The ids of all that the person may see, by table."""
        asked = {name: getattr(self, _singular(name)) for name in SEEN_AS_ROWS}
        return {name: {row.id for row in self.firm.rows(name) if may_see(row)} for name, may_see in asked.items()}

    def listed(self, table: str) -> set[int]:
        """The ids that a list of the table shows: all of them, but for customers merged into another one."""
        return {
            row_id for row_id in self.rows[table] if not getattr(self.firm.get(table, row_id), "merged_into_id", None)
        }

    @cached_property
    def words(self) -> set[str]:
        """Every mark, number and telephone number that may stand on a page of the person's."""
        whole = {(name, row_id) for name, ids in self.rows.items() for row_id in ids}
        whole |= self._told_in_stories()
        parts = {(part, row.id) for one in whole for part, row in self._parts(one)}
        found = {word for one in whole | parts for words in self.firm.words.get(one, {}).values() for word in words}
        found |= {word for one, columns in self._in_passing(whole) for word in self._of(one, columns)}
        found |= {masked(word) for word in found if NUMBER.fullmatch(word)}
        return {word for word in found if not NUMBER.fullmatch(word)} | self.numbers

    def _of(self, one: tuple[str, int], columns: Iterable[str]) -> set[str]:
        words = self.firm.words[one]
        found = {word for column in columns for word in words.get(column, ())}
        if one[0] == "customers":
            found |= {word for part, row in self.firm.parts[one] if part == "customer_phones" for word in {row.number}}
        return found

    def _parts(self, one: tuple[str, Any]) -> Iterator[tuple[str, Row]]:
        for part, row in self.firm.parts[one]:
            if part != "call_drafts" or row.person_id == self.me.id:
                yield part, row

    def _told_in_stories(self) -> set[tuple[str, int]]:
        """Corrections of a customer or project stand in its story."""
        told = {"customers", "projects"}
        entries = self.firm.rows("audit_entries")
        return {("audit_entries", row.id) for row in entries if row.subject in told and self._sees(row)}

    def _sees(self, entry: Row) -> bool:
        return entry.subject_id in self.rows[entry.subject]

    def _in_passing(self, whole: set[tuple[str, int]]) -> Iterator[tuple[tuple[str, int], Iterable[str]]]:
        """What is told of the customer, project or case that a visible record belongs to, and who is named on it."""
        for table, row_id in whole:
            row = self.firm.get(table, row_id)
            if table == "department_notes":
                row = Row(**vars(row) | vars(self.firm.get("callbacks", row.callback_id)))
            for column, owner in (("customer_id", "customers"), ("project_id", "projects"), ("case_id", "cases")):
                if table not in ("stored_files", "handoffs") and getattr(row, column, None):
                    yield (owner, getattr(row, column)), IN_PASSING[owner]
            for part, one in ((table, row), *self._parts((table, row_id))):
                yield from self._named(part, one)
            if table == "audit_entries" and row.subject in Base.metadata.tables:
                for place in (0, 1):
                    yield from self._named(
                        row.subject, Row(**{name: pair[place] for name, pair in row.changes.items()})
                    )

    def _named(self, table: str, row: Row) -> Iterator[tuple[tuple[str, int], Iterable[str]]]:
        for column in Base.metadata.tables[table].columns:
            for key in column.foreign_keys:
                referred, value = key.column.table.name, getattr(row, column.name, None)
                if value is not None and referred in ("people", "departments"):
                    yield (referred, value), ("name", "phone")

    @cached_property
    def numbers(self) -> set[str]:
        """The telephone numbers that the person sees whole."""
        mine = {row.phone for row in self.firm.rows("people") if row.id in self._people_seen()}
        texts = [row.text for row in self.firm.rows("tasks") if row.id in self.rows["tasks"]]
        mine |= {number for text in texts for number in NUMBER.findall(text)}
        return mine | {number for customer in self._served() for number in self._numbers_of(customer)}

    def _people_seen(self) -> set[int]:
        return {row_id for (table, row_id), _columns in self._in_passing(self._whole()) if table == "people"} | (
            self.rows["people"]
        )

    def _whole(self) -> set[tuple[str, int]]:
        return {(name, row_id) for name, ids in self.rows.items() for row_id in ids}

    def _served(self) -> set[int]:
        """The customers with whom the person has something to do now, or whom they may call at once."""
        me, calls = self.me.id, bool(self.roles & {"agent", "lead"})
        found = {
            row.customer_id
            for row in self.firm.rows("callbacks")
            if row.state in OPEN_CALLBACK and self.own(row.branch_id) and (row.assigned_to_id == me or calls)
        }
        found |= {
            row.customer_id
            for row in self.firm.rows("tasks")
            if row.owner_id == me and row.done_at is None and self.own(row.branch_id)
        }
        found |= {
            row.customer_id
            for row in self.firm.rows("cases")
            if row.ended_at is None
            and self.own(row.branch_id)
            and (me in (row.owner_id, row.assignee_id) or self.has_open_handoff(row))
        }
        return found | {
            row.customer_id
            for row in self.firm.rows("projects")
            if self.own(row.branch_id) and self.has_function_on(row.id)
        }

    def _numbers_of(self, customer_id: int) -> set[str]:
        """Their own, those of the contacts of projects that the person has to do with, and of who called in a case."""
        found = {row.number for part, row in self.firm.parts["customers", customer_id] if part == "customer_phones"}
        known = {row.project_id for row in self.firm.rows("callbacks") if row.id in self.rows["callbacks"]}
        known |= self.rows["projects"] | {row.project_id for row in self.firm.rows("cases") if self.acts_on(row)}
        contacts = (row for row in self.firm.rows("contacts") if row.project_id in known)
        found |= {row.number for row in contacts if self._customer_of(row.project_id) == customer_id}
        cases = (row for row in self.firm.rows("cases") if row.id in self.rows["cases"])
        return found | {row.reporter_phone for row in cases if row.customer_id == customer_id}

    def _customer_of(self, project_id: int) -> int:
        return int(self.firm.get("projects", project_id).customer_id)


def _singular(table: str) -> str:
    return {"people": "person", "import_batches": "import_batch", "audit_entries": "audit_entry"}.get(table, table[:-1])
