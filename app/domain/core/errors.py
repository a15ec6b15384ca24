"""How a rule says no. The message is an id to translate; the edge translates it."""

from collections.abc import Callable, Mapping
from typing import Any

from app.domain.core.enums import Labelled


def sentence(message: str, params: Mapping[str, Any], translate: Callable[[str], str] = str) -> str:
    """The message with its parameters; those of them that are words are translated as it is."""
    said = {name: translate(value.label) if isinstance(value, Labelled) else value for name, value in params.items()}
    return translate(message) % said if said else translate(message)


class DomainError(Exception):
    """A message id with its parameters, and the form field it belongs to, if any."""

    def __init__(self, message: str, /, field: str | None = None, **params: Any) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.params = params

    def __str__(self) -> str:
        return sentence(self.message, self.params)

    def said_in(self, translate: Callable[[str], str]) -> str:
        """The sentence in another language."""
        return sentence(self.message, self.params, translate)


class Refused(DomainError):
    """A rule said no. Nothing was changed."""


class Conflict(DomainError):
    """Someone was faster: the record is no longer what the user saw."""
