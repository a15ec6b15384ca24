"""What a report is about: a period, a branch, a department, and the moment it is made."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, select, true

from app.domain.accounts.models import Branch, Department, Person
from app.domain.accounts.scope import in_branch
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.reports.period import Period, PeriodKind
from app.extensions import db


@dataclass(frozen=True)
class Scope:
    """`as_of` is the report's moment: what happened later, and deadlines not yet due then, are not in it.

    `branch` and `department` None: all of them. `reader` None: a command, which sees the whole firm; else only
    what the person's own scope holds.
    """

    period: Period
    as_of: datetime
    branch: Branch | None = None
    department: str | None = None
    reader: Person | None = None

    def covers(self, branch_id: Any) -> ColumnElement[bool]:
        """SQL: the row's stored branch is in the scope."""
        wanted = branch_id == self.branch.id if self.branch else true()
        return and_(wanted, in_branch(self.reader, branch_id)) if self.reader else wanted

    def within(self, instant: Any) -> ColumnElement[bool]:
        """SQL: the instant lies in the period and not after the report's moment."""
        return and_(instant >= self.period.starts_at, instant < self.period.ends_at, instant <= self.as_of)

    def over(self, period: Period) -> "Scope":
        """The same scope over another period; the report's moment stays."""
        return replace(self, period=period)

    @property
    def branch_name(self) -> str | None:
        """As interfaces.md names it: null for the whole firm."""
        return self.branch.name if self.branch else None


def scope_of(
    period: str,
    at: datetime,
    *,
    offered: Collection[PeriodKind] = tuple(PeriodKind),
    branch: str | None = None,
    department: str | None = None,
    reader: Person | None = None,
) -> Scope:
    """The scope in the words of a command or an address; who sees one branch only gets that branch, so that a figure
    of its name is the same whoever prints it. Refused: no period of a kind that is offered, a future one, an unknown
    name.
    """
    asked = Period.parse(period, offered)
    if asked.first > clock.day_of(at):
        raise Refused(N_("%(period)s 还没有到，没有可统计的内容。"), field="period", period=str(asked))
    return Scope(asked, at, _branch(branch, reader), _department(department, reader), reader)


def branches_of(reader: Person | None) -> list[Branch]:
    """The branches whose figures the reader may see, by name."""
    query = select(Branch).order_by(Branch.name)
    if reader and not reader.is_hq:
        query = query.where(Branch.id == reader.branch_id)
    return list(db.session.scalars(query))


def departments_of(reader: Person | None) -> list[str]:
    """The names of departments in the reader's scope; one name for those of the same name."""
    query = select(Department.name).distinct().order_by(Department.name)
    if reader:
        query = query.where(in_branch(reader, Department.branch_id))
    return list(db.session.scalars(query))


def _branch(name: str | None, reader: Person | None) -> Branch | None:
    if not name:
        return reader.branch if reader and not reader.is_hq else None
    found = next((branch for branch in branches_of(reader) if branch.name == name), None)
    if found is None:
        raise Refused(N_("没有名为“%(name)s”的区域。"), field="branch", name=name)
    return found


def _department(name: str | None, reader: Person | None) -> str | None:
    if not name:
        return None
    if name not in departments_of(reader):
        raise Refused(N_("没有名为“%(name)s”的部门。"), field="department", name=name)
    return name
