"""`flask demo`: the firm that everything can be tried on."""

import click

from app.commands.refusals import explained
from app.domain.core import clock
from app.domain.demo import loading, scaling
from app.domain.demo.cast import ACCOUNTS
from app.extensions import db


@click.group("demo")
def group() -> None:
    """The demo firm: load it into an empty database, or erase it."""


@group.command()
@click.option("--scale", type=click.IntRange(1, 5000), default=1, help="So many times the firm, for measuring.")
@explained
def load(scale: int) -> None:
    """Load the demo firm and print its accounts with the password made up for them."""
    password = loading.load(clock.now())
    if scale > 1:
        scaling.multiply(scale)
    db.session.commit()
    click.echo(f"示例公司已装好。账号：{' '.join(account[0] for account in ACCOUNTS)}")
    click.echo(f"密码（都一样）：{password}")


@group.command()
@explained
def erase() -> None:
    """Erase the demo firm with everything in it; the first page then asks for the firm's name."""
    loading.erase()
    db.session.commit()
    click.echo("示例公司已删除。")
