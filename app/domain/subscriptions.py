"""Who follows from what, in the order in which they do: the whole process from a call to its case and back to a call.

Everything happens in the transaction of whoever publishes, so that all of it is kept or nothing.
"""

from typing import Final

from app.domain.callbacks.events import CallConcluded
from app.domain.callbacks.generation import generate
from app.domain.cases.events import CaseEnded, CaseReopened, CaseResolved
from app.domain.core.events import Subscriptions
from app.domain.customers.events import CustomerChanged
from app.domain.followup import escalation, satisfaction_calls, second_calls
from app.domain.projects.events import ProjectCancelled, StageReached
from app.domain.search import indexing

SUBSCRIPTIONS: Final[Subscriptions] = {
    CustomerChanged: [indexing.customer_changed],
    StageReached: [generate.stage_reached],
    ProjectCancelled: [generate.project_cancelled],
    CallConcluded: [escalation.call_concluded, satisfaction_calls.call_concluded, second_calls.call_concluded],
    CaseResolved: [satisfaction_calls.case_resolved],
    CaseReopened: [satisfaction_calls.case_left],
    CaseEnded: [satisfaction_calls.case_left, second_calls.case_ended],
}
