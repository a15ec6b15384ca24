"""flask import KIND FILE: a firm's ledgers, as a whole or not at all."""

import gc
import json
import sys
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from app.commands.refusals import SOMEONE_ELSE
from app.database import only_reading
from app.domain.core import clock
from app.domain.core.errors import DomainError, Refused
from app.domain.imports import engine
from app.extensions import db
from app.web.retry import carried_out_again


@click.command("import")
@click.argument("kind", type=click.Choice(sorted(engine.KINDS)))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.option("--create", is_flag=True, help="Make people, branches, departments, teams and categories named there.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@click.option("--encoding", type=click.Choice(["utf-8", "gb18030"]), help="Letters of a CSV file, when it is known.")
@with_appcontext
def command(kind: str, file: Path, *, dry_run: bool, create: bool, as_json: bool, encoding: str | None) -> None:
    """Import FILE (xlsx, xls or csv) as KIND. One rejected row: nothing is written, exit 1."""
    gc.disable()  # nothing of a file's many rows is garbage before its end: looking for it took a fifth of the time
    try:
        plan = _carried_out(kind, file, dry_run=dry_run, create=create, encoding=encoding)
    except (DomainError, IntegrityError, StaleDataError) as stopped:
        refused = stopped if isinstance(stopped, DomainError) else Refused(SOMEONE_ELSE)
        db.session.rollback()
        _say(engine.refusal(refused), as_json=as_json, dry_run=dry_run, why=str(refused))
        sys.exit(1)
    finally:
        gc.enable()
    why = f"有 {plan.rejected} 行没有通过，什么都没有写入。" if plan.problems else ""
    _say(engine.summary(plan, written=not dry_run), as_json=as_json, dry_run=dry_run, why=why)
    sys.exit(1 if plan.problems else 0)


@carried_out_again
def _carried_out(kind: str, file: Path, *, dry_run: bool, create: bool, encoding: str | None) -> engine.Plan:
    if dry_run:
        only_reading()
    plan = engine.judge(
        kind, file.read_bytes(), by=None, at=clock.now(), create=create, source=file.name, encoding=encoding
    )
    if not dry_run and not plan.problems:
        engine.apply(plan)
        db.session.commit()
    return plan


def _say(outcome: dict[str, Any], *, as_json: bool, dry_run: bool, why: str) -> None:
    """JSON on standard output; without it a sentence there, and errors and warnings on standard error."""
    if as_json:
        click.echo(json.dumps(outcome, ensure_ascii=False))
    elif not why:
        click.echo(
            f"{'试运行：' if dry_run else ''}新增 {outcome['added']}，更新 {outcome['updated']}，"
            f"未变 {outcome['unchanged']}。"
        )
    if why:
        click.echo(why, err=True)
    if as_json:
        return
    for column in outcome["unknown_columns"]:
        click.echo(f"忽略的列：{column}", err=True)
    for sign, problems in (("提醒", outcome["warnings"]), ("错误", outcome["errors"])):
        for problem in problems:
            if problem["row"] is not None:
                click.echo(f"{sign} 第 {problem['row']} 行 {problem['column']}：{problem['message']}", err=True)
