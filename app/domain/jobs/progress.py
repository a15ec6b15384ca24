"""How far a long task is, and whether it is still wanted: asked for again and again while it works."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from app.domain.core.enums import N_
from app.domain.core.errors import DomainError

STARTING = N_("准备")
CLOSING = N_("收尾")

EVERY = 50
"""Things between two looks at whether it is still wanted: far less than a second's work."""

Thing = TypeVar("Thing")


class Cancelled(DomainError):
    """Whoever asked for it doesn't want it any more. The caller rolls back: nothing was written."""

    def __init__(self) -> None:
        super().__init__(N_("已取消，什么都没有写入。"))


class Progress:
    """Told to nobody and never cancelled: for what is done before anybody would ask."""

    def reached(self, phase: str, done: int = 0, total: int = 0) -> None:
        """`done` of `total` things of a phase are behind; a total of 0 is not known. May raise Cancelled."""

    def passing(self, phase: str, things: Sequence[Thing]) -> Iterator[Thing]:
        """The things, one after another, told as they pass."""
        for place, thing in enumerate(things):
            if place % EVERY == 0:
                self.reached(phase, place, len(things))
            yield thing

    def keep(self, result: str) -> None:
        """Keep, as text, what the pages show of it afterwards."""
