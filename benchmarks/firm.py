"""Makes a firm of so many customers in an empty database: the demo firm, topped up, many times over.

Run in a process of its own, with DATABASE_URL and INSTANCE_DIR set; prints the password of its accounts as JSON.
"""

import json
import sys
from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

import flask_migrate
from sqlalchemy import insert, inspect, select

from app import create_app
from app.domain.callbacks.models import Answer, Attempt, Callback
from app.domain.core import clock
from app.domain.customers.models import Customer
from app.domain.demo import loading, scaling
from app.extensions import db

HOMES = 60
CALLBACKS_EACH = 10
APART = timedelta(days=30)


def make(customers: int) -> dict[str, Any]:
    """Fill the database with the firm; so many customers, rounded up to whole demo firms, 60 or fewer as they are."""
    homes, times = min(customers, HOMES), max(1, -(-customers // HOMES))
    app = create_app()
    with app.app_context():
        flask_migrate.upgrade()
        password = loading.load(clock.now(), homes)
        top_up()
        if times > 1:
            scaling.multiply(times)
        db.session.commit()
        if db.engine.dialect.name == "postgresql":  # as its own housekeeping would have done within a minute
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM ANALYZE")
    return {"password": password, "customers": homes * times}


def top_up() -> None:
    """Give every customer as many callbacks as are measured: their last effective one again, a month earlier each."""
    db.session.flush()
    last: dict[int, Callback] = {}
    have: dict[int, int] = defaultdict(int)
    for callback in db.session.scalars(select(Callback).order_by(Callback.id)):
        have[callback.customer_id] += 1
        if callback.effective and callback.case_id is None:
            last[callback.customer_id] = callback
    anyone = next(iter(last.values()))
    for customer_id in db.session.scalars(select(Customer.id)):
        template = last.get(customer_id, anyone)
        own = {"project_id": template.project_id if customer_id in last else None, "customer_id": customer_id}
        for ordinal in range(1, CALLBACKS_EACH - have[customer_id] + 1):
            _again(template, ordinal * APART, own)


def _again(callback: Callback, earlier: timedelta, own: dict[str, Any]) -> None:
    """The finished callback with its attempts and answers once more, so much earlier."""
    unlike = {"made_for": None, "number": None, "origin_id": None, "root_id": None}
    made = db.session.execute(insert(Callback).values(_values(callback, earlier) | unlike | own))
    callback_id = made.inserted_primary_key[0]
    for row in (*callback.attempts, *callback.answers):
        kind = Attempt if isinstance(row, Attempt) else Answer
        db.session.execute(insert(kind).values(_values(row, earlier) | {"callback_id": callback_id}))


def _values(row: Any, earlier: timedelta) -> dict[str, Any]:
    values = {column.key: getattr(row, column.key) for column in inspect(type(row)).columns if column.key != "id"}
    return {
        name: value - earlier if isinstance(value, date | datetime) else value
        for name, value in values.items()
        if name != "tried"
    }


if __name__ == "__main__":
    print(json.dumps(make(int(sys.argv[1]))))
