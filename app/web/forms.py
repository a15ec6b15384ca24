"""What every form shares: texts without control characters, messages in the user's language, refusals beside
their field, a token against the double click, the version against overwriting unseen."""

import re
import secrets
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import HiddenField, PasswordField, SelectField, StringField

from app.domain.accounts.models import Person
from app.domain.audit.queries import last_about
from app.domain.core.enums import N_, LabelledEnum
from app.domain.core.errors import Refused
from app.domain.core.orm import Base
from app.domain.idempotency import tokens
from app.extensions import db
from app.web import formats
from app.web.errors import error_page, say
from app.web.i18n import gettext

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
TOKEN = re.compile(r"[\w-]{20,40}", re.ASCII)

# WTForms' own messages, in the product's source language.
MESSAGES = {
    "This field is required.": N_("这一项要填。"),
    "Not a valid choice.": N_("没有这个选项。"),
    "Not a valid choice": N_("没有这个选项。"),
    "Invalid Choice: could not coerce.": N_("没有这个选项。"),
    "Invalid choice(s): one or more data inputs could not be coerced.": N_("没有这个选项。"),
    "'%(value)s' is not a valid choice for this field.": N_("没有这个选项。"),
    "'%(value)s' are not valid choices for this field.": N_("没有这个选项。"),
    "Not a valid integer value.": N_("这里要填整数。"),
    "Invalid input.": N_("这样写不对。"),
    "Field must be equal to %(other_name)s.": N_("两次填的不一样。"),
    "Field cannot be longer than %(max)d character.": N_("最多 %(max)d 个字。"),
    "Field cannot be longer than %(max)d characters.": N_("最多 %(max)d 个字。"),
    "Field must be at least %(min)d character long.": N_("至少 %(min)d 个字。"),
    "Field must be at least %(min)d characters long.": N_("至少 %(min)d 个字。"),
    "Number must be between %(min)s and %(max)s.": N_("要在 %(min)s 到 %(max)s 之间。"),
    "Number must be at least %(min)s.": N_("不能小于 %(min)s。"),
    "Number must be at most %(max)s.": N_("不能大于 %(max)s。"),
}


class Translations:
    """WTForms' messages through our catalogue."""

    def gettext(self, text: str) -> str:
        """The message in the page's language; our own messages come translated already."""
        return gettext(MESSAGES[text]) if text in MESSAGES else text

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """As gettext: our messages have one form."""
        return self.gettext(singular)


class HouseForm(FlaskForm):
    """The base of every form."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """What was sent, without control characters."""
            if formdata is None:
                return None
            if not isinstance(formdata, MultiDict):  # nothing given: this request's own
                if not form.is_submitted():
                    return None
                formdata = CombinedMultiDict((request.files, request.form))
            return MultiDict((key, _clean(value)) for key, value in formdata.items(multi=True))

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Texts lose the blanks around them; passwords keep theirs."""
            kind = unbound_field.field_class
            if issubclass(kind, StringField) and not issubclass(kind, PasswordField):
                options["filters"] = [*unbound_field.kwargs.get("filters", ()), _stripped]
            return unbound_field.bind(form=form, **options)

        def get_translations(self, form: Any) -> Translations:
            """Ours."""
            return Translations()

    def take(self, refused: Refused) -> bool:
        """Undo what was begun, and show the refusal beside its field or above the form.

        False, so that the view shows the form again with a 422.
        """
        db.session.rollback()
        field = self._fields.get(refused.field or "")
        if field is None:
            self.form_errors.append(say(refused))
        else:
            field.errors = [*field.errors, say(refused)]
        return False


class IdempotentForm(HouseForm):
    """A form that makes a record once, however often it is sent."""

    once = HiddenField(default=lambda: secrets.token_urlsafe(24))

    @property
    def token(self) -> str:
        """The form's token; an empty text when it isn't one of ours."""
        return self.once.data if TOKEN.fullmatch(self.once.data or "") else ""

    def already(self, by: Person) -> str | None:
        """Where this very form led before, or None. Ask first, redirect there."""
        return tokens.redirect_for(self.token, by=by) if self.is_submitted() else None

    def remember(self, location: str, *, by: Person, at: datetime) -> None:
        """Keep where the form led, in the transaction that carries it out."""
        tokens.remember(self.token, location, by=by, at=at)


class VersionedForm(HouseForm):
    """A form that changes a record, and notices when someone else did meanwhile."""

    version = HiddenField()

    def is_stale(self, record: Any) -> bool:
        """Whether the record was saved by someone after this form was opened."""
        return self.is_submitted() and (self.version.data or "") != str(record.version)

    def conflict(self, record: Base, again_url: str) -> tuple[str, int]:
        """The 409 page with both versions; nothing is written."""
        last = last_about(record)
        return error_page(
            409,
            versions=self.differences(record),
            theirs_by=last.by.name if last and last.by else None,
            theirs_at=last.at if last else None,
            again_url=again_url,
        )

    def differences(self, record: Any) -> list[tuple[str, str, str]]:
        """(label, the record's, this form's) of each field that stands on the record under the same name."""
        rows = []
        for name, field in self._fields.items():
            if name == "version" or not hasattr(record, name):
                continue
            theirs, yours = _shown(field, getattr(record, name)), _shown(field, field.data)
            if theirs != yours:
                rows.append((str(field.label.text), theirs, yours))
        return rows


def _clean(value: Any) -> Any:
    return CONTROL.sub("", value) if isinstance(value, str) else value


def _stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _shown(field: Any, value: Any) -> str:
    if isinstance(field, SelectField) and value is not None:
        code, labels = str(getattr(value, "id", value)), {str(c.value): str(c.label) for c in field.iter_choices()}
        if code in labels:
            return labels[code]
    match value:
        case None:
            return ""
        case bool():
            return str(gettext("是") if value else gettext("否"))
        case LabelledEnum():
            return gettext(value.label)
        case tuple():
            return "转".join(str(part) for part in value if part)
        case list() | set() | frozenset():
            return "、".join(sorted(_shown(None, each) for each in value))
        case datetime():
            return formats.moment(value)
        case date():
            return formats.day(value)
        case Decimal():
            return formats.money(value)
        case _:
            return str(getattr(value, "name", value))
