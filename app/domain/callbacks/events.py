"""What happens on a callback that other rooms follow from."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from app.domain.accounts.models import Person
from app.domain.callbacks.models import Callback

if TYPE_CHECKING:
    from app.domain.callbacks.calls import ValidatedCall


@dataclass(frozen=True)
class CallConcluded:
    """Somebody was reached and every question answered: `call` is what was said."""

    callback: Callback
    call: "ValidatedCall"
    by: Person
    at: datetime
