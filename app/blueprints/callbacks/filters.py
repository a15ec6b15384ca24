"""A list's filters: read from the address, and carried along from call to call."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from flask import request

from app.domain.accounts.models import Person
from app.domain.accounts.roles import may
from app.domain.callbacks import queries
from app.domain.callbacks.enums import CallbackState
from app.domain.callbacks.queries import Wanted
from app.domain.core.text import row_id
from app.domain.plans.enums import Occasion
from app.web.lists import wanted_day

CARRIED_ON = ("whose", "state", "occasion", "branch", "until")


def wanted_by(person: Person, args: Mapping[str, str]) -> Wanted:
    """What the list shows; what can't be read is passed over. Who calls sees their own first, others everyone's."""
    default = (
        queries.MINE if may(person, "callbacks.call") and not may(person, "callbacks.decide") else queries.EVERYONE
    )
    whose = args.get("whose") or default
    state = args.get("state", "")
    return Wanted(
        whose=whose if whose in queries.WHOSE or row_id(whose) else default,
        states=(CallbackState.of(state),) if state in list(CallbackState) else queries.TO_CALL,
        occasion=Occasion.of(args["occasion"]) if args.get("occasion") in list(Occasion) else None,
        branch_id=row_id(args.get("branch")),
        until=wanted_day(args.get("until", "")),
    )


def of_back(back: str) -> dict[str, str]:
    """The filters that a call's address carries."""
    return {name: value for name, value in parse_qsl(back[:500]) if name in CARRIED_ON}


def as_back() -> str:
    """This list's filters, to be carried along."""
    return urlencode({name: request.args[name] for name in CARRIED_ON if request.args.get(name)})
