"""A list page: the rows the address asks for, with the addresses of the pages beside it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import request, url_for
from sqlalchemy import Select

from app.domain.core.errors import Refused
from app.domain.core.pagination import Page, Sort, page_of
from app.web.readings import read


class Listed:
    """What the table and pager components take: `rows`, `sort`, `count_text`, `prev_url`, `next_url`."""

    def __init__(self, page: Page[Any]) -> None:
        self.rows = page.rows
        self.sort = page.sort
        self.count_text = page.count_text
        self.prev_url = _beside("before", page.before)
        self.next_url = _beside("after", page.after)


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


def _beside(direction: str, mark: str | None) -> str | None:
    if mark is None:
        return None
    kept = {name: values for name, values in request.args.lists() if name not in ("before", "after")}
    return url_for(request.endpoint or "", **(request.view_args or {}), **kept, **{direction: mark})
