"""Enumerations whose members carry a code for the database and a Chinese label for the screen.

`N_` marks a text for translation without translating it: the domain names texts, the edge speaks them.
"""

from enum import StrEnum
from typing import Protocol, Self, cast, runtime_checkable


def N_(message: str) -> str:
    """Mark `message` for the translation catalogue and return it unchanged."""
    return message


@runtime_checkable
class Labelled(Protocol):
    """What has a word for the screen: a member of an enumeration, or a row that the firm named."""

    @property
    def label(self) -> str:
        """The word; one that ships is a message id."""


class LabelledEnum(StrEnum):
    """An enumeration member that is its code and carries its screen word as `label`."""

    label: str

    def __new__(cls, code: str, label: str) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    @classmethod
    def of(cls, code: str) -> Self:
        """The member with the code. A KeyError when there is none."""
        return cast("dict[str, Self]", cls._value2member_map_)[code]
