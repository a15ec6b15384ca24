"""A case comes in: numbered, its file looked up, its owner the one who took it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.accounts.models import Person
from app.domain.audit import trail
from app.domain.callbacks.models import Callback
from app.domain.cases import audit_events, photos, transitions
from app.domain.cases.deadlines import sync
from app.domain.cases.enums import CaseChannel, EventKind, Severity
from app.domain.cases.models import Case
from app.domain.cases.numbers import next_number
from app.domain.cases.repeats import mark_one
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.core.text import clean
from app.domain.customers.models import Customer
from app.domain.files.models import StoredFile
from app.domain.plans.enums import CaseKind, Urgency
from app.domain.plans.models import Category
from app.domain.plans.queries import default_plan
from app.domain.projects import warranty
from app.domain.projects.models import Project
from app.extensions import db


@dataclass(frozen=True, kw_only=True)
class CaseIntake:
    """What was said when it came in. `received_at` None: now."""

    kind: CaseKind
    customer: Customer
    content: str
    project: Project | None = None
    received_at: datetime | None = None
    backdated_why: str = ""
    channel: CaseChannel = CaseChannel.PHONE
    reporter: str = ""
    relation: str = ""
    reporter_phone: str = ""
    category: Category | None = None
    request: str = ""
    urgency: Urgency = Urgency.NORMAL
    severity: Severity | None = None
    is_complex: bool = False
    origin_callback: Callback | None = None


def register(report: CaseIntake, *, by: Person, at: datetime, pictures: Sequence[StoredFile] = ()) -> Case:
    """The new case, owned by who received it. The branch and project manager of this day stay with it.

    Refused: a receipt in the future; one more than ten minutes ago without a reason; nothing said; a project of
    another customer.
    """
    received = received_time(report.received_at, report.backdated_why, at)
    content = transitions.require_text(report.content, N_("请写下客户说了什么。"), "content")
    if report.project is not None and report.project.customer_id != report.customer.id:
        raise Refused(N_("这个工程不是该客户的。"), field="project_id")
    case = Case(
        kind=report.kind,
        customer=report.customer,
        project=report.project,
        owner=by,
        assignee=by,
        assigned_at=received,
        channel=report.channel,
        received_at=received,
        received_by=by,
        recorded_at=at,
        backdated_why=clean(report.backdated_why, 200, "backdated_why"),
        reporter=clean(report.reporter, 60, "reporter"),
        relation=clean(report.relation, 30, "relation"),
        reporter_phone=clean(report.reporter_phone, 30, "reporter_phone"),
        category=report.category,
        content=content,
        request=clean(report.request, 4000, "request"),
        urgency=report.urgency,
        severity=report.severity,
        is_complex=report.is_complex,
        origin_callback=report.origin_callback,
        round=1,
    )
    place(case)
    look_up(case)
    with db.session.no_autoflush:
        case.number = next_number(report.kind, at)
    db.session.add(case)
    event = transitions.add_event(case, EventKind.RECEIVED, received, by=by, at=at)
    photos.attach(case, pictures, event)
    trail.record(audit_events.REGISTER, case, by=by, at=at, reason=case.backdated_why)
    sync.sync_deadlines(case, at)
    return case


def received_time(received_at: datetime | None, why: str, at: datetime) -> datetime:
    """When it was received, to the minute. Refused in the future, and long ago without saying why."""
    received = clock.to_minute(received_at or at)
    if received > at:
        raise Refused(N_("受理时间不能晚于现在。"), field="received_at")
    if at - received > transitions.A_MOMENT and not why.strip():
        raise Refused(N_("受理时间早于现在，请写明补录的原因。"), field="backdated_why")
    return received


def look_up(case: Case) -> None:
    """Write what the file says: whether it is in warranty, and whether it repeats an earlier repair."""
    with db.session.no_autoflush:
        case.in_warranty = warranty.verdict(case.project, case.category, case.received_at).in_warranty
        mark_one(case)


def place(case: Case) -> None:
    """Write where the case belongs as of today: its plan, its project manager, and the branch it counts for: the
    project's, the customer's, else that of who took it.
    """
    project = case.project
    case.service_plan = project.plan if project else default_plan()
    case.project_manager = project.manager if project else None
    case.branch = (project.branch if project else None) or case.customer.branch or case.received_by.branch
