"""Long files at the import page, for tests: two rows are long enough there."""

import gc
import io
import json
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from app.domain.imports.models import ImportBatch
from app.extensions import db
from tests.domain.imports.books import rows

TWO = (
    {"客户编号": "K1", "姓名": "王建国", "手机": "13800000001"},
    {"客户编号": "K2", "姓名": "李梅", "手机": "13800000002"},
)


def begun_here(job, kind, options, **_more):
    """As Job.start, but done when it returns, and by this process."""
    told = ["--options", json.dumps(options), "--claimed"]
    result = current_app.test_cli_runner().invoke(args=["job", "run", kind, job.subject, *told])
    gc.enable()
    assert result.exit_code == 0, repr(result.exception)
    return True


def uploaded(admin, *cells):
    """The address of an uploaded file of customers."""
    data = {"kind": "customers", "file": (io.BytesIO(rows(*cells)), "客户.xlsx"), "encoding": ""}
    answer = admin.post("/imports", data=data, content_type="multipart/form-data")
    assert answer.status_code == 302
    return answer.location.removesuffix("/columns")


def agreed(admin, address):
    """What the button of the preview sends."""
    page = admin.get(address).text
    return {"seen": page.split('name="seen"')[1].split('value="')[1].split('"')[0]}


def batch_at(address):
    """The batch of the address."""
    return db.session.scalars(select(ImportBatch).where(ImportBatch.id == int(address.rsplit("/", 1)[1]))).one()


def files():
    """Where the program's files lie."""
    return Path(current_app.config["FILES_DIR"])
