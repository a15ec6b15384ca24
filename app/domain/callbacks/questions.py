"""Which questions of a script apply, and what may be answered. Nothing here touches the database."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Final

from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.core.parsing import dates, numbers
from app.domain.core.text import clean_lines
from app.domain.plans.enums import AnswerKind, Meaning
from app.domain.plans.models import Question

YES, NO, NOT_APPLICABLE = "yes", "no", "na"
JOINED: Final = "、"
FIXED: Final[dict[AnswerKind, tuple[str, ...]]] = {
    AnswerKind.YES_NO: (YES, NO),
    AnswerKind.YES_NO_NA: (YES, NO, NOT_APPLICABLE),
    AnswerKind.RATING: ("5", "4", "3", "2", "1"),
}


def visible(questions: Iterable[Question], answers: Mapping[str, str], absent: Collection[str] = ()) -> list[Question]:
    """The questions to ask, given the answers so far. `absent`: functions nobody has; they are not asked about."""
    shown: dict[str, Question] = {}
    for question in questions:
        if question.about and question.about in absent:
            continue
        if not question.shown_if or (question.shown_if in shown and _given(answers.get(question.shown_if), question)):
            shown[question.code] = question
    return list(shown.values())


def checked(questions: Iterable[Question], answers: Mapping[str, str], today: date) -> dict[str, str]:
    """The answers to these questions, as they are kept. Refused, beside its question, when one that is required is
    missing or one is none of those offered."""
    kept = {}
    for question in questions:
        value = _read(question, answers.get(question.code, ""), today)
        if value:
            kept[question.code] = value
        elif question.required:
            raise Refused(N_("这一题还没有答。"), field=field_of(question))
    return kept


def field_of(question: Question) -> str:
    """The name of the question's field on the form."""
    return f"q_{question.code}"


def options(question: Question) -> tuple[str, ...]:
    """The answers offered; none for what is typed."""
    return FIXED.get(question.kind) or tuple(question.choices)


def meant(questions: Iterable[Question], answers: Mapping[str, str], meaning: Meaning) -> str | None:
    """The answer that has the meaning, or None."""
    found = (answers[q.code] for q in questions if q.meaning is meaning and q.code in answers)
    return next(found, None)


def raised(questions: Iterable[Question], answers: Mapping[str, str], what: str) -> list[Question]:
    """The questions whose answer raises a `case` or a `note_to_head`."""
    return [
        question
        for question in questions
        if question.raises.get("what") == what and answers.get(question.code) in question.raises.get("on", ())
    ]


def _given(value: str | None, question: Question) -> bool:
    return bool(value) and not set(str(value).split(JOINED)).isdisjoint(question.shown_on)


def _read(question: Question, typed: str, today: date) -> str:
    text = clean_lines(typed, 2000, field_of(question))
    if not text:
        return ""
    match question.kind:
        case AnswerKind.TEXT:
            return text
        case AnswerKind.NUMBER | AnswerKind.DATE:
            return _understood(question, text, today)
        case AnswerKind.SEVERAL:
            parts = text.split(JOINED)
        case _:
            parts = [text]
    if not set(parts) <= set(options(question)):
        raise Refused(N_("没有这个选项。"), field=field_of(question))
    return JOINED.join(parts)


def _understood(question: Question, text: str, today: date) -> str:
    try:
        if question.kind is AnswerKind.DATE:
            return dates.write_day(dates.day(text, today))
        return str(numbers.number(text))
    except Refused as refused:
        refused.field = field_of(question)
        raise
