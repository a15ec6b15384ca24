"""The rows behind a figure as a list: callbacks, cases, deadlines or projects, each with its record's address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select

from app.domain.callbacks.models import Callback
from app.domain.cases.models import Case, Deadline
from app.domain.core.pagination import Sort
from app.domain.reports import drilldown
from app.domain.reports.definitions import Figure, Form, figures_of
from app.domain.reports.names import NONE, names_of
from app.domain.reports.report import GROUP_LABELS, GROUPS
from app.domain.reports.scope import Scope
from app.domain.reports.texts import level_label
from app.web import formats
from app.web.i18n import gettext


@dataclass(frozen=True)
class Asked:
    """A figure, perhaps of one group, one rating or one payer only."""

    figure: Figure
    scope: Scope
    by: str | None
    of: str | None
    part: str | None

    @property
    def query(self) -> Select[Any]:
        """The records, each once."""
        return drilldown.records(self.figure, self.scope, by=self.by, of=self.of, part=self.part)

    @property
    def sorts(self) -> dict[str, Sort]:
        """In the order in which they were made."""
        return {"id": Sort((drilldown.key_of(self.figure),))}

    @property
    def title(self) -> str:
        """满意度 · 区域：城东."""
        parts = [gettext(self.figure.label)]
        if self.part:
            parts.append(gettext(drilldown.parts_of(self.figure)[self.part][0]))
        if self.by:
            name = NONE if self.of is None else names_of({self.by: {self.of}})[self.by].get(self.of, self.of)
            parts.append(f"{gettext(GROUP_LABELS[self.by])}：{gettext(name)}")
        return " · ".join(parts)

    def entries(self, records: Sequence[Any]) -> list[dict[str, Any]]:
        """What is shown of each record; of a rate, whether it is in the numerator."""
        counted = self._counted([record.id for record in records])
        return [_entry(record) | {"counted": None if counted is None else record.id in counted} for record in records]

    def _counted(self, ids: list[int]) -> set[int] | None:
        if self.figure.form is not Form.RATE:
            return None
        return drilldown.counted_among(ids, self.figure, self.scope)


def asked(name: str, scope: Scope, args: Mapping[str, str]) -> Asked | None:
    """What the address asks for; None when there is no such figure, group or rating."""
    figures = figures_of(name, scope.period.kind)
    figure = next((one for one in figures if one.key == args.get("figure")), None)
    by = args.get("by")
    part = args.get("part") or None
    if figure is None or (by and (by not in GROUPS[name] or by not in figure.source.groups)):
        return None
    if part and part not in drilldown.parts_of(figure):
        return None
    return Asked(figure, scope, by or None, args.get("of") or None, part)


def _entry(record: Any) -> dict[str, Any]:
    match record:
        case Callback():
            return _of_callback(record)
        case Deadline():
            met = formats.moment(record.met_at) or gettext("还没有")
            late = gettext("%(kind)s：到期 %(due)s，完成 %(met)s") % {
                "kind": gettext(record.kind.label), "due": formats.moment(record.due_at), "met": met,
            }  # fmt: skip
            return _of_case(record.case) | {"what": late}
        case Case():
            return _of_case(record)
        case _:
            return {
                "href": f"/projects/{record.id}",
                "name": record.contract_number,
                "customer": record.customer.name,
                "when": "",
                "what": " · ".join(part for part in (record.place, gettext(record.status.label)) if part),
                "who": record.branch.name if record.branch else "",
            }


def _of_callback(row: Callback) -> dict[str, Any]:
    rating = gettext(level_label(row.rating)) if row.rating else ""
    return {
        "href": f"/callbacks/{row.id}",
        "name": row.project.contract_number if row.project else row.number or str(row.id),
        "customer": row.customer.name,
        "when": formats.moment(row.reached_at) or gettext("窗口至 %(day)s") % {"day": formats.day(row.window_last)},
        "what": " · ".join(part for part in (gettext(row.occasion.label), gettext(row.state.label), rating) if part),
        "who": row.reached_by.name if row.reached_by else "",
    }


def _of_case(row: Case) -> dict[str, Any]:
    return {
        "href": f"/cases/{row.id}",
        "name": row.number,
        "customer": row.customer.name,
        "when": formats.moment(row.received_at),
        "what": gettext(row.state.label),
        "who": row.assignee.name,
    }
