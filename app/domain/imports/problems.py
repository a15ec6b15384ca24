"""What is wrong in a file: which row, which column, in words."""

from dataclasses import dataclass, field
from typing import Any

from app.domain.core.errors import DomainError, sentence


@dataclass(frozen=True)
class Problem:
    """A message id with its parameters about one cell; without a row it is about the whole file."""

    row: int | None
    column: str | None
    message: str
    params: dict[str, Any] = field(default_factory=dict)
    column_has_text: bool = False

    def __str__(self) -> str:
        return sentence(self.message, self.params)


class CellRefused(DomainError):
    """A rule said no to what a row says in one column."""

    def __init__(self, column: str, message: str, /, **params: Any) -> None:
        super().__init__(message, None, **params)
        self.column = column
