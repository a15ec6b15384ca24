"""`flask tick`: everything that is due by now. Run each minute by a timer; running it again changes nothing."""

import click

from app.commands.refusals import explained
from app.domain.callbacks.generation import generate
from app.domain.core import clock
from app.domain.projects import status
from app.extensions import db
from app.web.retry import carried_out_again


@click.command("tick")
@explained
@carried_out_again
def tick() -> None:
    """Make the callbacks that are due and bring the projects' status up to the day."""
    at = clock.now()
    made = generate.generate(at)
    changed = status.refresh_all(clock.day_of(at))
    db.session.commit()
    click.echo(f"{clock.local(at):%Y-%m-%d %H:%M}: 新增回访 {made} 个，更新工程状态 {changed} 个。")
