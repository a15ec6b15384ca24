"""Every path of the search stands on an index, on either database. A plan is asked for, not a time measured."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import event, insert, text
from sqlalchemy.engine import Connection

from app.domain.accounts.roles import Role
from app.domain.cases.models import Case
from app.domain.core import clock
from app.domain.core.parsing import pinyin
from app.domain.customers.models import Customer, CustomerPhone, SearchGram
from app.domain.projects.models import Contact, Project
from app.domain.search import bigrams
from app.domain.search.find import find
from app.extensions import db
from tests.factories import a_branch, a_case, a_person, the_plan

MANY = 2000
FIRST = 10_000_000  # beyond what the sequence of this database has given to other tests
SURNAMES, GIVEN = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁", "建国芳丽伟强敏静磊洋艳勇军杰涛明超秀霞平"
WHOLE = re.compile(r"(SCAN|Seq Scan on) (customers|customer_phones|search_grams|projects|contacts|cases)\b")
WHOLE_BUT_SCOPE = re.compile(r"(SCAN|Seq Scan on) (customers|customer_phones|search_grams)\b")


@pytest.fixture
def firm(app):
    """Some thousand customers with a project, a contact and a case each; answers with an agent of their branch."""
    branch, plan = a_branch(), the_plan()
    agent = a_person(Role.AGENT, branch=branch)
    pattern = a_case(owner=agent)
    facts = {"created_at": clock.now(), "version": 1, "branch_id": branch.id}
    rows = []
    for n in range(FIRST, FIRST + MANY):
        name = SURNAMES[n % 20] + GIVEN[n // 20 % 20] + GIVEN[n * 7 % 20]
        whole, initials = pinyin.of_name(name)
        place = {"estate": f"{GIVEN[n % 13]}{GIVEN[n % 17]}花园", "room": str(n)}
        rows.append(
            {"id": n, "number": f"KH-{n}", "name": name, "pinyin": whole, "initials": initials, **place, **facts}
        )
    db.session.execute(insert(Customer), rows)
    numbers = [f"138{row['id'] * 7919 % 10**8:08d}" for row in rows]
    phones = [{"customer_id": r["id"], "number": n, "tail4": n[-4:]} for r, n in zip(rows, numbers, strict=True)]
    db.session.execute(insert(CustomerPhone), phones)
    found = [
        {"customer_id": r["id"], "gram": gram}
        for r in rows
        for gram in {r["name"][:1]} | bigrams.grams(r["name"]) | bigrams.grams(r["estate"]) | bigrams.grams(r["room"])
    ]
    db.session.execute(insert(SearchGram), found)
    day = clock.today()
    work = {"plan_id": plan.id, "callbacks_from": day, **facts}
    db.session.execute(
        insert(Project),
        [{"id": r["id"], "customer_id": r["id"], "contract_number": f"X-{r['id']}", **work} for r in rows],
    )
    named = {"name": "联系人", "since": day}
    db.session.execute(
        insert(Contact),
        [{"project_id": p["customer_id"], "number": p["number"], "tail4": p["tail4"], **named} for p in phones],
    )
    same = {
        column.key: getattr(pattern, column.key)
        for column in Case.__table__.columns
        if column.key not in ("id", "number")
    }
    db.session.execute(insert(Case), [{**same, "id": n, "number": f"TS-{n}"} for n in range(FIRST, FIRST + MANY)])
    db.session.execute(text("ANALYZE"))
    if db.engine.dialect.name == "postgresql":  # what no index can serve is still read whole, and shows
        db.session.execute(text("SET LOCAL enable_seqscan = off"))
    yield agent
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text("DELETE FROM sqlite_stat1"))


def plans(person, words: str) -> Iterator[tuple[str, str]]:
    """Each statement that the search sends, with the database's plan for it."""
    sent: list[tuple[str, object]] = []

    def note(connection: Connection, _cursor, statement, parameters, *_rest):
        sent.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        find(person, words)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    asks = "EXPLAIN QUERY PLAN " if db.engine.dialect.name == "sqlite" else "EXPLAIN "
    for statement, parameters in sent:
        rows = db.session.connection().exec_driver_sql(asks + statement, parameters).all()
        yield statement, "\n".join(str(row[-1]) for row in rows)


WORDS = (
    "1234", "13800001234", "王", "建国", "王建国", "wjg", "w", "wangjian", "花园 1203", "建国花园1203", "X-1203",
    "TS-1203",
)  # fmt: skip


def test_no_path_reads_a_whole_table(firm):
    manager = a_person(Role.PM, branch=firm.branch)
    for person, whole in ((firm, WHOLE), (manager, WHOLE_BUT_SCOPE)):
        for words in WORDS:
            seen = list(plans(person, words))
            assert seen, words
            for statement, plan in seen:
                assert not whole.search(plan), f"{words}\n{statement}\n{plan}"
