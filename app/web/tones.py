"""The tone in which a state stands on a page: neutral, accent, good, soon, bad. The word says it, the tone helps."""

from collections.abc import Mapping
from typing import Any, Final

from app.domain.callbacks.enums import CallbackState
from app.domain.cases.enums import CaseState
from app.domain.cases.handoffs.enums import HandoffState
from app.domain.core.enums import LabelledEnum
from app.domain.customers.enums import CustomerStage
from app.domain.plans.enums import Rating
from app.domain.projects.enums import ProjectStatus

NEUTRAL: Final = "neutral"
TONES: Final[Mapping[type, Mapping[Any, str]]] = {
    CallbackState: {
        CallbackState.DUE: "accent",
        CallbackState.SCHEDULED: "soon",
        CallbackState.DONE: "good",
        CallbackState.MISSED: "bad",
        CallbackState.UNREACHABLE: "bad",
    },
    CaseState: {
        CaseState.REGISTERED: "soon",
        CaseState.RETURNED: "bad",
        CaseState.RESOLVED: "accent",
        CaseState.CLOSED: "good",
    },
    CustomerStage: {CustomerStage.SIGNED: "good"},
    HandoffState: {HandoffState.SENT: "soon", HandoffState.SIGNED: "good", HandoffState.REFUSED: "bad"},
    Rating: {
        Rating.VERY_SATISFIED: "good",
        Rating.SATISFIED: "good",
        Rating.RATHER_DISSATISFIED: "bad",
        Rating.VERY_DISSATISFIED: "bad",
    },
    ProjectStatus: {
        ProjectStatus.BUILDING: "accent",
        ProjectStatus.SUSPENDED: "soon",
        ProjectStatus.WARRANTY: "good",
    },
}
"""By enumeration, since members of two may have the same code; what is not named is neutral."""


def tone(state: LabelledEnum) -> str:
    """The tone of a state."""
    return TONES[type(state)].get(state, NEUTRAL)
