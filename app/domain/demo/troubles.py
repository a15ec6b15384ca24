"""How complaints and repairs go in the demo firm, from the first ring to closing, each step by who takes it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Final

from sqlalchemy import select

from app.domain.accounts.models import Person
from app.domain.callbacks.enums import Outcome
from app.domain.cases import assessment, closing, contact, intake, site_work
from app.domain.cases.enums import CaseState, Payer, Responsibility
from app.domain.cases.handoffs import sending, signing
from app.domain.cases.models import Case
from app.domain.core import clock
from app.domain.demo.cast import Cast
from app.domain.demo.sites import Site
from app.domain.plans.enums import CaseKind, Urgency
from app.domain.plans.models import Category, Cause, Result
from app.extensions import db

Step = Callable[[datetime], None]
REPAIRS: Final = (
    ("防水", "卫生间门口墙角渗水，楼下邻居来说了。", "请先止水，再查原因。"),
    ("水电", "厨房水槽下面一直滴水。", "今天能来看看最好。"),
    ("油漆", "客厅吊顶接缝开裂，有一米多长。", "希望重新批一遍。"),
    ("木作", "次卧门关不严，会自己弹开。", "调一下合页。"),
    ("泥瓦", "阳台地砖有三块空鼓。", "换掉空鼓的砖。"),
    ("安装", "抽油烟机止回阀不动，倒烟。", "派人看看。"),
)
COMPLAINTS: Final = (
    ("服务", "工人中午在楼道抽烟，邻居有意见。", "请管一管。"),
    ("服务", "说好周三进场，等到周五也没人来。", "给一个准日子。"),
    ("主材", "送来的地板和选的色号不一样。", "换成合同上的色号。"),
    ("其他", "增项没有提前说，结算时才知道。", "把增项明细讲清楚。"),
)
OTHERS: Final = (
    (CaseKind.SUGGESTION, "建议验收时多留一份水电走向图。"),
    (CaseKind.ENQUIRY, "想问地暖多久保养一次。"),
    (CaseKind.PRAISE, "赵经理做事认真，特地打电话来表扬。"),
)


@dataclass
class Lists:
    """The firm's own lists, by name."""

    categories: dict[str, Category]
    causes: list[Cause]
    results: list[Result]


def lists() -> Lists:
    """The lists as they ship."""
    first_level = db.session.scalars(select(Category).where(Category.parent_id.is_(None)))
    return Lists(
        categories={row.name: row for row in first_level},
        causes=list(db.session.scalars(select(Cause).order_by(Cause.id))),
        results=list(db.session.scalars(select(Result).order_by(Result.id))),
    )


