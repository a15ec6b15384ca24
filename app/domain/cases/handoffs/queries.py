"""Lists of handoffs, scoped to who asks."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import joinedload

from app.domain.accounts.models import Person
from app.domain.accounts.roles import Role
from app.domain.accounts.scope import headed_by
from app.domain.cases.handoffs import snapshots
from app.domain.cases.handoffs.models import Handoff
from app.domain.cases.models import Case, CasePhoto, Deadline
from app.domain.core.enums import N_, LabelledEnum
from app.domain.core.orm import unindexed
from app.domain.core.pagination import Sort
from app.domain.files.models import StoredFile
from app.extensions import db

SORTS: Final = {
    "-sent": Sort((Handoff.sent_at, Handoff.id), descending=True),
    "sent": Sort((Handoff.sent_at, Handoff.id)),
}
OLDEST_FIRST: Final = {key: SORTS[key] for key in ("sent", "-sent")}


class SavedView(LabelledEnum):
    """Which handoffs a list shows."""

    TO_SIGN = "to_sign", N_("待我签收")
    UNSIGNED = "unsigned", N_("未签收")
    LATE = "late", N_("逾期未签收")
    ALL = "all", N_("全部")


def views_of(person: Person) -> tuple[SavedView, ...]:
    """The lists the person is offered, theirs first."""
    if person.has(Role.PM, Role.STAFF, Role.ENGINEERING):
        return (SavedView.TO_SIGN, SavedView.UNSIGNED, SavedView.LATE, SavedView.ALL)
    return (SavedView.UNSIGNED, SavedView.LATE, SavedView.ALL)


def worklist(visible: Select[Handoff], person: Person, view: SavedView, at: datetime) -> Select[Handoff]:
    """Those of the visible handoffs of that kind. Unsigned ones of an agent are those of the cases they own or sent."""
    query = visible.options(
        joinedload(Handoff.case).joinedload(Case.customer),
        joinedload(Handoff.case).joinedload(Case.project),
        joinedload(Handoff.to_person),
        joinedload(Handoff.to_department),
        joinedload(Handoff.sender),
    )
    if view is SavedView.ALL:
        return query
    query = query.where(Handoff.answered_at.is_(None))
    if view is SavedView.TO_SIGN:
        return query.where(for_me(person))
    if view is SavedView.LATE:
        return query.where(Handoff.sign_by < at)
    if person.has(Role.AGENT) and not person.has(Role.LEAD):
        mine = select(Case.id).where(Case.owner_id == person.id)
        return query.where(or_(Handoff.from_id == person.id, Handoff.case_id.in_(mine)))
    return query


def for_me(person: Person) -> ColumnElement[bool]:
    """SQL on Handoff: the person is who signs, or the head who assigns."""
    return or_(Handoff.to_person_id == person.id, and_(Handoff.to_person_id.is_(None), handed_to(person)))


def handed_to(person: Person, *, of_few: bool = False) -> ColumnElement[bool]:
    """SQL on Handoff: to the person, or to a department that they head. `of_few`: asked of those only that another
    condition leaves, as the unanswered ones, and not of all that there ever were."""
    columns: tuple[Any, Any] = (Handoff.to_person_id, Handoff.to_department_id)
    to_person, to_department = map(unindexed, columns) if of_few else columns
    return or_(to_person == person.id, to_department.in_(headed_by(person)))


def handoffs_of(case: Case) -> list[Handoff]:
    """The case's handoffs with their answers, the oldest first: one query."""
    query = (
        select(Handoff)
        .where(Handoff.case_id == case.id)
        .options(
            joinedload(Handoff.sender), joinedload(Handoff.to_person), joinedload(Handoff.to_department),
            joinedload(Handoff.signature), joinedload(Handoff.refusal),
        )
        .order_by(Handoff.sent_at, Handoff.id)
    )  # fmt: skip
    return list(db.session.scalars(query).unique())


def signing_deadlines(handoffs: Sequence[Handoff]) -> list[Deadline]:
    """The clock that waits for the signature of each handoff: one query."""
    ids = [row.id for row in handoffs]
    query = select(Deadline).where(Deadline.handoff_id.in_(ids), Deadline.superseded_at.is_(None))
    return list(db.session.scalars(query)) if ids else []


def photos_of(handoff: Handoff, fingerprints: Collection[str]) -> list[StoredFile]:
    """The case's photos that were handed over, by their SHA-256: one query."""
    query = (
        select(StoredFile)
        .join(CasePhoto, CasePhoto.file_id == StoredFile.id)
        .where(CasePhoto.case_id == handoff.case_id)
        .order_by(CasePhoto.id)
    )
    return [row for row in db.session.scalars(query) if row.sha256 in fingerprints] if fingerprints else []


def photo_handed_over(visible: Select[Handoff], file_id: int) -> StoredFile | None:
    """The photo, if one of the visible handoffs has it in what was handed over."""
    query = visible.add_columns(StoredFile).join(CasePhoto, CasePhoto.case_id == Handoff.case_id)
    query = query.join(StoredFile, StoredFile.id == CasePhoto.file_id).where(StoredFile.id == file_id)
    rows = db.session.execute(query)
    return next((photo for handoff, photo in rows if photo.sha256 in snapshots.read(handoff.snapshot)["photos"]), None)


def whole_handoff(visible: Select[Handoff], handoff_id: int) -> Handoff | None:
    """The handoff with all that its page shows of it, if it is among the visible ones."""
    query = visible.where(Handoff.id == handoff_id).options(
        joinedload(Handoff.case).joinedload(Case.project),
        joinedload(Handoff.case).joinedload(Case.customer),
        joinedload(Handoff.sender),
        joinedload(Handoff.to_person),
        joinedload(Handoff.to_department),
        joinedload(Handoff.signature),
        joinedload(Handoff.refusal),
    )
    return db.session.scalars(query).unique().one_or_none()
