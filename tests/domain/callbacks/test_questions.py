"""What may be answered to a question that is typed, not chosen."""

from datetime import date

import pytest

from app.domain.callbacks import questions
from app.domain.core.errors import Refused
from app.domain.plans.enums import AnswerKind
from app.domain.plans.models import Question

TODAY = date(2026, 11, 21)


def answered(kind: AnswerKind, text: str) -> str:
    question = Question(code="asked", kind=kind, required=True, choices=[], shown_if="", about="")
    return questions.checked([question], {"asked": text}, TODAY)["asked"]


def test_a_day_and_a_number_are_kept_as_they_were_meant():
    assert answered(AnswerKind.DATE, "3月5日") == "2026-03-05"
    assert answered(AnswerKind.DATE, "昨天") == "2026-11-20"
    assert answered(AnswerKind.NUMBER, "１，２３４.5") == "1234.5"
    assert answered(AnswerKind.NUMBER, "-3") == "-3"


@pytest.mark.parametrize(
    ("kind", "text"), [(AnswerKind.DATE, "03/04/2026"), (AnswerKind.NUMBER, "1,2"), (AnswerKind.NUMBER, "三个")]
)
def test_what_can_not_be_read_is_said_beside_its_question(kind, text):
    with pytest.raises(Refused) as refusal:
        answered(kind, text)
    assert refusal.value.field == "q_asked"
