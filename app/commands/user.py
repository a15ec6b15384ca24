"""`flask user create`: an account from the command line."""

import sys

import click
from flask.cli import AppGroup
from sqlalchemy import select

from app.commands.refusals import explained
from app.domain.accounts import passwords, people
from app.domain.accounts.models import Branch
from app.domain.accounts.roles import Role
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.extensions import db

group = AppGroup("user", help="Accounts.")


class RoleName(click.ParamType):
    """A role by its code or its screen word."""

    name = "role"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Role:
        """The role, or wrong usage."""
        for role in Role:
            if value in (role, role.value, role.label):
                return role
        return self.fail(f"{value!r}: " + ", ".join(f"{role.value} ({role.label})" for role in Role), param, ctx)


@group.command("create")
@click.argument("name")
@click.option("--role", "roles", type=RoleName(), multiple=True, required=True, help="Code or screen word; repeatable.")
@click.option("--hq", is_flag=True, help="Sees all branches.")
@click.option("--branch", help="Name of the branch; it must exist.")
@explained
def create(name: str, roles: tuple[Role, ...], hq: bool, branch: str | None) -> None:
    """Make an account NAME; asks for the password, or reads one line from standard input."""
    facts = people.Facts(name=name, username=name, roles=frozenset(roles), branch=_branch(branch), is_hq=hq)
    person = people.register(facts, by=None, at=clock.now())
    assert person.account is not None
    passwords.put(person.account, _password(), at=clock.now())
    db.session.commit()
    click.echo(f"{name}: {'、'.join(role.label for role in roles)}")


def _password() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("密码", hide_input=True, confirmation_prompt="再输一次"))
    return sys.stdin.readline().rstrip("\r\n")


def _branch(name: str | None) -> Branch | None:
    if name is None:
        return None
    found = db.session.scalar(select(Branch).where(Branch.name == name))
    if found is None:
        raise Refused(N_("没有叫“%(name)s”的区域。"), name=name)
    return found