class Course:
    """One case and what is done with it, a step after the other: (after how long, what)."""

    def __init__(self, site: Site, cast: Cast, known: Lists, draw: Random) -> None:
        self.site, self.cast, self.known, self.draw = site, cast, known, draw
        self.agent = cast.agent_of(site.branch)
        self.manager = site.project.manager or cast.manager_of(site.branch)
        self.case: Case

    def received(self, at: datetime, kind: CaseKind | None = None) -> None:
        """The customer calls."""
        kind = kind or self.draw.choices((CaseKind.COMPLAINT, CaseKind.REPAIR, CaseKind.ENQUIRY), (4, 6, 1))[0]
        if kind is CaseKind.ENQUIRY:
            kind, content = self.draw.choice(OTHERS)
            category, request = "其他", ""
        else:
            category, content, request = self.draw.choice(COMPLAINTS if kind is CaseKind.COMPLAINT else REPAIRS)
        report = intake.CaseIntake(
            kind=kind,
            customer=self.site.project.customer,
            project=self.site.project,
            content=content,
            request=request,
            category=self.known.categories[category],
            reporter=self.site.project.customer.name,
            relation="业主",
            urgency=Urgency.URGENT if self.draw.random() < 0.12 else Urgency.NORMAL,
        )
        self.case = intake.register(report, by=self.agent, at=at)

    def steps(self) -> Iterator[tuple[timedelta, Step]]:
        """What follows, each after the time it takes; quick as a rule, now and then too late."""
        if self.case.round > 1:
            yield from self._next_round()
            return
        match self.case.kind:
            case CaseKind.COMPLAINT:
                yield from self._complaint()
            case CaseKind.REPAIR:
                yield from self._repair()
            case _:
                yield (
                    self._after(1, 20),
                    lambda at: closing.answer(self.case, done="已当面答复客户。", by=self.agent, at=at),
                )
                yield self._after(1, 4), lambda at: closing.close(self.case, by=self.agent, at=at)

    def _complaint(self) -> Iterator[tuple[timedelta, Step]]:
        yield self._after(0.2, 1.6), lambda at: contact.verify(self.case, Outcome.REACHED, by=self.agent, at=at)
        if self.draw.random() < 0.12:
            yield self._after(0.1, 0.4), lambda at: self._judge(at, is_valid=False)
            yield (
                self._after(0.5, 8),
                lambda at: closing.close(self.case, by=self.agent, at=at, note="解释后客户表示理解。"),
            )
            return
        needs = self.draw.random() < 0.75
        yield self._after(0.1, 0.6), lambda at: self._judge(at, is_valid=True, needs_department=needs)
        if needs:
            yield from self._on_site()
            yield self._after(10, 90), self._start
        yield self._after(4, 60), self._resolve

    def _repair(self) -> Iterator[tuple[timedelta, Step]]:
        if self.draw.random() < 0.05:
            yield (
                self._after(1, 5),
                lambda at: closing.cancel(self.case, reason="客户来电说自己处理好了。", by=self.agent, at=at),
            )
            return
        yield from self._on_site(contact=True)
        yield self._after(1, 20), self.dispatch
        yield self._after(1, 22), lambda at: site_work.contact_by_team(self.case, by=self.manager, at=at)
        yield self._after(4, 40), self._start
        yield self._after(4, 48), self._resolve

    def _next_round(self) -> Iterator[tuple[timedelta, Step]]:
        if self.case.kind is CaseKind.REPAIR or self.case.needs_department:
            yield from self._on_site(contact=self.case.kind is CaseKind.REPAIR)
            yield self._after(5, 30), self._start
        yield self._after(4, 30), self._resolve

    def _on_site(self, *, contact: bool = False) -> Iterator[tuple[timedelta, Step]]:
        yield self._after(0.2, 1.8), self.hand_over
        yield self._after(0.3, 4.5), self.sign
        if self.draw.random() < 0.1:
            yield self._after(6, 20), self._chase
        if contact:
            yield self._after(1, 20), self.contact
        yield self._after(5, 34), self.visit
        yield self._after(1, 20), self.agree

    @property
    def is_reopened(self) -> bool:
        """Whether the customer was not satisfied, so that the work begins again."""
        return self.case.round > 1 and self.case.state in (CaseState.VALID, CaseState.REGISTERED)

    def close_if_satisfied(self, at: datetime) -> None:
        """The owner closes it, once the customer is satisfied."""
        if self.case.state is CaseState.RESOLVED and closing.is_satisfied(self.case):
            self._close(self.agent, at)

    def close_by_lead(self, at: datetime) -> None:
        """The lead ends what the customer called neither good nor bad, or was never reached about."""
        if self.case.state is CaseState.RESOLVED:
            self._close(self.cast.lead_of(self.site.branch), at, "问题已处理完，客户没有再提要求。")

    def _close(self, by: Person, at: datetime, note: str = "") -> None:
        closing.close(
            self.case,
            by=by,
            at=at,
            cause=self.draw.choice(self.known.causes),
            result=self.draw.choice(self.known.results),
            lesson="交底时把这一处单独讲一遍，收口前拍照留底。",
            note=note,
        )

    def _judge(self, at: datetime, *, is_valid: bool, needs_department: bool | None = None) -> None:
        reason = "" if is_valid else "合同约定由物业负责。"
        assessment.judge(
            self.case, is_valid=is_valid, needs_department=needs_department, reason=reason, by=self.agent, at=at
        )

    def hand_over(self, at: datetime) -> None:
        """To the site's project manager."""
        sending.send(self.case, self.manager, asked="请尽快联系客户并上门查看。", by=self.agent, at=at)

    def sign(self, at: datetime) -> None:
        """The project manager has read what is handed over."""
        handoff = sending.unanswered(self.case)[0]
        signing.sign(handoff, seen=handoff.sha256, by=self.manager, at=at, typed_name=self.manager.name)

    def _chase(self, at: datetime) -> None:
        contact.chase(self.case, by=self.agent, at=at, note="客户问什么时候来。")

    def contact(self, at: datetime) -> None:
        """The project manager reaches the customer."""
        contact.contact(self.case, Outcome.REACHED, by=self.manager, at=at)

    def visit(self, at: datetime) -> None:
        """On site, with what was found and whose it is."""
        party = self.draw.choice(list(Responsibility))
        site_work.visit(
            self.case, finding="现场查看，情况与客户说的一致。", responsibility=party, by=self.manager, at=at
        )

    def agree(self, at: datetime) -> None:
        """The customer agrees to a plan, and to its price out of warranty."""
        agreed_on = clock.day_of(at) + timedelta(days=self.draw.randint(3, 6))
        is_charged = site_work.is_charged(self.case)
        site_work.plan(
            self.case,
            solution="拆除问题部位，重新施工，完成后闭水或复检。",
            agreed_on=agreed_on,
            quote=Decimal(380) if is_charged else None,
            is_quote_agreed=is_charged,
            by=self.manager,
            at=at,
        )

    def dispatch(self, at: datetime) -> None:
        """A team is sent."""
        site_work.dispatch(self.case, self.draw.choice(self.cast.teams), by=self.manager, at=at)

    def _start(self, at: datetime) -> None:
        site_work.start_work(self.case, by=self.manager, at=at)

    def _resolve(self, at: datetime) -> None:
        if self.case.kind is CaseKind.REPAIR:
            site_work.record_costs(
                self.case,
                labour=Decimal(self.draw.randint(2, 12)) * 50,
                material=Decimal(self.draw.randint(0, 20)) * 25,
                payer=self.draw.choice(list(Payer)),
                by=self.manager,
                at=at,
            )
        who: Person = self.manager if self.case.department_id else self.agent
        site_work.resolve(
            self.case, done="已处理完成，客户在场看过。", by=who, at=at, is_confirmed=True, is_advised=True
        )

    def _after(self, least: float, most: float) -> timedelta:
        """Some hours; one time in twelve three times as long as it should take."""
        hours = self.draw.uniform(least, most) * (3 if self.draw.random() < 0.08 else 1)
        return timedelta(minutes=int(hours * 60) + 1)
