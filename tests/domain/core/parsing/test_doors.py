"""A text means the same wherever it is typed: in a form, in a file, and to the hint beside the field."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.domain.accounts.roles import Role
from app.domain.core import clock
from app.domain.core.errors import Refused
from app.domain.imports.reader import cells
from app.web.fields import DayField, MomentField, MoneyField, MonthsField, PhoneField
from app.web.forms import HouseForm
from app.web.readings import READINGS
from tests.domain.core.parsing import texts
from tests.factories import a_person
from tests.people import login

CELLS = {
    "day": cells.day,
    "moment": cells.received,
    "phone": cells.phone,
    "money": cells.money,
    "months": cells.months,
}


class Typed(HouseForm):
    """A field of each kind."""

    day = DayField()
    moment = MomentField()
    phone = PhoneField()
    money = MoneyField()
    months = MonthsField()


class Doors:
    """Where a text is typed. Each door says how it understands the text, and None or what it takes it for."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = login(app.test_client(), a_person(Role.AGENT, username="agent"))

    def form(self, kind: str, text: str) -> tuple[str, Any]:
        with self.app.test_request_context(method="POST", data={kind: text}):
            form = Typed()
            form.validate()
            if errors := form[kind].errors:
                return "；".join(errors), None
            return self._told(kind, form[kind].data), form[kind].data

    def file(self, kind: str, text: str) -> tuple[str, Any]:
        with self.app.test_request_context():
            try:
                value = CELLS[kind](text, clock.now())
            except Refused as refused:
                return str(refused), None
            return self._told(kind, value), value

    def hint(self, kind: str, text: str) -> tuple[str, bool]:
        answer = self.client.get("/hints", query_string={"as": kind, "text": text})
        assert answer.status_code == 200
        return answer.json["text"], answer.json["is_read"]

    def _told(self, kind: str, value: Any) -> str:
        return f"理解为 {READINGS[kind].tell(value)}"


@pytest.fixture
def doors(app: Flask, freeze: Callable[[str], Any]) -> Doors:
    freeze(texts.NOW)
    return Doors(app)


def each(table: dict[str, dict[str, tuple[str, ...]]]) -> list[Any]:
    """(kind, meaning, text) of a table by kind and meaning."""
    return [
        pytest.param(kind, meaning, text, id=f"{kind} {text}")
        for kind, meanings in table.items()
        for meaning, typed in meanings.items()
        for text in typed
    ]


@pytest.mark.parametrize(("kind", "meaning", "text"), each(texts.MEANT))
def test_a_text_means_the_same_at_every_door(doors: Doors, kind: str, meaning: str, text: str) -> None:
    said, value = doors.form(kind, text)
    assert value is not None, said
    assert READINGS[kind].write(value) == meaning
    assert doors.file(kind, text) == (said, value)
    assert doors.hint(kind, text) == (said, True)


@pytest.mark.parametrize(("kind", "meaning", "text"), each(texts.MEANT_TODAY))
def test_what_is_said_of_today_means_nothing_in_a_file(doors: Doors, kind: str, meaning: str, text: str) -> None:
    said, value = doors.form(kind, text)
    assert value is not None, said
    assert READINGS[kind].write(value) == meaning
    assert doors.hint(kind, text) == (said, True)
    assert doors.file(kind, text)[1] is None


@pytest.mark.parametrize(
    ("kind", "text", "readings"),
    [(kind, text, both) for kind, found in texts.EITHER.items() for text, both in found.items()],
)
def test_what_could_mean_two_things_is_refused_with_both(
    doors: Doors, kind: str, text: str, readings: tuple[str, str]
) -> None:
    said, value = doors.form(kind, text)
    assert value is None
    assert all(reading in said for reading in readings), said
    assert doors.file(kind, text) == (said, None)
    assert doors.hint(kind, text) == (said, False)


@pytest.mark.parametrize(
    ("kind", "text", "readings"),
    [(kind, text, both) for kind, found in texts.EITHER_TODAY.items() for text, both in found.items()],
)
def test_what_could_mean_two_things_today_is_refused_with_both(
    doors: Doors, kind: str, text: str, readings: tuple[str, str]
) -> None:
    said, value = doors.form(kind, text)
    assert value is None
    assert all(reading in said for reading in readings), said
    assert doors.hint(kind, text) == (said, False)
    assert doors.file(kind, text)[1] is None


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, found in texts.NOTHING.items() for text in found])
def test_what_means_nothing_is_refused_everywhere(doors: Doors, kind: str, text: str) -> None:
    said, value = doors.form(kind, text)
    assert value is None
    assert text[:20] in said
    assert doors.hint(kind, text) == (said, False)
    assert doors.file(kind, text)[1] is None


def test_a_number_alone_is_a_day_only_where_a_spreadsheet_wrote_it(doors: Doors) -> None:
    assert doors.form("day", "46086")[1] is None
    assert doors.file("day", "46086")[1].isoformat() == "2026-03-05"


def test_a_hint_of_an_unknown_kind_is_none(doors: Doors) -> None:
    assert doors.client.get("/hints?as=king&text=1").status_code == 400
