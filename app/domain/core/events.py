"""What happened that other rooms follow from: plain facts, handled in the caller's transaction.

A room publishes without knowing who follows; who follows what is one list, app/domain/subscriptions.py.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Subscriptions = Mapping[type, Sequence[Callable[[Any], object]]]
_subscriptions: Subscriptions = {}


def use(subscriptions: Subscriptions) -> None:
    """Let these follow what is published, in this process."""
    global _subscriptions
    _subscriptions = subscriptions


def publish(event: object) -> None:
    """Let everyone who follows this kind of event do so now, in the order of the list.

    An event that nobody is listed for is a KeyError: it would be lost without a word.
    """
    for follow in _subscriptions[type(event)]:
        follow(event)
