"""A list page: the rows the address asks for, with the addresses of the pages beside it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from flask import request
from sqlalchemy import Select

from app.domain.core.errors import Refused
from app.domain.core.pagination import Page, Sort, page_of
from app.web.readings import read

PLACES: Final = ("before", "after")
"""What an address says of where in a list one is."""


class Listed:
    """What the table and pager components take: `rows`, `sort`, `count_text`, `prev_url`, `next_url`."""

    def __init__(self, page: Page[Any]) -> None:
        self.rows = page.rows
        self.sort = page.sort
        self.count_text = page.count_text
        self.prev_url = this_list(before=page.before) if page.before is not None else None
        self.next_url = this_list(after=page.after) if page.after is not None else None


def listed(query: Select[Any], sorts: Mapping[str, Sort]) -> Listed:
    """The page of `query` that this request's `sort`, `after` and `before` ask for, 50 rows, one query."""
    return Listed(page_of(query, sorts, request.args))


def wanted_day(text: str) -> date | None:
    """The day a filter names; what can't be read is passed over."""
    try:
        day: date = read("day", text)
    except Refused:
        return None
    return day


def this_list(**changed: str) -> str:
    """The address of this very list, filtered and sorted as it is but for what is `changed`; from its first page."""
    kept = {name: values for name, values in request.args.lists() if name not in PLACES}
    return f"{request.path}?{urlencode(kept | changed, doseq=True)}"
