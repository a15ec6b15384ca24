"""催办: the customer calls again about the same thing. Counted, dated, seen by the owner; nothing else moves."""

from datetime import datetime

from app.domain.accounts.models import Person
from app.domain.cases import moves
from app.domain.cases.models import Case, CaseStep
from app.domain.cases.words import Move, StepKind


def chase(case: Case, *, by: Person, at: datetime, note: str = "") -> CaseStep:
    """One more chase. Refused on an ended case."""
    happened = moves.ready(case, Move.CHASE, None, at)
    return moves.done(case, Move.CHASE, StepKind.CHASED, happened, by=by, at=at, note=note)


def chases_of(case: Case) -> int:
    """How often the case was chased, over all rounds."""
    return sum(step.kind is StepKind.CHASED and step.superseded_at is None for step in case.steps)
