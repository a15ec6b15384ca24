"""照片 of a case."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select

from app.domain.accounts.models import Person
from app.domain.audit import trail
from app.domain.cases import audit_events, transitions
from app.domain.cases.actions import Action
from app.domain.cases.enums import EventKind
from app.domain.cases.models import Case, CaseEvent, CasePhoto
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.files.models import StoredFile
from app.extensions import db


def attach(case: Case, pictures: Sequence[StoredFile], event: CaseEvent | None = None) -> None:
    """Keep the pictures with the case, those of an event with it; one that it already has is not kept twice."""
    if not pictures:
        return
    db.session.flush()
    known = {photo.file_id for photo in case.photos}
    for picture in dict.fromkeys(pictures):
        if picture.id not in known:
            case.photos.append(CasePhoto(file=picture, event_id=event.id if event else None))


def add(case: Case, pictures: Sequence[StoredFile], *, by: Person, at: datetime) -> None:
    """Photos brought in later. Refused when there is none, and on an ended case."""
    transitions.check(case, Action.ADD_PHOTOS, None, at, by=by)
    if not pictures:
        raise Refused(N_("请选择照片。"), field="photos")
    event = transitions.add_event(case, EventKind.NOTE, at, by=by, at=at, photos=len(pictures))
    attach(case, pictures, event)
    trail.record(
        audit_events.BY_ACTION[Action.ADD_PHOTOS], case, by=by, at=at, changes={"photos": [None, len(pictures)]}
    )


def picture_in(visible: Select[Case], file_id: int) -> StoredFile | None:
    """The picture, if one of the visible cases has it."""
    seen = visible.with_only_columns(Case.id)
    shown = select(CasePhoto.file_id).where(CasePhoto.file_id == file_id, CasePhoto.case_id.in_(seen))
    return db.session.scalars(select(StoredFile).where(StoredFile.id.in_(shown))).one_or_none()
