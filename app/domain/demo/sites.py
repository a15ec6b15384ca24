"""The customers and projects of the demo firm: sixty homes, from a first enquiry to a warranty that has ended."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Final

from app.domain.core import clock
from app.domain.core.parsing import phones
from app.domain.customers import records
from app.domain.customers.enums import CustomerStage, Salutation
from app.domain.demo.cast import Cast
from app.domain.plans.queries import functions
from app.domain.projects import people, stages
from app.domain.projects import records as projects
from app.domain.projects.models import Project

SURNAMES: Final = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹曾单仇翟解查"
GIVEN: Final = (
    "建国", "丽华", "伟", "敏", "志强", "秀英", "磊", "静", "海燕", "俊杰", "婷", "国栋", "晓明", "雪梅", "浩然",
    "子涵", "文博", "思远", "䶮", "㛃", "垚", "佳怡", "欣", "一鸣",
)  # fmt: skip
ESTATES: Final = ("阳光花园", "滨江一号", "翠湖天地", "金色家园", "紫荆府", "东方润园", "枫林绿洲", "春江郦城")
SOURCES: Final = ("老客户介绍", "门店", "小区推广", "网络")
LENGTHS: Final = {"concealed": 28, "midstage": 60, "completion": 95}
"""Days after the kickoff at which a stage is reached, give or take a week."""

EVENING: Final = time(18)
MADE_UP: Final = "199"
"""Numbers of the demo firm begin so and go on with zeros: nobody's telephone rings by accident."""


@dataclass
class Site:
    """A project and the days on which it reaches its stages."""

    project: Project
    branch: int
    days: dict[str, date] = field(default_factory=dict)


def build(cast: Cast, today: date, draw: Random, homes: int) -> Iterator[Site]:
    """Register the customers and all but a few projects; their stages are still to be reached."""
    for index in range(homes):
        branch = index % 2 if index % 5 else 0
        kickoff = _kickoff(index, homes, today, draw)
        created = clock.at(min(kickoff or today, today) - timedelta(days=20))
        customer = records.register(
            phones=[phones.normalise(f"{MADE_UP}0000{index:04d}")],
            by=cast.agent_of(branch),
            at=created,
            name=SURNAMES[index % len(SURNAMES)] + GIVEN[(index * 7) % len(GIVEN)],
            salutation=Salutation.MR if draw.random() < 0.5 else Salutation.MS,
            stage=CustomerStage.SIGNED if kickoff else CustomerStage.PROSPECT,
            source=draw.choice(SOURCES),
            is_key=index % 17 == 0,
            branch_id=cast.branches[branch].id,
            city="杭州市",
            district=("上城区", "西湖区")[branch],
            estate=draw.choice(ESTATES),
            building=f"{draw.randint(1, 18)}幢",
            unit=f"{draw.randint(1, 3)}单元",
            room=f"{draw.randint(1, 26)}0{draw.randint(1, 4)}",
        )
        if kickoff is None:
            continue
        project = projects.register(
            customer,
            by=cast.by_name["lead"],
            at=created,
            contract_number=f"HT-{kickoff.year}-{index + 1:04d}",
            branch_id=customer.branch_id,
            amount=Decimal(draw.randint(60, 320)) * 1000,
            signed_on=clock.day_of(created),
        )
        _staff(project, branch, cast, created, draw, is_new=kickoff > today)
        yield Site(project, branch, dict(_days(kickoff, draw)))


def _kickoff(index: int, homes: int, today: date, draw: Random) -> date | None:
    """The first are prospects, then projects not begun, then ever older ones: the last ended their warranty."""
    if index < homes // 15:
        return None
    age = (index - homes // 15) / (homes - homes // 15)
    back = -8 + 130 * age if age < 0.6 else 70 + 200 * (age - 0.6) / 0.35 if age < 0.95 else 900
    return today - timedelta(days=int(back) + draw.randint(0, 4))


def _days(kickoff: date, draw: Random) -> Iterator[tuple[str, date]]:
    yield "kickoff", kickoff
    for stage, length in LENGTHS.items():
        yield stage, kickoff + timedelta(days=length + draw.randint(-6, 6))


def _staff(project: Project, branch: int, cast: Cast, at: datetime, draw: Random, *, is_new: bool) -> None:
    """Everyone but, on a site still to begin, who calls: the lead has not given it out yet."""
    since = clock.day_of(at)
    team = {
        "pm": cast.manager_of(branch),
        "agent": cast.agent_of(branch),
        "designer": cast.others[branch],
        "site_lead": cast.others[2 + branch],
        "foreman": cast.others[4 + branch],
    }
    known = {function.code: function for function in functions()}
    for code, person in team.items():
        if (code == "agent" and is_new) or (code == "designer" and draw.random() < 0.1):
            continue
        people.assign(project, known[code], person, since=since, by=cast.by_name["lead"], at=at)


def reach_before(site: Site, first: date, cast: Cast) -> None:
    """Bring in the stages that were reached before the story begins, as history: no calls are made for them."""
    for stage, day in site.days.items():
        if day < first:
            stages.keep(site.project, stage, day, by=cast.manager_of(site.branch), at=clock.at(day, EVENING))
