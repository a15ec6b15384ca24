"""上门定责: what was found on the spot, and whose it is."""

from collections.abc import Sequence
from datetime import datetime

from app.domain.accounts.models import Person
from app.domain.cases import photos, transitions
from app.domain.cases.enums import Action, EventKind, Responsibility
from app.domain.cases.models import Case
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.core.text import clean
from app.domain.files.models import StoredFile


def visited(
    case: Case,
    *,
    finding: str,
    responsibility: Responsibility | None,
    by: Person,
    at: datetime,
    responsible: Person | None = None,
    responsible_name: str = "",
    happened_at: datetime | None = None,
    pictures: Sequence[StoredFile] = (),
) -> None:
    """Someone was on the spot. Refused without what they found and whose responsibility it is."""
    happened = transitions.check(case, Action.VISIT, happened_at, at, by=by)
    finding = transitions.require_text(finding, N_("请写下现场看到的情况。"), "finding")
    if responsibility is None:
        raise Refused(N_("请选择责任方。"), field="responsibility")
    case.finding, case.responsibility = finding, responsibility
    case.responsible = responsible
    case.responsible_name = clean(responsible_name, 60, "responsible_name")
    event = transitions.apply(
        case, Action.VISIT, EventKind.VISITED, happened, by=by, at=at, note=finding,
        responsibility=responsibility.value, responsible=responsible.name if responsible else case.responsible_name,
    )  # fmt: skip
    photos.attach(case, pictures, event)
