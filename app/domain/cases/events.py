"""What happens to a case that other rooms follow from."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.accounts.models import Person
from app.domain.cases.models import Case


@dataclass(frozen=True)
class CaseResolved:
    """The work is done, and the customer is to be asked."""

    case: Case
    by: Person
    at: datetime


@dataclass(frozen=True)
class CaseEnded:
    """Closed or cancelled. `given_up_why`: a lead's reason to close it though the customer is not satisfied."""

    case: Case
    by: Person
    at: datetime
    given_up_why: str = ""


@dataclass(frozen=True)
class CaseReopened:
    """The next round has begun."""

    case: Case
    by: Person
    at: datetime
