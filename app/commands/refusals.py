"""How a command ends: 0 done; 1 refused, said in one line; 2 wrong usage (click's own)."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

import click

from app.domain.core.enums import N_
from app.domain.core.errors import DomainError
from app.extensions import db

SOMEONE_ELSE = N_("同时有人改了同样的数据，什么都没有写入，请再试一次。")

Command = TypeVar("Command", bound=Callable[..., Any])


def explained(command: Command) -> Command:
    """A refusal undoes everything, is said in one line, and ends the command with 1."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except DomainError as refused:
            db.session.rollback()
            click.echo(" ".join(str(refused).split()), err=True)
            sys.exit(1)

    return cast(Command, run)
