"""Who gets in where: every route, asked as nobody, as each role, and as someone of another branch.

The table is tests/permissions.txt. After adding a route or changing who may, write it again and look at its diff:

    .venv/bin/python -m tests.permissions --write

`yes`: let in, whatever the page then says of an empty form. `login`: asked to sign in. `403`: a page the role never
has. `404`: a record outside the scope; in the column `outside`, of a person with every role in another branch.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from sqlalchemy import select
from werkzeug.routing import Rule

from app.domain.accounts.models import LoginSession, Person
from app.domain.accounts.roles import Role
from app.domain.callbacks.enums import TaskKind
from app.domain.callbacks.models import Task
from app.domain.cases.handoffs import sending
from app.domain.cases.models import Case, CasePhoto
from app.domain.core import clock
from app.domain.core.orm import Base
from app.domain.customers.enums import Channel
from app.domain.files.models import StoredFile
from app.domain.files.store import path_of
from app.domain.followup.models import DepartmentNote
from app.domain.imports import batches, workbooks
from app.domain.imports.models import ImportBatch
from app.domain.plans.enums import CaseKind
from app.domain.projects.models import Contact, Suspension
from app.extensions import db
from app.web import assets
from app.web.login import KEPT_AS
from tests.factories import a_callback, a_case, a_customer, a_person, a_project
from tests.people import make_cast, session_of
from tests.shipped import Function

TABLE = Path(__file__).with_name("permissions.txt")
ASKING = ("nobody", *(role.value for role in Role), "outside")
PHOTO = "0" * 64
Table = dict[str, dict[str, str]]


@dataclass
class Stage:
    """Who asks, and the records they ask for."""

    people: dict[str, Person]
    values: dict[str, Any]

    def value(self, who: str, endpoint: str, parameter: str) -> Any:
        """What stands for the parameter in an address when `who` asks."""
        for name in (f"{who}/{parameter}", parameter):
            if name in self.values:
                return self.values[name]
        raise KeyError(
            f"{endpoint} has a parameter <{parameter}>: give it a value in set_stage() of tests/permissions.py"
        )


def set_stage() -> Stage:
    """One record of each kind in the first branch, within reach of its project manager and its designer."""
    cast = make_cast()
    at = clock.to_minute(clock.now())
    customer = a_customer(branch=cast.east)
    project = a_project(customer, people={Function.PM: cast.pm, Function.DESIGNER: cast.staff})
    callback = a_callback(project)
    case, other = (a_case(CaseKind.REPAIR, project=project, owner=cast.agent) for _ in range(2))
    contact = _kept(Contact(project=project, name="王太太", number="13900139000", tail4="9000", since=clock.today()))
    photo = _photo(case, cast.agent)
    note = DepartmentNote(callback_id=callback.id, department=cast.works, text="请回复", raised_at=at)
    task = Task(
        kind=TaskKind.SEND_SERVICE_NUMBER, customer=customer, text="发客服电话", due_on=clock.today(), made_at=at
    )
    task.branch_id = cast.east.id
    session_of(cast.agent)
    outsider = a_person(*Role, name="外人", username="outside", branch=cast.west)
    return Stage(
        people={role.value: getattr(cast, role.value) for role in Role} | {"outside": outsider},
        values={
            "filename": "css/tokens.css",
            "customer_id": customer.id,
            "phone_id": customer.phones[0].id,
            "project_id": project.id,
            "contact_id": contact.id,
            "callback_id": callback.id,
            "case_id": case.id,
            "handoff_id": sending.send(case, cast.pm, asked="请上门看看", by=cast.agent, at=at).id,
            "staff/handoff_id": sending.send(other, cast.staff, asked="请看图纸", by=cast.agent, at=at).id,
            "note_id": _kept(note).id,
            "task_id": _kept(task).id,
            "file_id": photo.id,
            "photo_id": photo.id,
            "batch_id": _batch(cast.admin, at).id,
            "person_id": cast.agent.id,
            "branch_id": cast.east.id,
            "department_id": cast.works.id,
            "session_id": db.session.scalars(select(LoginSession.id)).one(),
            "suspension_id": _kept(Suspension(project_id=project.id, first_day=clock.today())).id,
            "channel": Channel.PHONE.value,
            "name": "callbacks",
            "cases.create?": f"customer={customer.id}",
            "reports.rows?": "figure=callbacks_due",
            "kind": "customers",
        },
    )


def walk(app: Flask) -> Table:
    """What each route answers to each who asks. Nothing is kept of what the requests do."""
    stage = set_stage()
    cookies = {name: _cookie(app, person) for name, person in stage.people.items()}
    db.session.commit()
    with app.test_request_context(), faults_as_pages(app):
        return {
            f"{method} {rule.rule.replace(assets.PATH, '/static')}": {
                who: _answer(app, method, _address(stage, rule, who), cookies.get(who)) for who in ASKING
            }
            for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        }


@contextmanager
def faults_as_pages(app: Flask) -> Iterator[None]:
    """A view that fails is a 500, as on a server, instead of ending the walk."""
    before = app.config["PROPAGATE_EXCEPTIONS"]
    app.config["PROPAGATE_EXCEPTIONS"] = False
    try:
        yield
    finally:
        app.config["PROPAGATE_EXCEPTIONS"] = before


def read() -> Table:
    """The checked-in table."""
    lines = [line.split() for line in TABLE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    rows = [(" ".join(cells[: -len(ASKING)]), cells[-len(ASKING) :]) for cells in lines]
    asking = rows[0][1]
    return {route: dict(zip(asking, answers, strict=True)) for route, answers in rows[1:]}


def text_of(table: Table) -> str:
    """The table as it is checked in."""
    rows = [("METHOD address", ASKING), *((route, tuple(answers.values())) for route, answers in table.items())]
    widest = max(len(route) for route, _cells in rows)
    lines = [
        route.ljust(widest) + "".join(f"  {cell:{max(5, len(who))}}" for cell, who in zip(cells, ASKING, strict=True))
        for route, cells in rows
    ]
    head = "# Who gets in where. Written by: .venv/bin/python -m tests.permissions --write (which says what it means)"
    return "\n".join([head, *(line.rstrip() for line in lines)]) + "\n"


def _address(stage: Stage, rule: Rule, who: str) -> str:
    built = rule.build({parameter: stage.value(who, rule.endpoint, parameter) for parameter in rule.arguments})
    assert built is not None
    query = stage.values.get(f"{rule.endpoint}?")
    return f"{built[1]}?{query}" if query else built[1]


def _answer(app: Flask, method: str, address: str, cookie: str | None) -> str:
    client = app.test_client()
    if cookie:
        client.set_cookie(app.config["SESSION_COOKIE_NAME"], cookie)
    undo = db.engine.begin_nested()  # type: ignore[attr-defined]  the test's one connection
    try:
        answer = client.open(address, method=method)
        answer.close()
    finally:
        db.session.remove()
        if undo.is_active:
            undo.rollback()
    if answer.status_code in (302, 303) and answer.location.startswith("/login") and cookie is None:
        return "login"
    return "yes" if answer.status_code < 400 or answer.status_code in (400, 409, 422) else str(answer.status_code)


def _batch(by: Person, at: datetime) -> ImportBatch:
    folder = Path(current_app.config["FILES_DIR"]) / "imports"
    content = workbooks.template("customers")
    return batches.keep("customers", "客户.xlsx", content, folder, by=by, at=at, create=True, encoding="")


def _photo(case: Case, by: Person) -> StoredFile:
    path = path_of(Path(current_app.config["FILES_DIR"]), PHOTO)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"a photo")
    at = case.received_at
    photo = _kept(StoredFile(sha256=PHOTO, media_type="image/jpeg", size=7, added_by_id=by.id, added_at=at))
    _kept(CasePhoto(case_id=case.id, file_id=photo.id))
    return photo


def _kept(row: Any) -> Any:
    assert isinstance(row, Base)
    db.session.add(row)
    db.session.flush()
    return row


def _cookie(app: Flask, person: Person) -> str:
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return str(signer.dumps({KEPT_AS: session_of(person)}))


def main() -> None:
    """Write or print the table as the app is now."""
    from tests.conftest import make_app
    from tests.support.grounds import Ground
    from tests.support.isolation import Undone
    from tests.support.once import new_run_folder

    folder = new_run_folder()
    os.environ["INSTANCE_DIR"] = str(folder)
    try:
        undone = Undone(make_app(Ground("sqlite", folder, "permissions").copy()))
        with undone.transaction():
            text = text_of(walk(undone.app))
        undone.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if "--write" in sys.argv:
        TABLE.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
