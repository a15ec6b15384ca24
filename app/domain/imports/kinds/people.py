"""人员: who works for the firm, with account, roles, branch and department. Key: 账号."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.domain.accounts import sessions
from app.domain.accounts.audit_events import PEOPLE
from app.domain.accounts.models import Account, Branch, Department, Person, PersonRole
from app.domain.accounts.people import administrators
from app.domain.accounts.roles import Role
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.core.parsing.phones import Phone
from app.domain.imports.audit_events import imported
from app.domain.imports.context import ImportContext, Importer, RowChange, audit, fetched
from app.domain.imports.lookups import Departments, Names
from app.domain.imports.problems import CellRefused
from app.domain.imports.reader import cells
from app.domain.imports.reader.columns import Column, Row
from app.extensions import db

SIGNS_OUT = {"roles", "branch", "is_hq", "active"}


def username(cell: Any, _at: datetime) -> str:
    """An account's name: no blanks, at most 60 signs."""
    written = cells.plain(cell)
    if re.search(r"\s", written) or len(written) > 60:
        raise Refused(N_("账号不能有空格，最多 60 个字。"))
    return written


class People(Importer):
    """One row a person with an account."""

    code = "people"
    label = N_("人员")
    columns = (
        Column("账号", username, required=True, example="zhangwei"),
        Column("姓名", cells.text(60), required=True, example="张伟"),
        Column("角色", cells.several(cells.word(Role)), required=True, example="客服专员、质检"),
        Column("区域", cells.text(60), example="城东"),
        Column("部门", cells.text(60), example="客服部"),
        Column("部门负责人", cells.yes_no, example="否"),
        Column("手机", cells.phone, example="13800138000"),
        Column("总部", cells.yes_no, example="否"),
        Column("在职", cells.yes_no, example="是"),
    )
    event = imported(PEOPLE, N_("导入人员"), columns)

    def __init__(self, work: ImportContext) -> None:
        super().__init__(work)
        self.branches = Names(work, Branch, N_("区域"))
        self.departments = Departments(work)
        self.known: dict[str, Person] = {}
        self.heads: dict[int, int] = {}

    def load(self, rows: Sequence[Row]) -> None:
        """The people who have these accounts."""
        query = select(Account).options(
            joinedload(Account.person).options(
                selectinload(Person.role_rows), joinedload(Person.branch), joinedload(Person.department)
            )
        )
        names = (row["账号"].lower() for row in rows if "账号" in row)
        for account in fetched(query, func.lower(Account.username), names):
            self.known[account.username.lower()] = account.person

    def judge(self, row: Row) -> RowChange:
        """The person as the row has them; an unknown account is a new person."""
        self.once(row, "账号", row["账号"].lower(), row["账号"])
        change = RowChange(row, row["账号"], self.known.get(row["账号"].lower()))
        person: Person | None = change.record
        change.take({"姓名": "name", "总部": "is_hq", "在职": "active"})
        if "手机" in row:
            change.put("手机", "phone", _phone(row))
        before = person.roles if person else frozenset()
        if before != frozenset(row["角色"]):
            change.note("角色", "roles", frozenset(row["角色"]), _spoken(before), _spoken(row["角色"]))
        branch = self.branches.find("区域", row["区域"]) if "区域" in row else (person.branch if person else None)
        if "区域" in row:
            change.put("区域", "branch", branch)
        self._place(change, branch)
        return change

    def _place(self, change: RowChange, branch: Branch | None) -> None:
        row, person = change.row, change.record
        department: Department | None = person.department if person else None
        if "部门" in row:
            department = self.departments.find("部门", row["部门"], branch)
            change.put("部门", "department", department)
        if "部门负责人" not in row:
            return
        heads = row["部门负责人"]
        if department is None and heads:
            raise CellRefused("部门负责人", N_("没有写部门，不知道是哪个部门的负责人。"))
        if heads:
            first = self.heads.setdefault(id(department), row.number)
            if first != row.number:
                message = N_("第 %(row)s 行已经是“%(name)s”的负责人，一个部门只有一位。")
                raise CellRefused("部门负责人", message, row=first, name=department.name if department else "")
        is_head = person is not None and department is not None and department.head is person
        if heads != is_head:
            change.note("部门负责人", "heads", heads, is_head, heads)
            change.more["department"] = department

    def write(self, changes: Sequence[RowChange]) -> None:
        """Add and correct them. Who lost or gained a right is signed out. Refused without any administrator left."""
        had_administrator = bool(administrators())
        for change in self.work.writing(changes):
            if change.record is None:
                change.record = Person(created_at=self.work.at, is_hq=False, active=True)
                change.record.account = Account(username=change.name)
                db.session.add(change.record)
            if "department" in change.values:
                _leave_headship(change.record)
            change.write()
            self._write_roles(change)
        for change in changes:
            self._write_head(change)
        db.session.flush()
        if had_administrator and not administrators():
            raise Refused(N_("这样就没有系统管理员了，请先另设一位。"))
        for change in changes:
            if not change.is_new and not SIGNS_OUT.isdisjoint(change.values.keys() | change.more.keys()):
                sessions.end_all(change.record.account, by=self.work.by, at=self.work.at, why="roles")
        audit(self.work, changes)

    def _write_roles(self, change: RowChange) -> None:
        if "roles" not in change.more:
            return
        person, wanted = change.record, change.more["roles"]
        kept = [held for held in person.role_rows if held.role in wanted]
        person.role_rows = kept + [PersonRole(role=role) for role in sorted(wanted - {held.role for held in kept})]

    def _write_head(self, change: RowChange) -> None:
        if "heads" not in change.more or change.more["department"] is None:
            return
        department: Department = change.more["department"]
        if change.more["heads"]:
            department.head = change.record
        elif department.head is change.record:
            department.head = None


def _leave_headship(person: Person) -> None:
    """Who moves to another department heads the old one no more."""
    if person.department is not None and person.department.head is person:
        person.department.head = None


def _phone(row: Row) -> str:
    """The number with its extension, as a person's phone is kept."""
    phone: Phone = row["手机"]
    return phone.number + (f"转{phone.extension}" if phone.extension else "")


def _spoken(roles: Any) -> str:
    return "、".join(role.label for role in sorted(roles))
