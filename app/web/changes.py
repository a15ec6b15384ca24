"""What was changed, as the audit list and the stories show it, in the page's language."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.domain.audit import fields
from app.domain.audit.names import Names, name_of
from app.web import formats
from app.web.i18n import gettext


def said(
    subject: str, changes: Mapping[str, list[Any]], *, sees_phone: bool, names: Names | None = None
) -> list[tuple[str, str | None, str | None]]:
    """(label, before, after) of each field of an audit entry about `subject`; None or an empty text: nothing.

    `names` are those of the rows that the fields refer to: without them they stand by their numbers.
    """
    rows = []
    for name, values in changes.items():
        known = [name_of(names or {}, subject, name, value) for value in values]
        before, after = (
            one or _value(subject, name, value, sees_phone=sees_phone) for one, value in zip(known, values, strict=True)
        )
        rows.append((_label(subject, name), before, after))
    return rows


def _label(subject: str, name: str) -> str:
    label, which = fields.label_of(subject, name)
    return f"{gettext(label)}{gettext(which) if which else ''}"


def _value(subject: str, name: str, value: Any, *, sees_phone: bool) -> str | None:
    if isinstance(value, list):
        return gettext("、").join(str(_value(subject, name, one, sees_phone=sees_phone)) for one in value)
    if value is None or value == "":
        return value
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if fields.is_phone(subject, name) and not sees_phone:
        return _masked(str(value))
    if enum := fields.enum_of(subject, name):
        return next((gettext(member.label) for member in enum if member.value == value), str(value))
    if fields.is_instant(subject, name):
        return formats.moment(datetime.fromisoformat(value))
    return str(value)


def _masked(number: str) -> str:
    """A look at a number leaves only its end in the entry, which is shown as it is."""
    return number if len(number) <= 4 else formats.phone_masked(number)
