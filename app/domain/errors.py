"""How a rule says no. The message is an id to translate; the edge translates it."""

from typing import Any


class DomainError(Exception):
    """A message id with its parameters, and the form field it belongs to, if any."""

    def __init__(self, message: str, /, field: str | None = None, **params: Any) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.params = params

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


class Refused(DomainError):
    """A rule said no. Nothing was changed."""


class Conflict(DomainError):
    """Someone was faster: the record is no longer what the user saw."""
