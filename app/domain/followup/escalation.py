"""What a troubled call becomes in the same step: a case, or a note to the department; and notes that answers raise."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from app.domain.accounts.models import Department, Person
from app.domain.audit import trail
from app.domain.callbacks import questions
from app.domain.callbacks.calls import FollowUp
from app.domain.callbacks.enums import FollowKind
from app.domain.callbacks.events import CallConcluded
from app.domain.callbacks.models import Callback
from app.domain.cases import intake
from app.domain.cases.enums import CaseChannel
from app.domain.cases.models import Case
from app.domain.core.enums import N_
from app.domain.core.errors import Conflict, Refused
from app.domain.core.text import clean_lines
from app.domain.followup import audit_events, second_calls
from app.domain.followup.models import DepartmentNote
from app.domain.plans.enums import CaseKind
from app.domain.plans.models import Question
from app.extensions import db


def call_concluded(event: CallConcluded) -> None:
    """Answers raise notes by themselves; a call that needs a follow-up raises what was chosen."""
    callback, call = event.callback, event.call
    raising = questions.raised(call.asked, call.answers, "note_to_head")
    notes_raised(callback, raising, call.script.holders, by=event.by, at=event.at)
    if not callback.needs_followup or call.follow_up is None:
        return
    if call.follow_up.kind is FollowKind.NOTE:
        note_to(callback, call.follow_up.department, by=event.by, at=event.at)
    else:
        raise_case(callback, call.follow_up, by=event.by, at=event.at)


def raise_case(callback: Callback, follow_up: FollowUp, *, by: Person, at: datetime) -> Case:
    """A complaint or repair with what the customer said on this call."""
    report = intake.CaseIntake(
        kind=CaseKind.COMPLAINT if follow_up.kind is FollowKind.COMPLAINT else CaseKind.REPAIR,
        customer=callback.customer,
        project=callback.project,
        content=callback.remarks,
        channel=CaseChannel.CALLBACK,
        reporter=callback.interviewee,
        category=follow_up.category,
        request=follow_up.request,
        urgency=follow_up.urgency,
        origin_callback=callback,
    )
    return intake.register(report, by=by, at=at)


def note_to(callback: Callback, department: Department | None, *, by: Person, at: datetime) -> DepartmentNote:
    """A note with what the customer said: to the department, else to that of the project manager.

    Refused where neither is known.
    """
    manager = callback.project.manager if callback.project else None
    department = department or (manager.department if manager else None)
    if department is None:
        raise Refused(N_("请选要反馈给哪个部门。"), field="department")
    return _noted(callback, callback.remarks, department, None, manager, by=by, at=at)


def notes_raised(
    callback: Callback, raising: Iterable[Question], holders: dict[str, Person], *, by: Person, at: datetime
) -> list[DepartmentNote]:
    """The notes that answers raise by themselves: to the head of whom the question is about, else to the project
    manager's department. One note a department, its texts in the order of the questions."""
    manager = callback.project.manager if callback.project else None
    texts: dict[tuple[Department | None, Person | None], list[str]] = {}
    for question in raising:
        about = holders.get(question.about) if question.about else manager
        department = (about.department if about else None) or (manager.department if manager else None)
        texts.setdefault((department, about), []).append(str(question.raises.get("text", "")))
    return [
        _noted(callback, "\n".join(lines), department, about if department is None else None, about, by=by, at=at)
        for (department, about), lines in texts.items()
        if department is not None or about is not None
    ]


def answer(note: DepartmentNote, text: str, *, by: Person, at: datetime) -> None:
    """The department's answer. Refused when empty; a Conflict when somebody answered before."""
    if note.answered_at is not None:
        raise Conflict(N_("这条反馈已经有人回复了。"))
    said = clean_lines(text, 4000, "answer")
    if not said:
        raise Refused(N_("请写下怎么处理的。"), field="answer")
    note.answered_at, note.answered_by, note.answer = at, by, said
    trail.record(audit_events.ANSWER, note, by=by, at=at, changes=trail.changes_of(note))
    second_calls.after_note(note, at)


def may_answer(note: DepartmentNote, person: Person) -> bool:
    """Whom it was sent to, a member of the department, and its head."""
    if note.to_person_id is not None and note.to_person_id == person.id:
        return True
    department = note.department
    return department is not None and (person.department_id == department.id or department.head_id == person.id)


def _noted(
    callback: Callback,
    text: str,
    department: Department | None,
    to_person: Person | None,
    about: Person | None,
    *,
    by: Person,
    at: datetime,
) -> DepartmentNote:
    note = DepartmentNote(
        callback=callback,
        department=department,
        to_person=to_person,
        about=about,
        text=text,
        raised_at=at,
        raised_by=by,
    )
    db.session.add(note)
    trail.record(audit_events.RAISE, note, by=by, at=at)
    return note


def departments_for(callback: Callback) -> list[Department]:
    """Whom a note can go to: the departments of the project's people; without any, all of the branch."""
    people = callback.project.people if callback.project else []
    found = {row.person.department for row in people if row.is_current and row.person.department}
    if not found:
        query = select(Department).where(Department.branch_id == callback.branch_id)
        found = set(db.session.scalars(query))
    return sorted(found, key=lambda department: department.id)
