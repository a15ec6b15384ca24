"""People, branches, departments and the firm's lists by the names that a file gives them."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.domain.accounts.models import Account, Branch, Department, Person, PersonRole
from app.domain.accounts.roles import Role
from app.domain.core.enums import N_
from app.domain.imports.context import ImportContext
from app.domain.imports.problems import CellRefused
from app.domain.plans.models import Cause, Result
from app.domain.projects.models import Team
from app.extensions import db

Named = TypeVar("Named", Branch, Team, Cause, Result)
UNKNOWN = N_("没有名为“%(name)s”的%(what)s。请先登记，或在导入时选择新建。")


class Names(Generic[Named]):
    """One of the firm's lists. `always`: what isn't in it is added without being asked."""

    def __init__(self, work: ImportContext, table: type[Named], what: str, *, always: bool = False) -> None:
        self.work, self.what, self.always = work, what, always
        self.table: type[Named] = table
        self.by_name: dict[str, Named] = {row.name: row for row in _all(table)}

    def find(self, column: str, name: str) -> Named:
        """The one with the name. CellRefused when there is none and none may be made."""
        if name not in self.by_name:
            if not (self.work.create or self.always):
                raise CellRefused(column, UNKNOWN, name=name, what=self.what)
            self.by_name[name] = self.table(name=name)
            self.work.make(self.what, name, self.by_name[name])
        return self.by_name[name]


def _all(table: type[Named]) -> Sequence[Named]:
    query: Select[Named] = select(table)
    return db.session.scalars(query).all()


class Departments:
    """部门 by name, within a branch first."""

    def __init__(self, work: ImportContext) -> None:
        self.work = work
        self.by_name: dict[str, list[Department]] = {}
        query = select(Department).options(joinedload(Department.branch), joinedload(Department.head))
        for row in db.session.scalars(query.order_by(Department.id)):
            self.by_name.setdefault(row.name, []).append(row)

    def known(self, column: str, name: str, branch: Branch | None) -> Department | None:
        """The branch's, else the firm's, else the only one of that name; None when there is none.

        CellRefused when several other branches have one.
        """
        found = self.by_name.get(name, [])
        for wanted in (branch, None):
            if mine := [row for row in found if row.branch is wanted]:
                return mine[0]
        if len(found) > 1 and branch is None:
            raise CellRefused(column, N_("几个区域都有“%(name)s”，看不出是哪一个。"), name=name)
        return found[0] if len(found) == 1 else None

    def find(self, column: str, name: str, branch: Branch | None) -> Department:
        """The branch's or the firm's, made if that was asked for."""
        found = [row for row in self.by_name.get(name, []) if row.branch is branch or row.branch is None]
        if found:
            return max(found, key=lambda row: row.branch is branch)
        if not self.work.create:
            raise CellRefused(column, UNKNOWN, name=name, what=N_("部门"))
        made = Department(name=name, branch=branch)
        self.by_name.setdefault(name, []).append(made)
        self.work.make(N_("部门"), name, made)
        return made


class People:
    """人员 by account, else by full name."""

    def __init__(self, work: ImportContext) -> None:
        self.work = work
        self.by_username: dict[str, Person] = {}
        self.by_name: dict[str, list[Person]] = {}
        self.made: dict[str, Person] = {}
        query = select(Person).options(joinedload(Person.account), joinedload(Person.department))
        for person in db.session.scalars(query.order_by(Person.id)):
            self._keep(person)

    def known(self, column: str, text: str) -> Person | None:
        """The person with this account, else with this name; None when there is none. CellRefused for two."""
        if found := self.by_username.get(text.lower()):
            return found
        named = self.by_name.get(text, [])
        if len(named) > 1:
            raise CellRefused(column, N_("有 %(count)s 位“%(name)s”，请改填账号。"), count=len(named), name=text)
        return named[0] if named else None

    def find(self, column: str, text: str, *, role: Role | None = None, branch: Branch | None = None) -> Person:
        """The person, made if that was asked for: with an account where the file gives them a role."""
        found = self.known(column, text)
        if found is None:
            if not self.work.create:
                raise CellRefused(column, UNKNOWN, name=text, what=N_("人员"))
            found = Person(name=text, created_at=self.work.at, branch=branch, is_hq=False, active=True)
            self._keep(found)
            self.made[text] = found
            self.work.make(N_("人员"), text, found)
        if role is not None and found is self.made.get(text) and role not in found.roles:
            self._give(found, role)
        return found

    def _give(self, person: Person, role: Role) -> None:
        person.role_rows.append(PersonRole(role=role))
        username = person.name.replace(" ", "")
        if person.account is None and username.lower() not in self.by_username:
            person.account = Account(username=username)
            self.by_username[username.lower()] = person

    def _keep(self, person: Person) -> None:
        self.by_name.setdefault(person.name, []).append(person)
        if person.account is not None:
            self.by_username[person.account.username.lower()] = person
