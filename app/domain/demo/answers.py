"""What the customers of the demo firm say when they are called."""

from datetime import datetime, timedelta
from random import Random
from typing import Final

from app.domain.accounts.models import Person
from app.domain.callbacks import calls, questions, ratings
from app.domain.callbacks.calls import FollowUp
from app.domain.callbacks.enums import FollowKind, Outcome
from app.domain.callbacks.models import Callback
from app.domain.callbacks.script import script_of
from app.domain.core import clock
from app.domain.plans.enums import AnswerKind, Meaning
from app.domain.plans.models import Question

RATINGS: Final = {"5": 46, "4": 38, "3": 9, "2": 4, "1": 3}
"""How many of a hundred customers say so."""

FAILURES: Final = (Outcome.NO_ANSWER, Outcome.NO_ANSWER, Outcome.BUSY, Outcome.OFF)
PRAISE: Final = ("师傅做事仔细，现场收拾得干净。", "沟通及时，挺放心的。", "都挺好，没有别的意见。", "")
GRIEVANCES: Final = (
    "约好上门两次都改了时间，没人提前说一声。", "卫生间墙砖有两块空鼓，一直没人来处理。", "现场垃圾堆了三天没清。",
    "主卧开关位置和图纸不一样，说了也没回音。",
)  # fmt: skip


def call(callback: Callback, agent: Person, at: datetime, draw: Random, *, answers_never: bool = False) -> calls.Saved:
    """The agent dials once: reached and answered, named another time, or not reached."""
    chance = 0.0 if answers_never else draw.random()
    if chance < 0.16:
        result = calls.CallInput(outcome=draw.choice(FAILURES))
    elif chance < 0.2:
        later = clock.at(clock.day_of(at) + timedelta(days=1), clock.local(at).time().replace(second=0, microsecond=0))
        result = calls.CallInput(outcome=Outcome.LATER, later_at=later, note="客户在忙，约明天再打。")
    else:
        result = _conversation(callback, agent, at, draw)
    return calls.save_call(callback, result, by=agent, at=at)


def _conversation(callback: Callback, agent: Person, at: datetime, draw: Random) -> calls.CallInput:
    script = script_of(callback, by=agent, today=clock.day_of(at))
    rating = draw.choices(list(RATINGS), list(RATINGS.values()))[0]
    untrue = draw.random() < 0.02
    given = {question.code: _answer(question, rating, untrue, draw) for question in script.questions}
    asked = questions.visible(script.questions, given, script.absent)
    proposes_case = bool(questions.raised(asked, given, "case"))
    needs_followup = ratings.needs_followup(int(rating), truthful=not untrue, needs_visit=proposes_case)
    return calls.CallInput(
        outcome=Outcome.REACHED,
        answers={question.code: given[question.code] for question in asked},
        interviewee=callback.customer.name,
        remarks=draw.choice(GRIEVANCES if needs_followup else PRAISE),
        follow_up=_follow_up(callback, draw) if needs_followup else None,
    )


def _answer(question: Question, rating: str, untrue: bool, draw: Random) -> str:
    if question.meaning is Meaning.OVERALL:
        return rating
    if question.meaning is Meaning.TRUTHFUL:
        return questions.NO if untrue else questions.YES
    raises = set(question.raises.get("on", ()))
    match question.kind:
        case AnswerKind.YES_NO | AnswerKind.YES_NO_NA:
            calm = [choice for choice in (questions.YES, questions.NO) if choice not in raises]
            return draw.choice(sorted(raises)) if raises and draw.random() < 0.03 else calm[0]
        case AnswerKind.RATING:
            return str(max(3, min(5, int(rating) + draw.choice((-1, 0, 0, 1)))))
        case AnswerKind.CHOICE | AnswerKind.SEVERAL:
            return str(question.choices[0])
        case AnswerKind.NUMBER:
            return "1"
        case _:
            return "" if not question.required else "没有"


def _follow_up(callback: Callback, draw: Random) -> FollowUp:
    kind = FollowKind.NOTE if draw.random() < 0.4 and callback.project else FollowKind.COMPLAINT
    return FollowUp(kind=kind, request="" if kind is FollowKind.NOTE else "请尽快安排人来处理，给个准信。")
