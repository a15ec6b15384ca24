"""客户: who they are, where they live, how they are reached. Key: 客户编号, else 手机."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import selectinload

from app.domain.accounts.models import Branch, Person
from app.domain.core.enums import N_
from app.domain.core.parsing import pinyin
from app.domain.core.parsing.phones import Phone, tail4
from app.domain.customers.audit_events import CUSTOMERS
from app.domain.customers.enums import CustomerStage, Salutation
from app.domain.customers.models import Customer, CustomerPhone, SearchGram
from app.domain.imports.audit_events import imported
from app.domain.imports.context import ImportContext, Importer, RowChange, audit, fetched
from app.domain.imports.lookups import Names, People
from app.domain.imports.problems import CellRefused
from app.domain.imports.reader import cells
from app.domain.imports.reader.columns import Column, Row
from app.domain.search import bigrams
from app.domain.search.indexing import reindex
from app.extensions import db

PLAIN = {
    "姓名": "name", "称谓": "salutation", "城市": "city", "区县": "district", "小区": "estate", "幢": "building",
    "单元": "unit", "室": "room", "来源": "source", "状态": "stage", "重点客户": "is_key", "生日": "birthday",
    "备注": "notes",
}  # fmt: skip
FINDS = {"name", "city", "district", "estate", "building", "unit", "room"}
GRAMS_AT_ONCE = 20_000


class Customers(Importer):
    """One row a customer."""

    code = "customers"
    label = N_("客户")
    columns = (
        Column("客户编号", cells.text(40), example="KH-0001"),
        Column("姓名", cells.text(60), required=True, example="王建国"),
        Column("称谓", cells.word(Salutation), example="先生"),
        Column("手机", cells.phone, required=True, example="13800138000"),
        Column("备用电话", cells.phone, example="0571-88001234"),
        Column("城市", cells.text(30), example="杭州"),
        Column("区县", cells.text(30), example="西湖区"),
        Column("小区", cells.text(80), example="阳光花园"),
        Column("幢", cells.text(20), example="3幢"),
        Column("单元", cells.text(20), example="2单元"),
        Column("室", cells.text(20), example="501室"),
        Column("来源", cells.text(60), example="老客户介绍"),
        Column("状态", cells.word(CustomerStage), example="签约"),
        Column("重点客户", cells.yes_no, example="否"),
        Column("生日", cells.past_day, example="1985-06-01"),
        Column("区域", cells.text(60), example="城东"),
        Column("录入人", cells.text(60), example="limin"),
        Column("备注", cells.lines(), example=""),
    )
    event = imported(CUSTOMERS, N_("导入客户"), columns)

    def __init__(self, work: ImportContext) -> None:
        super().__init__(work)
        self.branches = Names(work, Branch, N_("区域"))
        self.people = People(work)
        self.by_number: dict[str, Customer] = {}
        self.by_phone: dict[str, list[Customer]] = {}
        self.numbered_phones: set[str] = set()
        self.in_file: dict[str, tuple[int, str]] = {}

    def load(self, rows: Sequence[Row]) -> None:
        """The customers with these numbers or telephones."""
        query = select(Customer).where(Customer.merged_into_id.is_(None)).options(selectinload(Customer.phones))
        for customer in fetched(query, Customer.number, (row["客户编号"] for row in rows if "客户编号" in row)):
            self.by_number[customer.number] = customer
        self.numbered_phones = {row["手机"].number for row in rows if "客户编号" in row}
        with_phone = (row[name].number for row in rows for name in ("手机", "备用电话") if name in row)
        holders = select(Customer).join(CustomerPhone).where(CustomerPhone.removed_at.is_(None))
        holders = holders.where(Customer.merged_into_id.is_(None)).options(selectinload(Customer.phones))
        for customer in fetched(holders, CustomerPhone.number, with_phone):
            for phone in customer.phones_now:
                known = self.by_phone.setdefault(phone.number, [])
                if customer not in known:
                    known.append(customer)

    def judge(self, row: Row) -> RowChange:
        """The customer as the row has them."""
        change = RowChange(row, row.get("客户编号") or row["手机"].number, self._record(row))
        if "客户编号" in row:
            change.put("客户编号", "number", row["客户编号"])
        change.take(PLAIN)
        if "区域" in row:
            change.put("区域", "branch", self.branches.find("区域", row["区域"]))
        if "录入人" in row:
            change.put("录入人", "entered_by", self._entered_by(change))
        self._telephones(change)
        self._warn_of_same_phone(change)
        return change

    def _record(self, row: Row) -> Customer | None:
        number, phone = row.get("客户编号"), row["手机"].number
        if number is not None:
            self.once(row, "客户编号", number)
            record = self.by_number.get(number)
        else:
            record = self._with_primary(row, phone)
        if record is not None:
            self.once(row, "客户编号" if number else "手机", ("record", record.id), number or phone)
        return record

    def _with_primary(self, row: Row, phone: str) -> Customer | None:
        """Whose primary number it is. CellRefused when that doesn't tell one customer."""
        self.once(row, "手机", ("phone", phone), phone)
        holders = [customer for customer in self.by_phone.get(phone, []) if customer.phone == phone]
        if len(holders) > 1 or (not holders and phone in self.numbered_phones):
            raise CellRefused("手机", N_("不止一位客户用 %(phone)s，请写客户编号。"), phone=phone)
        return holders[0] if holders else None

    def _entered_by(self, change: RowChange) -> Person:
        branch = change.values.get("branch") or (change.record.branch if change.record else None)
        return self.people.find("录入人", change.row["录入人"], branch=branch)

    def _telephones(self, change: RowChange) -> None:
        row = change.row
        now: list[CustomerPhone] = change.record.phones_now if change.record else []
        primary, spares = [phone_of(one) for one in now[:1]], [phone_of(one) for one in now[1:]]
        wanted_spares = [phone for phone in spares if phone != row["手机"]]
        spare: Phone | None = row.get("备用电话")
        if spare is not None and spare != row["手机"] and spare not in wanted_spares:
            wanted_spares = [spare]
        if [row["手机"]] != primary:
            change.note("手机", "phones", [row["手机"], *wanted_spares], *_first(primary, [row["手机"]]))
        if wanted_spares != spares:
            change.note("备用电话", "phones", [row["手机"], *wanted_spares], *_first(spares, wanted_spares))

    def _warn_of_same_phone(self, change: RowChange) -> None:
        row = change.row
        message = N_("和“%(other)s”是同一个电话，请确认是不是两位客户。")
        for column in ("手机", "备用电话"):
            phone = row[column].number if column in row else None
            if phone is None:
                continue
            others = [one for one in self.by_phone.get(phone, []) if one is not change.record]
            first = self.in_file.setdefault(phone, (row.number, change.name))
            if first[0] != row.number:
                self.work.warn(row, column, message, other=first[1])
            elif others:
                self.work.warn(row, column, message, other=others[0].number or others[0].name)

    def write(self, changes: Sequence[RowChange]) -> None:
        """Add and correct them, with telephones and what finds them."""
        for change in self.work.writing(changes):
            if change.is_new:
                change.record = Customer(created_at=self.work.at, stage=CustomerStage.SIGNED)
                db.session.add(change.record)
            change.write()
            if "name" in change.values:
                change.record.pinyin, change.record.initials = pinyin.of_name(change.record.name)
            if "phones" in change.more:
                self._write_phones(change.record, change.more["phones"])
        index_new([change.record for change in changes if change.is_new])
        for change in changes:
            if not change.is_new and not FINDS.isdisjoint(change.values):
                reindex(change.record)
        audit(self.work, changes)

    def _write_phones(self, customer: Customer, wanted: Sequence[Phone]) -> None:
        """The first is the primary one. Numbers no longer wanted are taken out of use, never deleted."""
        kept = {phone_of(row): row for row in customer.phones_now}
        for phone, row in kept.items():
            if phone not in wanted:
                row.removed_at, row.is_primary = self.work.at, False
        for place, phone in enumerate(wanted):
            if phone in kept:
                kept[phone].is_primary = place == 0
            else:
                customer.phones.append(
                    CustomerPhone(
                        number=phone.number,
                        extension=phone.extension,
                        tail4=tail4(phone.number),
                        is_primary=place == 0,
                    )
                )


def phone_of(row: CustomerPhone) -> Phone:
    """The number as a file's reader has it."""
    return Phone(row.number, row.extension)


def index_new(customers: Iterable[Customer]) -> None:
    """The letter pairs of customers who have none yet, in a few statements."""
    rows = [
        {"gram": gram, "customer_id": customer.id}
        for customer in customers
        for gram in sorted(bigrams.of_customer(customer, [customer]))
    ]
    for start in range(0, len(rows), GRAMS_AT_ONCE):
        db.session.execute(insert(SearchGram.__table__), rows[start : start + GRAMS_AT_ONCE])  # type: ignore[arg-type]


def _first(before: Sequence[Phone], after: Sequence[Phone]) -> tuple[Any, Any]:
    return next(iter(before), None), next(iter(after), None)
