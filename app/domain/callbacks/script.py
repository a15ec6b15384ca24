"""A call's script: what to say with the names filled in, what to ask, and whom to call."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from app.domain.accounts.models import Person
from app.domain.callbacks.models import Callback
from app.domain.plans.models import Question, Questionnaire
from app.domain.projects import contacts
from app.domain.settings import values
from app.extensions import db

PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Callee:
    """Whom to call: who it is to the customer, and the number."""

    name: str
    relation: str
    number: str
    extension: str = ""


@dataclass(frozen=True)
class Script:
    """What is said and asked on one call. `holders` are those the questions are about, by function."""

    questionnaire: Questionnaire | None
    opening: str
    closing: str
    questions: list[Question]
    holders: dict[str, Person]

    @property
    def absent(self) -> set[str]:
        """Functions that questions are about and nobody has."""
        return {question.about for question in self.questions if question.about} - set(self.holders)


def script_of(callback: Callback, *, by: Person, today: date) -> Script:
    """The script as `by` reads it out today. A callback without a questionnaire takes the newest of its occasion."""
    sheet = callback.questionnaire or newest(callback.occasion.value)
    holders = _holders(callback)
    if sheet is None:
        return Script(None, "", "", [], holders)
    words = _words(callback, by, today)
    opening, closing = fill(sheet.opening, words), fill(sheet.closing, words)
    return Script(sheet, opening, closing, sheet.questions, holders)


def newest(code: str) -> Questionnaire | None:
    """The newest version of a questionnaire."""
    return db.session.scalars(
        select(Questionnaire).where(Questionnaire.code == code).order_by(Questionnaire.version.desc()).limit(1)
    ).first()


def fill(text: str, words: dict[str, str]) -> str:
    """The text with its placeholders filled in; one that has no word is left out."""
    return PLACEHOLDER.sub(lambda match: words.get(match[1], ""), text)


def callees(callback: Callback, today: date) -> list[Callee]:
    """Whom to call, first the contacts named for the project that hold today, then the customer's own numbers."""
    named = contacts.current(callback.project, today) if callback.project else []
    found = [Callee(row.name, row.relation, row.number) for row in named]
    customer = callback.customer
    own = [Callee(customer.addressed, "", row.number, row.extension) for row in customer.phones_now]
    seen = {callee.number for callee in found}
    return found + [callee for callee in own if callee.number not in seen]


def _holders(callback: Callback) -> dict[str, Person]:
    if callback.project is None:
        return {}
    return {row.function.code: row.person for row in callback.project.people if row.is_current}


def _words(callback: Callback, by: Person, today: date) -> dict[str, str]:
    settings = values.several("firm.name", "firm.service_number", on=today)
    first = next(iter(callees(callback, today)), None)
    manager = callback.project.manager if callback.project else None
    return {
        "firm": str(settings["firm.name"]),
        "service_number": str(settings["firm.service_number"]),
        "agent": by.name,
        "customer": first.name if first else callback.customer.addressed,
        "project_manager": f"项目经理{manager.name}" if manager else "项目经理",
    }
