"""The forms of signing in, one's own account, people, branches and departments."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, PasswordField
from wtforms.validators import EqualTo, InputRequired, Length

from app.domain.accounts import branches
from app.domain.accounts.models import Department, Person
from app.domain.accounts.passwords import LONGEST
from app.domain.accounts.people import Facts
from app.domain.accounts.roles import Role
from app.web.fields import EnumsField, PhoneField, RowField, TextField
from app.web.forms import HouseForm, IdempotentForm, VersionedForm
from app.web.i18n import gettext


def new_password(label: Any) -> PasswordField:
    """A password to be set; how good it must be is the domain's."""
    return PasswordField(label, [InputRequired(), Length(max=LONGEST)])


def again(name: str) -> PasswordField:
    """The same password once more."""
    return PasswordField(_l("再输一次"), [InputRequired(), EqualTo(name, message=_l("两次填的不一样。"))])


class LoginForm(HouseForm):
    """Name and password."""

    username = TextField(_l("账号"), longest=60, required=True)
    password = PasswordField(_l("密码"), [InputRequired(), Length(max=LONGEST)])
    next = HiddenField()


class SetupForm(HouseForm):
    """The first start."""

    firm = TextField(_l("公司名称"), longest=60, required=True)
    name = TextField(_l("您的姓名"), longest=60, required=True)
    username = TextField(_l("账号"), longest=60, required=True)
    password = new_password(_l("密码"))
    again = again("password")


class PasswordForm(HouseForm):
    """One's own new password."""

    old = PasswordField(_l("现在的密码"), [InputRequired(), Length(max=LONGEST)])
    new = new_password(_l("新密码"))
    again = again("new")


class _PersonFields:
    """What the administrator says of a person."""

    name = TextField(_l("姓名"), longest=60, required=True)
    phone = PhoneField(_l("手机"))
    username = TextField(_l("账号"), longest=60, description=_l("登录用的名字。不登录的人留空。"))
    roles = EnumsField(_l("角色"), Role)
    branch = RowField(_l("区域"))
    department = RowField(_l("部门"))
    heads = BooleanField(_l("是这个部门的负责人"))
    is_hq = BooleanField(_l("总部：看得到所有区域"))
    active = BooleanField(_l("在职"), default=True)

    def __init__(self, person: Person | None = None) -> None:
        super().__init__(obj=person)
        assert isinstance(self, HouseForm)
        self.branch.offer(branches.all_branches(), empty=gettext("不属于区域"))
        self.department.offer(branches.all_departments(), empty=gettext("没有部门"), name=named)
        if person is not None and not self.is_submitted():
            self.heads.data = person.department is not None and person.department.head_id == person.id
            self.username.data = person.account.username if person.account else ""

    def facts(self) -> Facts:
        """What was filled in."""
        return Facts(
            name=self.name.data,
            username=self.username.data or "",
            roles=frozenset(self.roles.data or ()),
            phone=self.phone.data.number if self.phone.data else "",
            branch=self.branch.chosen,
            department=self.department.chosen,
            heads=self.heads.data,
            is_hq=self.is_hq.data,
            active=self.active.data,
        )


class NewPersonForm(_PersonFields, IdempotentForm):
    """A person to add."""


class PersonForm(_PersonFields, VersionedForm):
    """A person to change."""


class BranchForm(IdempotentForm):
    """A branch's name."""

    name = TextField(_l("区域名称"), longest=60, required=True)


class DepartmentForm(IdempotentForm):
    """A department's name and branch."""

    name = TextField(_l("部门名称"), longest=60, required=True)
    branch = RowField(_l("所属区域"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.branch.offer(branches.all_branches(), empty=gettext("全公司"))


def named(department: Department) -> str:
    """A department as one tells it from others of the same name."""
    return f"{department.branch.name} · {department.name}" if department.branch else department.name
