"""Fields that take what people type: days, moments, telephone numbers, money, words and rows to choose from."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any

from wtforms import Field, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from app.domain.accounts.models import Person
from app.domain.core.enums import LabelledEnum
from app.domain.core.errors import Refused
from app.web.errors import say
from app.web.i18n import gettext
from app.web.readings import READINGS, read


def need(required: bool) -> list[Any]:
    """The first validator of a field: must be filled in, or may stay empty."""
    return [InputRequired()] if required else [Optional()]


class TextField(StringField):
    """One line of at most `longest` letters."""

    def __init__(self, label: Any = None, longest: int = 60, required: bool = False, **kwargs: Any) -> None:
        super().__init__(label, [*need(required), Length(max=longest), *kwargs.pop("validators", ())], **kwargs)


class NoteField(TextAreaField):
    """Several lines of at most `longest` letters."""

    def __init__(self, label: Any = None, longest: int = 2000, required: bool = False, **kwargs: Any) -> None:
        super().__init__(label, [*need(required), Length(max=longest), *kwargs.pop("validators", ())], **kwargs)


class _ReadField(Field):
    """A text that is read into something else; what was typed stays when it can't be read.

    `reads_as` names its reading, and the page says beside the field how it understands what is typed.
    """

    widget = TextInput()
    reads_as: str

    def __init__(self, label: Any = None, required: bool = False, **kwargs: Any) -> None:
        super().__init__(label, [*need(required), *kwargs.pop("validators", ())], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the first value; an empty one is None."""
        self.data = None
        if valuelist and valuelist[0].strip():
            try:
                self.data = read(self.reads_as, valuelist[0])
            except Refused as refused:
                raise ValueError(say(refused)) from None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else READINGS[self.reads_as].write(self.data)


class DayField(_ReadField):
    """A `date`; 昨天 and 3月5日 are today's and this year's."""

    reads_as = "day"


class MomentField(_ReadField):
    """An aware UTC instant of whole minutes, written on the firm's clock."""

    reads_as = "moment"


class PhoneField(_ReadField):
    """A `phones.Phone`: number and extension. A number that is kept as text may be put in."""

    reads_as = "phone"

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, render_kw={"inputmode": "tel", "autocomplete": "off"}, **kwargs)


class MoneyField(_ReadField):
    """A Decimal of yuan and fen, not below zero."""

    reads_as = "money"


class MonthsField(_ReadField):
    """A whole number of months."""

    reads_as = "months"

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, render_kw={"inputmode": "numeric"}, **kwargs)


class _EnumChoices:
    """Choices from a LabelledEnum; `data` is the member or None. `only` narrows them, `empty` adds a first choice."""

    def __init__(
        self,
        label: Any,
        words: type[LabelledEnum],
        required: bool = False,
        only: Sequence[LabelledEnum] | None = None,
        empty: Any = None,
        **kwargs: Any,
    ) -> None:
        choices = enum_choices(words if only is None else only)
        if empty is not None:
            choices.insert(0, SelectChoice("", empty))
        validators = [*need(required), *kwargs.pop("validators", ())]
        super().__init__(label, validators, choices=choices, coerce=enum_of(words), **kwargs)  # type: ignore[call-arg]


class EnumField(_EnumChoices, SelectField):
    """A word from a list that opens."""


class EnumKeys(_EnumChoices, RadioField):
    """A word from a row of buttons, for the `keys` macro."""


class EnumsField(SelectMultipleField):
    """Several words of an enumeration, as check boxes; `data` is a list of words."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any, words: type[LabelledEnum], **kwargs: Any) -> None:
        super().__init__(label, choices=enum_choices(words), coerce=enum_of(words), **kwargs)


def enum_choices(words: Iterable[LabelledEnum]) -> list[SelectChoice]:
    """The words as choices, in the page's language."""
    return [SelectChoice(word.value, gettext(word.label)) for word in words]


def enum_of(words: type[LabelledEnum]) -> Callable[[Any], LabelledEnum | None]:
    """Reads a code; nothing is None, an unknown code a ValueError."""

    def read(code: Any) -> LabelledEnum | None:
        if code in (None, ""):
            return None
        try:
            return words.of(code)
        except KeyError:
            raise ValueError(code) from None

    return read


class CodeField(SelectField):
    """A row to choose by its code: `offer` the rows before validation; `data` is the code, `chosen` the row."""

    def __init__(self, label: Any = None, required: bool = False, **kwargs: Any) -> None:
        super().__init__(label, need(required), choices=[], **kwargs)
        self.rows: dict[str, Any] = {}

    def offer(self, rows: Iterable[Any]) -> None:
        """Give the choices, in the page's language where a name is one that ships."""
        self.rows = {row.code: row for row in rows}
        self.choices = [SelectChoice(code, gettext(row.label)) for code, row in self.rows.items()]

    @property
    def chosen(self) -> Any:
        """The chosen row, or None."""
        return self.rows.get(self.data)


class RowField(SelectField):
    """A row to choose by its id: `offer` the rows in the form's __init__, take `chosen` after validation."""

    def __init__(self, label: Any = None, required: bool = False, **kwargs: Any) -> None:
        super().__init__(label, need(required), choices=[], coerce=_row_id, **kwargs)
        self.rows: dict[int, Any] = {}

    def process_data(self, value: Any) -> None:
        """A record's row is chosen by its id."""
        super().process_data(getattr(value, "id", value))

    def offer(
        self,
        rows: Iterable[Any],
        *,
        empty: Any = None,
        name: Callable[[Any], str] = attrgetter("name"),
        group: Callable[[Any], str | None] = lambda _row: None,
    ) -> None:
        """Give the choices; `empty` is the word for none of them. Rows of one `group` stand below its name."""
        self.rows = {row.id: row for row in rows}
        none = SelectChoice("", gettext("未定") if empty is None else empty)
        self.choices = [none]
        self.choices += [SelectChoice(str(row.id), name(row), optgroup=group(row)) for row in self.rows.values()]

    @property
    def chosen(self) -> Any:
        """The chosen row, or None."""
        return self.rows.get(self.data) if self.data else None


class PersonField(RowField):
    """A person to choose; equal names are told apart by account."""

    def offer(
        self,
        rows: Iterable[Person],
        *,
        empty: Any = None,
        name: Callable[[Any], str] | None = None,
        group: Callable[[Any], str | None] = lambda _person: None,
    ) -> None:
        people = list(rows)
        often = Counter(person.name for person in people)
        named = name or (lambda p: told_apart(p) if often[p.name] > 1 else p.name)
        super().offer(people, empty=empty, name=named, group=group)


def told_apart(person: Person) -> str:
    """The name with what tells the person from another of the same name."""
    return f"{person.name}（{person.account.username if person.account else person.id}）"


def _row_id(value: Any) -> int | None:
    return int(value) if value not in (None, "") else None
