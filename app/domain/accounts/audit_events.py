"""What is kept of people, accounts, branches and departments."""

from typing import Final

from app.domain.accounts.models import Account, Branch, Department, Person
from app.domain.accounts.roles import Role
from app.domain.audit.events import Field, Subject
from app.domain.core.enums import N_

PEOPLE: Final = Subject(Person, "accounts", N_("人员"))
ACCOUNTS: Final = Subject(Account, "accounts", N_("登录账号"), branch="person.branch_id")
BRANCHES: Final = Subject(Branch, "accounts", N_("区域"), branch="id")
DEPARTMENTS: Final = Subject(Department, "accounts", N_("部门"))
ROLES: Final = {"roles": Field(N_("角色"), Role)}

REGISTER: Final = PEOPLE.event("register", N_("新增人员"), fields=ROLES)
EDIT: Final = PEOPLE.event("edit", N_("修改人员"), *PEOPLE.columns, fields=ROLES | {"username": Field(N_("账号"))})
SET_PASSWORD: Final = ACCOUNTS.event("set_password", N_("重设密码"))
CHANGE_PASSWORD: Final = ACCOUNTS.event("change_password", N_("改了自己的密码"))
DISABLE: Final = ACCOUNTS.event("disable", N_("停用账号"))
ENABLE: Final = ACCOUNTS.event("enable", N_("恢复账号"))
SIGN_IN: Final = ACCOUNTS.event("sign_in", N_("登录"))
SIGN_OUT: Final = ACCOUNTS.event("sign_out", N_("退出登录"))
END_SESSIONS: Final = ACCOUNTS.event("end_sessions", N_("退出其他登录"), fields={"sessions": Field(N_("登录数"))})
ADD_BRANCH: Final = BRANCHES.event("add_branch", N_("新增区域"))
RENAME_BRANCH: Final = BRANCHES.event("rename_branch", N_("区域改名"), "name")
ADD_DEPARTMENT: Final = DEPARTMENTS.event("add_department", N_("新增部门"))
RENAME_DEPARTMENT: Final = DEPARTMENTS.event("rename_department", N_("部门改名"), "name")
