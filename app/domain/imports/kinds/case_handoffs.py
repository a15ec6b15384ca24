"""移交 of imported cases: one handoff and its signature, as history has them."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.domain.accounts.models import Department, Person
from app.domain.cases import history
from app.domain.cases.deadlines import sync
from app.domain.cases.enums import CaseState, EventKind
from app.domain.cases.handoffs import sending
from app.domain.cases.handoffs.enums import HandoffState, SignedHow
from app.domain.cases.handoffs.models import Handoff, Signature
from app.domain.cases.models import Case, CaseEvent
from app.domain.core.enums import N_
from app.domain.imports.context import ImportContext, RowChange, fetched
from app.domain.imports.problems import CellRefused
from app.domain.plans.enums import DeadlineKind

NO_ROUND = 0
"""Of a handoff that a later import corrected: it stays readable, and no clock runs for it."""
Addressee = Person | Department | None
KEYS = {"移交时间": "step:移交时间", "移交给": "to", "签收时间": "step:签收时间"}
"""Under which key a change has what each column says."""


class Handoffs:
    """The first handoff of each case, and how it is written."""

    def __init__(self, work: ImportContext) -> None:
        self.work = work
        self.of_case: dict[int, Handoff] = {}
        self.ordinals: Counter[int] = Counter()
        self.rules = sync.rules_of_plans()

    def load(self, cases: Sequence[Case]) -> None:
        """The handoffs of cases that are known."""
        query = select(Handoff).where(Handoff.round == 1).options(joinedload(Handoff.signature)).order_by(Handoff.id)
        for handoff in fetched(query, Handoff.case_id, (case.id for case in cases)):
            self.of_case.setdefault(handoff.case_id, handoff)
            self.ordinals[handoff.case_id] = max(handoff.ordinal, self.ordinals[handoff.case_id])

    def known(self, case: Case | None) -> Handoff | None:
        """The case's first handoff, or None."""
        return self.of_case.get(case.id) if case is not None else None

    def judge(self, change: RowChange, to: Addressee) -> None:
        """Note another addressee. CellRefused when the file contradicts what was done here, not imported."""
        handoff = self.known(change.record)
        before = addressee_of(handoff)
        if to is not None and before is not to:
            change.note("移交给", "to", to, before, to)
        if handoff is None:
            return
        touched = [column for column, key in KEYS.items() if key in change.more]
        if touched and not handoff.imported:
            raise CellRefused(touched[0], N_("移交已在系统里办理，不能由文件改动。"))
        if touched and handoff.signature and handoff.signature.how is not SignedHow.IMPORTED:
            raise CellRefused(touched[0], N_("移交已在系统里签收，不能由文件改动。"))

    def write(self, change: RowChange) -> None:
        """The handoff and signature that the case's events imply; a corrected one is set aside for another."""
        case: Case = change.record
        reached = history.current_events(case)
        sent = reached.get(EventKind.HANDED_OVER)
        if sent is None:
            return
        handoff = self.known(None if change.is_new else case)
        if handoff is None or _is_corrected(change, handoff):
            to = change.more.get("to", addressee_of(handoff))
            if handoff is not None:
                handoff.round = NO_ROUND
                handoff.end(HandoffState.SUPERSEDED, handoff.answered_at or self.work.at)
            handoff = self._sent(case, sent.happened_at, to)
        self._answer(handoff, case, reached)

    def _sent(self, case: Case, sent_at: datetime, to: Addressee) -> Handoff:
        ordinal = 1 + (self.ordinals[case.id] if case.id else 0)
        sign_by = sync.due_from(case, DeadlineKind.SIGN, sent_at, self.rules)
        return sending.written(
            case, to, asked=case.request, sender=case.received_by, sent_at=sent_at, ordinal=ordinal, sign_by=sign_by,
            imported=True,
        )  # fmt: skip

    def _answer(self, handoff: Handoff, case: Case, reached: dict[EventKind, CaseEvent]) -> None:
        signed = reached.get(EventKind.SIGNED)
        if signed is not None:
            if handoff.signature is None:
                handoff.signature = Signature(
                    how=SignedHow.IMPORTED, by=handoff.to_person, at=signed.happened_at, sha256=handoff.sha256
                )
                handoff.end(HandoffState.SIGNED, signed.happened_at)
        elif handoff.state is HandoffState.SENT and handoff.imported and case.state is not CaseState.HANDED_OVER:
            # Nobody can sign any more: it leaves the list of what waits, its broken clock stays.
            cancelled = reached.get(EventKind.CANCELLED)
            handoff.end(HandoffState.WITHDRAWN, cancelled.happened_at if cancelled else self.work.at)


def _is_corrected(change: RowChange, handoff: Handoff) -> bool:
    """Whether what was sent or signed differs: neither may change, so another handoff takes its place."""
    signed_anew = KEYS["签收时间"] in change.more and handoff.signature is not None
    return "to" in change.more or KEYS["移交时间"] in change.more or signed_anew


def signer_of(handoff_to: Addressee) -> Person | None:
    """Who has the case in hand after signing: the person, or the department's head."""
    return handoff_to.head if isinstance(handoff_to, Department) else handoff_to


def addressee_of(handoff: Handoff | None) -> Addressee:
    """To whom it was handed: a department, else a person."""
    if handoff is None:
        return None
    return handoff.to_department or handoff.to_person
