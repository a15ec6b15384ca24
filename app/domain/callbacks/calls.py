"""A call: the attempt, its outcome, what was answered and what follows, all in one step."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select

from app.domain.accounts.models import Department, Person
from app.domain.audit import trail
from app.domain.callbacks import audit_events, drafts, questions, tasks
from app.domain.callbacks.enums import CallbackState, Decision, FollowKind, Outcome, TaskKind
from app.domain.callbacks.events import CallConcluded
from app.domain.callbacks.models import Answer, Attempt, Callback, Task, UnreachableDecision
from app.domain.callbacks.ratings import needs_followup
from app.domain.callbacks.script import Script, script_of
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Conflict, Refused
from app.domain.core.events import publish
from app.domain.core.parsing import phones
from app.domain.core.text import clean, clean_lines
from app.domain.plans.enums import AnswerKind, Meaning, Occasion, Urgency
from app.domain.plans.models import Category, Question
from app.domain.projects import contacts
from app.domain.settings import values
from app.extensions import db

FAILED: Final = frozenset(Outcome) - {Outcome.REACHED, Outcome.LATER}
WRONG: Final = (Outcome.WRONG_NUMBER, Outcome.EMPTY_NUMBER)
LATEST_DAYS: Final = 60
MOBILE: Final = re.compile(r"(?<!\d)1[\d\s-]{10,12}(?!\d)")


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """What is to come of it. A case takes category, request and urgency; a note the department it goes to."""

    kind: FollowKind
    category: Category | None = None
    request: str = ""
    urgency: Urgency = Urgency.NORMAL
    department: Department | None = None


@dataclass(frozen=True, kw_only=True)
class CallInput:
    """What came of dialling. `answers` by code of the question; only a call that reached somebody has them."""

    outcome: Outcome
    number: str = ""
    note: str = ""
    later_at: datetime | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    interviewee: str = ""
    remarks: str = ""
    needs_visit: bool = False
    follow_up: FollowUp | None = None
    wrong_data: str = ""


@dataclass
class Saved:
    """The attempt, and the small things to do that follow from it. What others made of the call: followup.queries."""

    attempt: Attempt
    tasks: list[Task] = field(default_factory=list)


def save_call(callback: Callback, result: CallInput, *, by: Person, at: datetime) -> Saved:
    """Save a call with all that follows from it.

    Reached: every question that applies must be answered; the call is then effective and the callback done. Later:
    needs a time to come within 60 days, which doesn't move the window. Anything else is a failed attempt: a wrong
    or empty number becomes a task, and after enough of them on enough days a lead decides. A callback that nobody
    has is from now on the caller's. A Conflict when it was saved already.
    """
    if not callback.is_open:
        raise Conflict(N_("这通回访已经有人办完了。"))
    attempt = Attempt(
        at=at,
        by=by,
        number=clean(result.number, 30, "number"),
        outcome=result.outcome,
        note=clean_lines(result.note, 2000, "note"),
    )
    saved = Saved(attempt)
    if result.outcome is Outcome.REACHED:
        talk = validate_call(callback, result, by=by, at=at)
        callback.attempts.append(attempt)
        _save_reached(callback, talk, saved, by=by, at=at)
    elif result.outcome is Outcome.LATER:
        wanted = _time_named(result.later_at, at)
        callback.attempts.append(attempt)
        callback.state, callback.wanted_at = CallbackState.SCHEDULED, wanted
    else:
        callback.attempts.append(attempt)
        _failed(callback, saved, by=by, at=at)
    if wrong := clean_lines(result.wrong_data, 2000, "wrong_data"):
        saved.tasks.append(tasks.add(TaskKind.VERIFY_DATA, callback, wrong, by=by, at=at))
    if callback.assigned_to is None:
        callback.assigned_to = by
    drafts.after_call(callback, by=by)
    trail.record(audit_events.CALL, callback, by=by, at=at, changes={"outcome": [None, result.outcome.value]})
    return saved


@dataclass(frozen=True)
class ValidatedCall:
    """What was said on a call that reached somebody, checked and complete."""

    script: Script
    asked: list[Question]
    answers: dict[str, str]
    rating: int | None
    truthful: bool
    needs_visit: bool
    interviewee: str
    remarks: str
    follow_up: FollowUp | None


def validate_call(callback: Callback, result: CallInput, *, by: Person, at: datetime) -> ValidatedCall:
    """The answers to the questions that apply; what belongs to branches that don't is dropped.

    Refused when a required answer is missing, and when there is trouble without saying who said what, and what
    becomes of it (a case's own satisfaction callback goes into its next round by itself).
    """
    script = script_of(callback, by=by, today=clock.day_of(at))
    asked = questions.visible(script.questions, result.answers, script.absent)
    answers = questions.checked(asked, result.answers, clock.day_of(at))
    rating = questions.meant(asked, answers, Meaning.OVERALL)
    talk = ValidatedCall(
        script=script,
        asked=asked,
        answers=answers,
        rating=int(rating) if rating else None,
        truthful=questions.meant(asked, answers, Meaning.TRUTHFUL) != questions.NO,
        needs_visit=result.needs_visit or bool(questions.raised(asked, answers, "case")),
        interviewee=clean(result.interviewee, 60, "interviewee"),
        remarks=clean_lines(result.remarks, 4000, "remarks") or _typed(asked, answers),
        follow_up=result.follow_up,
    )
    if needs_followup(talk.rating, truthful=talk.truthful, needs_visit=talk.needs_visit):
        _require_followup(callback, talk)
    return talk


def is_given_up(attempts: list[Attempt], since: datetime | None, *, times: int, days: int) -> bool:
    """Whether so many attempts failed on so many days, counted anew from a lead's last decision."""
    failed = [row for row in attempts if row.outcome in FAILED and (since is None or row.at > since)]
    return len(failed) >= times and len({clock.day_of(row.at) for row in failed}) >= days


def _require_followup(callback: Callback, talk: ValidatedCall) -> None:
    if not talk.remarks:
        raise Refused(N_("不满意、不属实或需再上门的，请写明情况。"), field="remarks")
    if not talk.interviewee:
        raise Refused(N_("请写明受访人。"), field="interviewee")
    if talk.follow_up is None and callback.case_id is None:
        raise Refused(N_("请选怎么跟进：转工单，还是反馈给部门。"), field="follow_up")


def _typed(asked: list[Question], answers: Mapping[str, str]) -> str:
    return "\n".join(
        answers[question.code]
        for question in asked
        if question.kind is AnswerKind.TEXT and question.meaning is None and question.code in answers
    )


def _save_reached(callback: Callback, talk: ValidatedCall, saved: Saved, *, by: Person, at: datetime) -> None:
    callback.state, callback.state_reason = CallbackState.DONE, ""
    callback.reached_at, callback.reached_by, callback.effective = at, by, True
    callback.questionnaire = talk.script.questionnaire
    callback.rating, callback.truthful, callback.needs_visit = talk.rating, talk.truthful, talk.needs_visit
    callback.interviewee, callback.remarks = talk.interviewee, talk.remarks
    callback.answers.extend(_kept(talk))
    db.session.flush()
    _name_contact(callback, talk, by=by, at=at)
    publish(CallConcluded(callback, talk, by, at))
    if callback.occasion is Occasion.COMPLETION:
        saved.tasks.append(tasks.send_service_number(callback, by=by, at=at))


def _kept(talk: ValidatedCall) -> list[Answer]:
    return [
        Answer(
            question_id=question.id,
            code=question.code,
            question_text=question.text,
            meaning=question.meaning,
            value=talk.answers[question.code],
            about=talk.script.holders.get(question.about) if question.about else None,
        )
        for question in talk.asked
        if question.code in talk.answers
    ]


def _name_contact(callback: Callback, talk: ValidatedCall, *, by: Person, at: datetime) -> None:
    """A number in the answer to whom to call from now on becomes the project's contact."""
    said = questions.meant(talk.asked, talk.answers, Meaning.WHOM_TO_CALL)
    found = MOBILE.search(said or "")
    if not said or not found or callback.project is None:
        return
    try:
        phone = phones.normalise(found[0])
    except Refused:
        return
    known = {row.number for row in callback.customer.phones_now} | {row.number for row in callback.project.contacts}
    name = " ".join((said[: found.start()] + said[found.end() :]).split()).strip("，,。：: ")[:60]
    if phone.number not in known:
        contacts.add(callback.project, name or callback.customer.addressed, "", phone, by=by, at=at)


def _time_named(later_at: datetime | None, at: datetime) -> datetime:
    if later_at is None:
        raise Refused(N_("请填客户约的时间。"), field="later_at")
    if later_at <= at:
        raise Refused(N_("约的时间要在现在之后。"), field="later_at")
    if later_at > at + timedelta(days=LATEST_DAYS):
        raise Refused(N_("约得太远了，最多 %(days)s 天以后。"), field="later_at", days=LATEST_DAYS)
    return clock.to_minute(later_at)


def _failed(callback: Callback, saved: Saved, *, by: Person, at: datetime) -> None:
    attempt = saved.attempt
    if attempt.outcome in WRONG:
        saved.tasks.append(tasks.verify_number(callback, attempt.number, attempt.outcome.label, by=by, at=at))
    times, days = "callbacks.unreachable_attempts", "callbacks.unreachable_days"
    limits = values.several(times, days, on=clock.day_of(at))
    if is_given_up(callback.attempts, _last_decision(callback), times=limits[times], days=limits[days]):
        callback.state = CallbackState.UNREACHABLE


def _last_decision(callback: Callback) -> datetime | None:
    return db.session.scalar(
        select(func.max(UnreachableDecision.at)).where(
            UnreachableDecision.callback_id == callback.id, UnreachableDecision.decision == Decision.OTHER_NUMBER
        )
    )
