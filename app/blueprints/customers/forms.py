"""The forms of a customer, in the order of a telephone call."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField

from app.domain.accounts import branches
from app.domain.accounts.models import Person
from app.domain.customers.enums import Channel, CustomerStage, Salutation
from app.domain.customers.models import Customer
from app.domain.customers.records import CustomerFacts
from app.web.fields import DayField, EnumField, EnumKeys, NoteField, PhoneField, RowField, TextField
from app.web.forms import HouseForm, IdempotentForm, VersionedForm
from app.web.i18n import gettext


class AddressFields:
    """The parts of an address."""

    city = TextField(_l("城市"), longest=30)
    district = TextField(_l("区县"), longest=30)
    estate = TextField(_l("小区"), longest=80)
    building = TextField(_l("幢"), longest=20)
    unit = TextField(_l("单元"), longest=20)
    room = TextField(_l("室"), longest=20)

    def address(self) -> dict[str, str]:
        """The parts by name."""
        return {
            name: getattr(self, name).data or "" for name in ("city", "district", "estate", "building", "unit", "room")
        }


class _CustomerFields(AddressFields):
    """What is said about a customer."""

    name = TextField(_l("姓名"), longest=60, required=True)
    salutation = EnumKeys(_l("称谓"), Salutation, empty=_l("未说"))
    stage = EnumField(_l("状态"), CustomerStage, default=CustomerStage.SIGNED)
    source = TextField(_l("来源"), longest=60)
    number = TextField(_l("客户编号"), longest=40)
    is_key = BooleanField(_l("重点客户"))
    birthday = DayField(_l("生日"))
    notes = NoteField(_l("备注"), longest=4000)
    branch_id = RowField(_l("区域"))

    def offer_branches(self, person: Person) -> None:
        """Only who sees every branch chooses one; others register in their own."""
        if person.is_hq:
            self.branch_id.offer(branches.all_branches(), empty=gettext("全公司"))
        else:
            del self.branch_id

    def facts(self) -> CustomerFacts:
        """What was filled in."""
        facts: dict[str, Any] = {
            name: getattr(self, name).data
            for name in ("name", "salutation", "source", "number", "is_key", "birthday", "notes", "branch_id")
            if getattr(self, name, None) is not None
        }
        return CustomerFacts(**facts, stage=self.stage.data or CustomerStage.SIGNED, **self.address())


class NewCustomerForm(_CustomerFields, IdempotentForm):
    """A customer who calls for the first time: the number first."""

    phone = PhoneField(_l("电话"), required=True)
    other_phone = PhoneField(_l("备用电话"))
    same_phone_ok = BooleanField(_l("是另一位客户，号码相同也登记"))


class CustomerForm(_CustomerFields, VersionedForm):
    """Corrections of a customer."""

    def __init__(self, customer: Customer) -> None:
        super().__init__(obj=customer)


class AddPhoneForm(HouseForm):
    """One more number."""

    phone = PhoneField(_l("电话"), required=True)
    is_primary = BooleanField(_l("设为主要电话"))
    same_phone_ok = BooleanField(_l("别的客户也用这个号码，仍要添加"))


class ReasonForm(HouseForm):
    """A reason."""

    reason = TextField(_l("原因"), longest=200, required=True)


class WishForm(ReasonForm):
    """A channel that is not wanted, and why."""

    channel = EnumKeys(_l("不要用"), Channel, required=True)


class MergeForm(ReasonForm):
    """The record that stays."""

    into = StringField(_l("并入哪条客户记录"), description=_l("填那条记录的编号，在其页面标题下可以看到。"))
