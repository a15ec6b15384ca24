"""What the components are told, so that they compute nothing: how a column sorts, which key picks an option."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import Flask, request
from wtforms import Field, RadioField

from app.web import badges, charts
from app.web.lists import this_list
from app.web.tones import tone

DIGITS: Final = frozenset("123456789")

SHAPES: Final = {
    "HiddenInput": "hidden",
    "CheckboxInput": "check",
    "ListWidget": "checks",
    "TableWidget": "checks",
    "Select": "select",
    "TextArea": "area",
}
"""How a field with this widget is laid out; any other is a line of text."""


def init_app(app: Flask) -> None:
    """Give the templates what components are built with."""
    app.jinja_env.filters |= {
        "bars": charts.bars,
        "numbered": numbered,
        "numeric_columns": numeric_columns,
        "rated": badges.rated,
        "stacked": charts.stacked,
        "tone": tone,
    }
    app.jinja_env.globals |= {
        "described_by": described_by,
        "heads_of": heads_of,
        "input_attributes": input_attributes,
        "shape_of": shape_of,
    }


@dataclass(frozen=True)
class Head:
    """The head of a column. `sorts` leads to the list sorted by it; `sorted` says that it is, and which way."""

    label: str
    css: str
    sorts: str | None
    sorted: str | None


def heads_of(columns: Iterable[Mapping[str, Any]], default_sort: str | None) -> list[Head]:
    """The heads of the columns `label`, `sort`, `numeric`, `wide_only`, as this request's list is sorted.

    A sorted column leads to the list the other way round.
    """
    now = request.args.get("sort") or default_sort or ""
    return [_head(column, now) for column in columns]


def _head(column: Mapping[str, Any], now: str) -> Head:
    css = " ".join(name for key, name in (("numeric", "num"), ("wide_only", "wide-only")) if column.get(key))
    key = column.get("sort")
    if not key:
        return Head(column["label"], css, None, None)
    if now == key:
        return Head(column["label"], css, this_list(sort=f"-{key}"), "ascending")
    return Head(column["label"], css, this_list(sort=key), "descending" if now == f"-{key}" else None)


def numeric_columns(heads: Iterable[str]) -> list[dict[str, Any]]:
    """The columns of a table for heads that all stand over figures."""
    return [{"label": head, "numeric": True} for head in heads]


def numbered(field: RadioField) -> list[tuple[str, Any]]:
    """Each option with the key that picks it: its own code where that is a digit, as a rating's; else its place."""
    return [(str(one.data) if str(one.data) in DIGITS else str(place), one) for place, one in enumerate(field, 1)]


def shape_of(field: Field) -> str:
    """How a field is laid out."""
    return "keys" if isinstance(field, RadioField) else SHAPES.get(type(field.widget).__name__, "text")


def described_by(field: Field, hint: str | None) -> str:
    """The ids of what stands beside a field: its hint and what is wrong with it."""
    beside = ("hint", hint), ("error", field.errors)
    return " ".join(f"{field.id}-{part}" for part, there in beside if there)


def input_attributes(field: Field, hint: str | None, given: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes of the input itself. Required is only said: it is the server that refuses, in words."""
    told = {
        "aria-describedby": described_by(field, hint),
        "aria-invalid": "true" if field.errors else "",
        "aria-required": "true" if field.flags.required and shape_of(field) != "check" else "",
    }
    return {**given, "required": False, **{name: value for name, value in told.items() if value}}
