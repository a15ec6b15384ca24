"""What a rating means: the one place that says satisfied, dissatisfied, and when something must come of a call."""

from typing import Any, Final

SATISFIED_FROM: Final = 4
DISSATISFIED: Final = (1, 2)


def is_satisfied(rating: int | None) -> bool:
    """4 or 5."""
    return rating is not None and rating >= SATISFIED_FROM


def needs_followup(rating: int | None, *, truthful: bool, needs_visit: bool) -> bool:
    """Whether something must come of a call: rated 1 or 2, not true, or another visit needed (S3)."""
    return rating in DISSATISFIED or not truthful or needs_visit


def satisfied(rating: Any) -> Any:
    """SQL: 4 or 5."""
    return rating >= SATISFIED_FROM


def dissatisfied(rating: Any) -> Any:
    """SQL: 1 or 2."""
    return rating.in_(DISSATISFIED)
