"""Who calls, and whose project it is."""

from tests.domain.callbacks.callers import agent, manager

__all__ = ["agent", "manager"]
