"""The codes of the rows that ship, as tests name them."""

from enum import StrEnum


class Stage(StrEnum):
    """The stages of every plan that ships, in their order."""

    KICKOFF = "kickoff"
    CONCEALED = "concealed"
    MIDSTAGE = "midstage"
    COMPLETION = "completion"


class Function(StrEnum):
    """The functions of people, in their order."""

    PM = "pm"
    SITE_LEAD = "site_lead"
    DESIGNER = "designer"
    SUPERVISOR = "supervisor"
    FOREMAN = "foreman"
    AGENT = "agent"
