"""Answers in words, and what the script's own branches mean for the page."""

from collections.abc import Iterable

from app.domain.callbacks import questions, ratings
from app.domain.callbacks.models import Answer
from app.domain.callbacks.script import Script
from app.domain.core.enums import N_
from app.domain.plans.enums import AnswerKind, Meaning, Rating
from app.domain.plans.models import Question
from app.web.i18n import gettext

YES_NO_WORDS = {questions.YES: N_("是"), questions.NO: N_("否"), questions.NOT_APPLICABLE: N_("不适用")}


def word_of(question: Question, code: str) -> str:
    """One answer that is offered, as the page says it."""
    if question.kind is AnswerKind.RATING:
        return gettext(Rating.of(code).label)
    return gettext(YES_NO_WORDS[code]) if code in YES_NO_WORDS else code


def words_of(question: Question, codes: Iterable[str]) -> str:
    """Several of them."""
    return questions.JOINED.join(word_of(question, code) for code in codes)


def spoken(answer: Answer) -> str:
    """An answer that was kept. A question since changed is read by what its answer looks like."""
    if answer.value in YES_NO_WORDS:
        return gettext(YES_NO_WORDS[answer.value])
    if answer.value in list(Rating):
        return gettext(Rating.of(answer.value).label)
    return answer.value


def trouble_when(script: Script) -> str:
    """When the page asks what is to come of it, as data-show-when reads it."""
    conditions = ["needs_visit=y"]
    for question in script.questions:
        field = questions.field_of(question)
        if question.meaning is Meaning.OVERALL:
            conditions.append(f"{field}={'|'.join(map(str, ratings.DISSATISFIED))}")
        elif question.meaning is Meaning.TRUTHFUL:
            conditions.append(f"{field}={questions.NO}")
        elif question.raises.get("what") == "case":
            conditions.append(f"{field}={'|'.join(question.raises['on'])}")
    return " ".join(conditions)
