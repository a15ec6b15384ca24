"""What could mean two things is not guessed."""

from collections.abc import Iterable

from app.domain.core.enums import N_
from app.domain.core.errors import Refused


def either(text: str, readings: Iterable[str]) -> None:
    """Refuse `text`, naming two of its readings, when it has more than one."""
    one, *others = [*dict.fromkeys(readings), ""]
    if len(others) > 1:
        raise Refused(
            N_("“%(text)s”可能是 %(one)s，也可能是 %(other)s，请写清楚是哪一个。"),
            text=text[:40], one=one, other=others[0],
        )  # fmt: skip
