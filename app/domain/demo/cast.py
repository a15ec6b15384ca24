"""The people of the demo firm: two branches, their departments, and everyone who signs in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.accounts import passwords, people
from app.domain.accounts.models import Account, Branch, Department, Person
from app.domain.accounts.roles import Role
from app.domain.projects.models import Team
from app.extensions import db

BRANCHES: Final = ("东城区域", "西城区域")
DEPARTMENTS: Final = ("客服部", "工程部", "设计部", "材料部", "总经办")
ACCOUNTS: Final = (
    # user name, name, role, branch, department, heads it, sees every branch
    ("agent", "林晓雨", Role.AGENT, 0, "客服部", False, False),
    ("agent2", "何佳", Role.AGENT, 1, "客服部", False, False),
    ("lead", "周敏", Role.LEAD, 0, "客服部", True, False),
    ("qa", "沈静", Role.QA, 0, "客服部", False, False),
    ("pm", "赵建军", Role.PM, 0, "工程部", False, False),
    ("pm2", "钱伟", Role.PM, 1, "工程部", False, False),
    ("staff", "孙丽", Role.STAFF, 0, "材料部", True, False),
    ("engineering", "吴国强", Role.ENGINEERING, 0, "工程部", True, False),
    ("office", "郑总", Role.OFFICE, 0, "总经办", True, False),
    ("admin", "系统管理员", Role.ADMIN, 0, "总经办", False, False),
    ("hq", "冯岚", Role.LEAD, 0, "客服部", False, True),
)
AWAY: Final = "苏婷"
"""An agent of the first branch without an account, away these days."""

WITHOUT_ACCOUNT: Final = ("曾志强", "单明", "仇大勇", "翟文", "褚师傅", "卫师傅")
TEAMS: Final = (("泥瓦一队", "褚师傅"), ("水电二队", "卫师傅"), ("油漆三队", "蒋师傅"))


@dataclass(frozen=True)
class Cast:
    """Everyone in the demo firm, by user name, and the others."""

    branches: list[Branch]
    departments: dict[tuple[str, int], Department]
    by_name: dict[str, Person]
    others: list[Person]
    absent: Person
    teams: list[Team]

    def agent_of(self, branch: int) -> Person:
        """Who calls for the branch."""
        return self.by_name[("agent", "agent2")[branch]]

    def lead_of(self, branch: int) -> Person:
        """Who decides for the branch; the second has no lead of its own."""
        return self.by_name[("lead", "hq")[branch]]

    def manager_of(self, branch: int) -> Person:
        """The project manager of the branch."""
        return self.by_name[("pm", "pm2")[branch]]


def hire(password: str, at: datetime) -> Cast:
    """Make branches, departments, people and teams; every account has the same `password`, hashed once."""
    branches = [Branch(name=name) for name in BRANCHES]
    db.session.add_all(branches)
    departments = {
        (name, index): Department(name=name, branch=branch)
        for name in DEPARTMENTS
        for index, branch in enumerate(branches)
    }
    db.session.add_all(departments.values())
    db.session.flush()
    by_name = {}
    for username, name, role, branch, department, heads, is_hq in ACCOUNTS:
        facts = people.Facts(
            name=name,
            username=username,
            roles=frozenset((role,)),
            branch=branches[branch],
            department=departments[department, branch],
            heads=heads,
            is_hq=is_hq,
        )
        by_name[username] = people.register(facts, by=None, at=at)
    departments["工程部", 1].head = by_name["pm2"]
    departments["客服部", 1].head = by_name["agent2"]
    _give_password(password, [person.account for person in by_name.values() if person.account], at)
    others = [
        people.register(people.Facts(name=name, branch=branches[index % 2]), by=None, at=at)
        for index, name in enumerate(WITHOUT_ACCOUNT)
    ]
    service = departments["客服部", 0]
    away = people.Facts(name=AWAY, roles=frozenset((Role.AGENT,)), branch=branches[0], department=service)
    absent = people.register(away, by=None, at=at)
    teams = [Team(name=name, foreman=foreman) for name, foreman in TEAMS]
    db.session.add_all(teams)
    db.session.flush()
    return Cast(branches, departments, by_name, others, absent, teams)


def _give_password(password: str, accounts: list[Account], at: datetime) -> None:
    passwords.put(accounts[0], password, at=at)
    for account in accounts[1:]:
        account.password_hash, account.password_set_at = accounts[0].password_hash, at
