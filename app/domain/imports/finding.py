"""The customers and projects that a file's rows are about, by number, telephone or contract."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.domain.core.enums import N_
from app.domain.customers.models import Customer, CustomerPhone
from app.domain.imports.context import fetched
from app.domain.imports.problems import CellRefused
from app.domain.imports.reader.columns import Row
from app.domain.projects.models import Project, ProjectPerson


class Customers:
    """客户 by 客户编号, else by 客户手机."""

    def __init__(self) -> None:
        self.by_number: dict[str, Customer] = {}
        self.by_phone: dict[str, list[Customer]] = {}

    def load(self, rows: Sequence[Row]) -> None:
        """The customers whom the rows name."""
        query = select(Customer).where(Customer.merged_into_id.is_(None)).options(selectinload(Customer.phones))
        for customer in fetched(query, Customer.number, (row["客户编号"] for row in rows if "客户编号" in row)):
            self.by_number[customer.number] = customer
        holders = query.join(CustomerPhone).where(CustomerPhone.removed_at.is_(None))
        phones = (row["客户手机"].number for row in rows if "客户手机" in row)
        for customer in fetched(holders, CustomerPhone.number, phones):
            for number in {phone.number for phone in customer.phones_now}:
                known = self.by_phone.setdefault(number, [])
                if customer not in known:
                    known.append(customer)

    def of(self, row: Row) -> Customer | None:
        """The row's customer; None when it names none. CellRefused when there is no such one, or several."""
        if number := row.get("客户编号"):
            if number not in self.by_number:
                raise CellRefused("客户编号", N_("没有编号为“%(number)s”的客户。"), number=number)
            return self.by_number[number]
        return self._called(row["客户手机"].number) if "客户手机" in row else None

    def _called(self, phone: str) -> Customer:
        """Whose primary number it is, else who has it at all."""
        known = self.by_phone.get(phone, [])
        found = [customer for customer in known if customer.phone == phone] or known
        if not found:
            raise CellRefused("客户手机", N_("没有手机为 %(phone)s 的客户。"), phone=phone)
        if len(found) > 1:
            raise CellRefused("客户手机", N_("不止一位客户用 %(phone)s，看不出是哪一位。"), phone=phone)
        return found[0]


class Projects:
    """工程 by 合同编号, with people, stages and suspensions."""

    def __init__(self) -> None:
        self.by_contract: dict[str, Project] = {}

    def load(self, rows: Sequence[Row]) -> None:
        """The projects that the rows name."""
        query = select(Project).options(
            joinedload(Project.customer).selectinload(Customer.phones),
            joinedload(Project.plan),
            joinedload(Project.branch),
            selectinload(Project.stages),
            selectinload(Project.suspensions),
            selectinload(Project.people).joinedload(ProjectPerson.person),
        )
        contracts = (row["合同编号"] for row in rows if "合同编号" in row)
        for project in fetched(query, Project.contract_number, contracts):
            self.by_contract[project.contract_number] = project

    def of(self, row: Row) -> Project | None:
        """The row's project; None when it names none. CellRefused when there is no such one."""
        contract = row.get("合同编号")
        if contract is None:
            return None
        if contract not in self.by_contract:
            raise CellRefused("合同编号", N_("没有合同编号为“%(contract)s”的工程。"), contract=contract)
        return self.by_contract[contract]
