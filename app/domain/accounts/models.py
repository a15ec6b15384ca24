"""People, where they belong, and how they sign in."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.accounts.roles import Role
from app.domain.core.enums import N_
from app.domain.core.orm import Base, Code, Instant, column, instant, key


class Branch(Base):
    """区域: a branch of the firm. A record without a branch is the whole firm's."""

    __tablename__ = "branches"

    id: Mapped[key]
    name: Mapped[str] = column(N_("姓名或名称"), String(60), unique=True)


class Department(Base):
    """部门 of a branch; its head is the manager that things climb to."""

    __tablename__ = "departments"
    __table_args__ = (UniqueConstraint("branch_id", "name"),)

    id: Mapped[key]
    branch_id: Mapped[int | None] = column(N_("区域"), ForeignKey("branches.id"))
    name: Mapped[str] = column(N_("姓名或名称"), String(60), index=True)
    head_id: Mapped[int | None] = column(N_("负责人"), ForeignKey("people.id", use_alter=True))

    branch: Mapped[Branch | None] = relationship()
    head: Mapped["Person | None"] = relationship(foreign_keys=head_id, post_update=True)


class Person(Base):
    """人员: everyone the firm names. Foremen and designers often have no account."""

    __tablename__ = "people"

    id: Mapped[key]
    name: Mapped[str] = column(N_("姓名或名称"), String(60), index=True)
    phone: Mapped[str] = column(N_("手机"), String(30), default="", is_phone=True)
    branch_id: Mapped[int | None] = column(N_("区域"), ForeignKey("branches.id"), index=True)
    department_id: Mapped[int | None] = column(N_("部门"), ForeignKey("departments.id"), index=True)
    is_hq: Mapped[bool] = column(N_("总部"), default=False)
    active: Mapped[bool] = column(N_("在职"), default=True)
    created_at: Mapped[instant] = column(N_("登记时间"))
    version: Mapped[int] = mapped_column(default=1)

    branch: Mapped[Branch | None] = relationship()
    department: Mapped[Department | None] = relationship(foreign_keys=department_id)
    account: Mapped["Account | None"] = relationship(back_populates="person")
    role_rows: Mapped[list["PersonRole"]] = relationship(cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}

    @property
    def roles(self) -> frozenset[Role]:
        """The roles the person has now."""
        return frozenset(row.role for row in self.role_rows)

    def has(self, *roles: Role) -> bool:
        """Whether the person has one of `roles`."""
        return not self.roles.isdisjoint(roles)


class PersonRole(Base):
    """One role of a person."""

    __tablename__ = "person_roles"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(Code(Role), primary_key=True)


class Account(Base):
    """账号: the way a person signs in."""

    __tablename__ = "accounts"

    id: Mapped[key]
    person_id: Mapped[int] = column(N_("人员"), ForeignKey("people.id"), unique=True)
    username: Mapped[str] = column(N_("账号"), String(60), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    password_set_at: Mapped[datetime | None] = column(N_("密码设置时间"), Instant)
    password_is_temporary: Mapped[bool] = column(N_("临时密码"), default=False)
    disabled_at: Mapped[datetime | None] = column(N_("停用时间"), Instant)
    language: Mapped[str] = column(N_("语言"), String(10), default="")
    single_keys: Mapped[bool] = column(N_("单键快捷键"), default=True)

    person: Mapped[Person] = relationship(back_populates="account")


class LoginSession(Base):
    """A signed-in browser. Revoking the row signs it out at once, whatever its cookie says.

    It ends at `ends_at` at the latest, and at `idle_ends_at` unless it is seen before.
    """

    __tablename__ = "login_sessions"

    id: Mapped[key]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    started_at: Mapped[instant]
    seen_at: Mapped[instant]
    idle_ends_at: Mapped[instant]
    ends_at: Mapped[instant]
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    revoked_why: Mapped[str] = mapped_column(String(30), default="")
    address: Mapped[str] = mapped_column(String(60), default="")
    browser: Mapped[str] = mapped_column(String(200), default="")

    account: Mapped[Account] = relationship()

    def is_open(self, at: datetime) -> bool:
        """Whether the browser is signed in at the instant."""
        return self.revoked_at is None and at < min(self.ends_at, self.idle_ends_at)


class LoginFailure(Base):
    """A refused sign-in, counted per user name and per address."""

    __tablename__ = "login_failures"
    __table_args__ = (Index(None, "username", "at"), Index(None, "address", "at"))

    id: Mapped[key]
    username: Mapped[str] = mapped_column(String(60))
    address: Mapped[str] = mapped_column(String(60))
    at: Mapped[instant]
