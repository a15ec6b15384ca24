"""The codes of the rows that ship, as tests name them."""

from enum import StrEnum


class Stage(StrEnum):
    """The stages of every plan that ships, in their order."""

    KICKOFF = "kickoff"
    CONCEALED = "concealed"
    MIDSTAGE = "midstage"
    COMPLETION = "completion"
