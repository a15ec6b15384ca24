"""A firm of two branches in which everything that can be written down bears a mark of its own.

Made by the product's verbs, so that events, deadlines, handoffs and audit entries are those of real use. The eastern
branch has every relation a person can have to a record, present and past; the western one the same records without
them. One customer belongs to the east and one to the whole firm, and both have sites, cases and calls in both branches.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any, Final

from flask import current_app
from PIL import Image
from sqlalchemy import select

from app.domain.accounts import people as accounts
from app.domain.accounts.models import Branch, Department, Person
from app.domain.accounts.roles import Role
from app.domain.callbacks import calls as talks
from app.domain.callbacks import decisions, drafts, tasks
from app.domain.callbacks.calls import CallInput, FollowUp
from app.domain.callbacks.enums import CallbackState, Decision, FollowKind, Outcome
from app.domain.callbacks.models import Callback
from app.domain.callbacks.script import newest, script_of
from app.domain.cases import assessment, assignment, closing, contact, intake, photos, site_work
from app.domain.cases.enums import Payer, Responsibility, Severity
from app.domain.cases.handoffs import assigning, refusing, sending, signing
from app.domain.cases.handoffs.models import Handoff
from app.domain.cases.intake import CaseIntake
from app.domain.cases.models import Case
from app.domain.core import clock
from app.domain.core.parsing.phones import Phone
from app.domain.customers import merging, records
from app.domain.customers.enums import Channel
from app.domain.customers.models import Customer
from app.domain.files import store
from app.domain.followup import escalation
from app.domain.followup.models import DepartmentNote
from app.domain.imports import batches, workbooks
from app.domain.plans.enums import CaseKind, Meaning, Occasion
from app.domain.projects import contacts, people, stages, suspensions
from app.domain.projects import records as projects
from app.domain.projects.models import Project
from app.extensions import db
from tests.factories import a_branch, a_callback, a_department, a_person, the_function
from tests.shipped import Function, Stage

NOW: Final = datetime(2026, 11, 21, 10, tzinfo=clock.zone())
"""On the firm's wall: a Saturday."""

_ordinals = count(1)


def mark(text: str = "") -> str:
    """The text behind a mark that stands nowhere else. At its beginning, so that no list cuts it off."""
    digits, ordinal = "0123456789abcdefghijklmnopqrstuvwxyz", next(_ordinals)
    return "Ω" + "".join(digits[ordinal // 36**place % 36] for place in (2, 1, 0)) + text


def a_number() -> str:
    """A telephone number whose last four digits nobody else's end in."""
    return f"13900{next(_ordinals):06d}"


class Times:
    """Moments on the way to now, each some minutes after the one before."""

    def __init__(self) -> None:
        self.at = clock.now() - timedelta(days=6)

    def __call__(self, hours: float = 0.05) -> datetime:
        self.at = clock.to_minute(self.at + timedelta(hours=hours))
        return self.at


class Branchful:
    """A branch with its people, customers, sites, calls and cases."""

    def __init__(self, then: Times, name: str) -> None:
        self.then = then
        self.branch: Branch = a_branch(name)
        self.works, self.service = self.department("工程部"), self.department("客服部")
        self.agent, self.agent2 = self.person(Role.AGENT, self.service), self.person(Role.AGENT, self.service)
        self.lead = self.person(Role.LEAD, self.service)
        self.pm = self.person(Role.PM, self.works)
        self.head, self.member = self.person(Role.STAFF, self.works), self.person(Role.STAFF, self.works)
        self.works.head, self.service.head = self.head, self.lead
        self.designer = self.person()
        self.customer = self.a_customer()
        self.site = self.a_site(self.customer)

    def department(self, name: str) -> Department:
        return a_department(mark(name), self.branch)

    def person(self, role: Role | None = None, department: Department | None = None, **facts: Any) -> Person:
        """Someone of the branch; without a role, without an account."""
        roles = (role,) if role else ()
        facts = {"name": mark("某"), "phone": a_number(), "branch": self.branch, "department": department} | facts
        return a_person(*roles, **facts)

    def a_customer(self, **facts: Any) -> Customer:
        said = {name: mark(name) for name in ("number", "source", "notes", "city", "district", "building", "unit")}
        return records.register(
            phones=[Phone(a_number()), Phone(a_number())],
            by=self.agent,
            at=self.then(),
            **said | {"name": mark("客户"), "estate": mark("花园"), "room": mark("室"), "is_key": True} | facts,
        )

    def a_site(self, customer: Customer, pm: Person | None = None, *, is_staffed: bool = True) -> Project:
        """A project in progress, with its people and a contact."""
        at = self.then()
        project = projects.register(
            customer,
            by=self.lead,
            at=at,
            contract_number=mark("HT"),
            branch_id=self.branch.id,
            notes=mark("工地备注"),
            card_number=mark("卡"),
            estate=mark("工地"),
            callbacks_from=date(2026, 1, 1),
        )
        if is_staffed:
            team = {Function.PM: pm or self.pm, Function.AGENT: self.agent, Function.DESIGNER: self.designer}
            for function, person in team.items():
                people.assign(project, the_function(function), person, since=clock.day_of(at), by=self.lead, at=at)
        who = mark("联系人"), mark("关系"), Phone(a_number())
        contacts.add(project, *who, by=self.lead, at=at)
        suspensions.suspend(project, date(2026, 10, 1), date(2026, 10, 3), mark("停工"), by=self.lead, at=at)
        return project

    def a_case(self, kind: CaseKind, project: Project | None = None, owner: Person | None = None, **facts: Any) -> Case:
        project = project or self.site
        said = {name: mark(name) for name in ("content", "request", "reporter", "relation")}
        report = CaseIntake(
            kind=kind,
            customer=project.customer,
            project=project,
            **said | {"reporter_phone": a_number()} | facts,
        )
        return intake.register(report, by=owner or self.agent, at=self.then())

    def a_photo(self) -> store.StoredFile:
        out = BytesIO()
        Image.new("RGB", (9, 9), (next(_ordinals) % 256, next(_ordinals) % 256, 77)).save(out, "PNG")
        folder = Path(current_app.config["FILES_DIR"])
        upload = store.Upload("照片.png", out.getvalue())
        return store.keep_photo(upload, folder, by=self.agent, at=self.then())

    def hand_over(self, case: Case, to: Person | Department) -> Handoff:
        return sending.send(case, to, asked=mark("请上门"), by=case.owner, at=self.then())

    def sign(self, handoff: Handoff, by: Person) -> Handoff:
        signing.sign(handoff, seen=handoff.sha256, typed_name=mark("签"), by=by, at=self.then())
        return handoff

    def repair(self, to: Person | Department | None = None, project: Project | None = None, **facts: Any) -> Case:
        """A repair, handed over where it is said to whom."""
        case = self.a_case(CaseKind.REPAIR, project, **facts)
        photos.attach(case, [self.a_photo()])
        if to is not None:
            self.hand_over(case, to)
        return case

    def in_hand(self, to: Person, project: Project | None = None, **facts: Any) -> Case:
        """A repair that was signed for, with the calls and the visit that followed."""
        case = self.repair(to, project, **facts)
        self.sign(handoff_of(case), to)
        self.go_on(case, to)
        return case

    def go_on(self, case: Case, by: Person) -> None:
        contact.contact(case, Outcome.NO_ANSWER, by=by, at=self.then(), note=mark("没接"))
        contact.contact(case, Outcome.REACHED, by=by, at=self.then(), note=mark("接了"))
        site_work.visit(
            case,
            finding=mark("空鼓"),
            responsibility=Responsibility.OTHER,
            responsible_name=mark("责任人"),
            by=by,
            at=self.then(),
        )

    def resolve(self, case: Case, by: Person) -> None:
        """The work agreed, done, and paid for by the firm."""
        case.in_warranty = True
        db.session.flush()
        site_work.plan(case, solution=mark("方案"), agreed_on=date(2026, 12, 1), by=by, at=self.then())
        site_work.resolve(case, done=mark("修好"), is_confirmed=True, is_advised=True, by=by, at=self.then())
        site_work.record_costs(case, labour=None, material=None, payer=Payer.FIRM, by=case.owner, at=self.then())

    def a_call(self, project: Project | None = None, assigned_to: Person | None = None, **facts: Any) -> Callback:
        sheet = newest(Occasion.WARRANTY.value)
        facts = {"last": clock.today(), "occasion": Occasion.WARRANTY, "questionnaire": sheet} | facts
        return a_callback(project or self.site, assigned_to=assigned_to, **facts)

    def reach(self, callback: Callback, rating: str = "5", follow_up: FollowUp | None = None) -> talks.Saved:
        """The customer was reached and said so much."""
        by = callback.assigned_to or self.agent
        said = {name: mark(name) for name in ("interviewee", "remarks", "note", "wrong_data")}
        result = CallInput(
            outcome=Outcome.REACHED,
            number=callback.customer.phone,
            answers=answers_of(callback, by, rating),
            follow_up=follow_up,
            **said,
        )
        return talks.save_call(callback, result, by=by, at=self.then())

    def fail(self, callback: Callback, outcome: Outcome = Outcome.NO_ANSWER, **said: Any) -> None:
        number = callback.customer.phone
        result = CallInput(outcome=outcome, number=number, note=mark("未接"), **said)
        talks.save_call(callback, result, by=callback.assigned_to or self.agent, at=self.then())

    def calls_in_every_state(self, project: Project) -> None:
        """To be made, made, and never made, with the tasks and notes that follow."""
        open_one = self.a_call(project, self.agent)
        drafts.save(open_one, {"remarks": mark("草稿")}, by=self.agent, at=self.then())
        self.a_call(project, self.agent2)
        self.a_call(project)
        self.a_call(project, last=clock.today() - timedelta(days=9))
        later = self.a_call(project, self.agent)
        self.fail(later, Outcome.LATER, later_at=clock.now() + timedelta(days=1))
        self.fail(self.a_call(project, self.agent), Outcome.WRONG_NUMBER)
        unreachable = self.a_call(project, self.agent, state=CallbackState.UNREACHABLE)
        given_up = self.a_call(project, self.agent, state=CallbackState.UNREACHABLE)
        decisions.decide(given_up, Decision.LETTER, mark("寄信"), by=self.lead, at=self.then())
        assert unreachable.is_open
        self.a_call(project, self.agent, state=CallbackState.VOID, state_reason=mark("作废"))
        self.a_call(project, self.agent, state=CallbackState.SKIPPED, state_reason=mark("免访"))
        content = self.reach(self.a_call(project, self.agent))
        tasks.finish(content.tasks[0], mark("核实了"), by=self.agent, at=self.then())
        to_works = FollowUp(kind=FollowKind.NOTE, department=self.works)
        troubled = self.a_call(project, self.agent)
        self.reach(troubled, "2", to_works)
        note = db.session.scalars(select(DepartmentNote).where(DepartmentNote.callback_id == troubled.id)).all()[-1]
        escalation.answer(note, mark("已处理"), by=self.head, at=self.then())
        self.reach(self.a_call(project, self.agent), "1", to_works)
        complained = FollowUp(kind=FollowKind.COMPLAINT, request=mark("要求"))
        self.reach(self.a_call(project, self.agent), "1", complained)

    def cases_of_every_kind(self, project: Project) -> None:
        """From the first ring to closing, beside those that a relation is about."""
        complaint = self.a_case(CaseKind.COMPLAINT, project, severity=Severity.MINOR)
        contact.verify(complaint, Outcome.REACHED, by=self.agent, at=self.then(), note=mark("核实"))
        assessment.judge(
            complaint, is_valid=True, needs_department=True, by=self.agent, at=self.then(), reason=mark("成立")
        )
        contact.chase(complaint, by=self.agent2, at=self.then(), note=mark("催"))
        praised = self.a_case(CaseKind.PRAISE, project)
        closing.answer(praised, done=mark("答复"), by=self.agent, at=self.then())
        done = self.in_hand(self.pm, project)
        self.resolve(done, self.pm)
        closing.cancel(self.repair(project=project), reason=mark("撤销"), by=self.agent, at=self.then())
        passed_on = self.repair(project=project)
        assignment.reassign(passed_on, self.agent2, reason=mark("换人"), by=self.lead, at=self.then())
        photos.add(passed_on, [self.a_photo()], by=self.agent2, at=self.then())


def handoff_of(case: Case) -> Handoff:
    """The case's handoff that was sent last."""
    rows = db.session.scalars(select(Handoff).where(Handoff.case_id == case.id).order_by(Handoff.id.desc()))
    return rows.first()  # type: ignore[return-value]


def answers_of(callback: Callback, by: Person, rating: str) -> dict[str, str]:
    """An answer to each question of the callback's script; what is typed bears a mark."""
    calm = {"yes_no": "yes", "yes_no_na": "na", "rating": rating, "number": "1"}
    said: dict[str, str] = {}
    for question in script_of(callback, by=by, today=clock.today()).questions:
        on = question.raises.get("on", ())
        said[question.code] = calm.get(question.kind.value) or (question.choices or [mark("说")])[0]
        if said[question.code] in on or question.meaning is Meaning.TRUTHFUL:
            said[question.code] = "yes" if question.meaning is Meaning.TRUTHFUL else "no"
        if said[question.code] in on:
            said[question.code] = "yes"
    return said


def make_firm() -> dict[str, Person]:
    """The firm, committed; who is to look at its pages, by what they are to the records."""
    then = Times()
    east, west = Branchful(then, "城东"), Branchful(then, "城西")
    shared = east.a_customer(branch_id=None)
    for branch in (east, west):
        site = branch.a_site(shared)
        branch.calls_in_every_state(site)
        branch.cases_of_every_kind(site)
        own = branch.a_site(east.customer)
        branch.reach(branch.a_call(own, branch.agent))
        branch.a_call(own, branch.agent)
        branch.in_hand(branch.pm, own)
    watching = {
        **{f"east {name}": east.person(role, east.works) for name, role in _watchers()},
        **{f"east {name}": getattr(east, name) for name in ("agent", "lead", "head", "member")},
        "east pm with the site": east.pm,
        "west agent": west.agent,
        "west lead": west.lead,
        "west office": west.person(Role.OFFICE),
        "west pm": west.pm,
        "west deputy": west.person(Role.ADMIN, west.works),
        "hq lead": west.person(Role.LEAD, branch=None, is_hq=True),
    }
    watching |= dict(_relations(east))
    watching |= dict(_moved(east, west))
    _wishes_and_twins(east, west)
    _deputy(west, watching["west deputy"])
    content = workbooks.template("customers")
    folder = Path(current_app.config["FILES_DIR"]) / "imports"
    batches.keep(
        "customers", mark("客户.xlsx"), content, folder, by=watching["east admin"], at=then(), create=True, encoding=""
    )
    db.session.commit()
    return watching


def _watchers() -> Iterator[tuple[str, Role]]:
    for role in (Role.QA, Role.ENGINEERING, Role.OFFICE, Role.ADMIN):
        yield role.value, role


def _relations(east: Branchful) -> Iterator[tuple[str, Person]]:
    """Everyone who has, or had, something to do with a record of the eastern branch."""
    other = east.a_site(east.a_customer(), is_staffed=False)
    former, refused, signed, holding = (east.person(Role.PM, east.works) for _ in range(4))
    since = clock.day_of(east.then())
    site = east.a_site(east.a_customer(), former)
    stages.reach(site, Stage.KICKOFF, since, by=former, at=east.then())
    people.assign(site, the_function(Function.PM), east.pm, since=since, by=east.lead, at=east.then())
    east.a_call(site, east.agent)
    east.repair(east.pm, site)
    yield "east pm formerly of the site", former

    returned = east.repair(refused, other)
    refusing.refuse(handoff_of(returned), reason=mark("不是我的"), by=refused, at=east.then())
    contact.chase(returned, by=east.agent, at=east.then(), note=mark("后来的事"))
    east.hand_over(east.repair(refused, other), east.pm)
    closing.cancel(east.repair(refused, other), reason=mark("不修了"), by=east.agent, at=east.then())
    yield "east pm who refused", refused

    handed_on = east.in_hand(signed, other)
    east.sign(east.hand_over(handed_on, east.pm), east.pm)
    contact.check(handed_on, Outcome.NO_ANSWER, by=east.agent, at=east.then(80), note=mark("后来的电话"))
    east.resolve(east.in_hand(signed, other), signed)
    yield "east pm who signed, whose case went on", signed

    east.in_hand(holding, other)
    east.repair(holding, other)
    yield "east pm without the site, with cases in hand", holding

    east.repair(east.works, other)
    east.sign(handoff_of(east.repair(east.works, other)), east.head)
    assigned = handoff_of(east.repair(east.works, other))
    assigning.assign(assigned, east.member, by=east.head, at=east.then())
    east.in_hand(east.member, other)


def _moved(east: Branchful, west: Branchful) -> Iterator[tuple[str, Person]]:
    """Who works in the west now, with everything of the east still in their name."""
    gone = east.person(Role.PM, east.works)
    site = east.a_site(east.a_customer(), gone)
    east.in_hand(gone, site)
    east.repair(gone, site)
    answered = east.repair(gone, site)
    refusing.refuse(handoff_of(answered), reason=mark("不归我"), by=gone, at=east.then())
    east.reach(east.a_call(site, east.agent), "1", FollowUp(kind=FollowKind.NOTE, department=east.works))
    _move(gone, west, Role.PM)
    yield "pm who moved west", gone

    agent = east.person(Role.AGENT, east.service)
    east.a_call(east.site, agent)
    east.fail(east.a_call(east.site, agent), Outcome.EMPTY_NUMBER)
    east.repair(owner=agent)
    east.repair(east.pm, owner=agent)
    _move(agent, west, Role.AGENT)
    yield "agent who moved west", agent


def _move(person: Person, to: Branchful, role: Role) -> None:
    username = person.account.username if person.account else ""
    facts = accounts.Facts(
        name=person.name, username=username, roles=frozenset((role,)), phone=person.phone, branch=to.branch,
        department=to.works,
    )  # fmt: skip
    admin = to.person(Role.ADMIN)
    assert admin.account is not None
    admin.account.password_hash = "x"
    accounts.edit(person, facts, by=admin, at=to.then())


def _wishes_and_twins(east: Branchful, west: Branchful) -> None:
    for branch in (east, west):
        wish = {"by": branch.agent, "at": branch.then(), "reason": mark("别打")}
        records.do_not_contact(branch.customer, Channel.PHONE, **wish)
        twin = branch.a_customer()
        merging.merge(twin, branch.customer, by=branch.lead, at=branch.then(), reason=mark("同一人"))
        old = branch.customer.name
        records.edit(branch.customer, by=branch.lead, at=branch.then(), name=mark("新名"))
        assert old != branch.customer.name


def _deputy(west: Branchful, deputy: Person) -> None:
    """An administrator who is a project manager, too: customers and cases only through that."""
    accounts._set_roles(deputy, frozenset((Role.ADMIN, Role.PM)))
    site = west.a_site(west.a_customer(), deputy)
    west.in_hand(deputy, site)
