"""`flask user create`."""

import pytest

from app.domain.accounts import signing_in
from app.domain.accounts.models import Person
from app.domain.accounts.roles import Role
from app.extensions import db


def create(cli, *arguments, password="stone-and-river-7\n"):
    return cli.invoke(args=["user", "create", *arguments], input=password)


def test_an_account_is_made(cli, cast):
    result = create(cli, "wangfang", "--role", "lead", "--role", "质检", "--hq", "--branch", "城东")
    assert result.exit_code == 0, result.output
    account = signing_in.account_of("wangfang")
    assert account.person.roles == {Role.LEAD, Role.QA}
    assert account.person.is_hq
    assert account.person.branch is cast.east


@pytest.mark.parametrize(
    ("arguments", "password"),
    [
        (("agent", "--role", "agent"), "stone-and-river-7\n"),
        (("wangfang", "--role", "agent", "--branch", "城南"), "stone-and-river-7\n"),
        (("wangfang", "--role", "agent"), "12345678\n"),
        (("wangfang", "--role", "agent"), "\n"),
        (("wang fang", "--role", "agent"), "stone-and-river-7\n"),
    ],
)
def test_a_refusal_is_one_line_and_1(cli, cast, arguments, password):
    before = db.session.query(Person).count()
    result = create(cli, *arguments, password=password)
    assert result.exit_code == 1
    assert len(result.output.strip().splitlines()) == 1
    assert db.session.query(Person).count() == before


@pytest.mark.parametrize("arguments", [(), ("wangfang",), ("wangfang", "--role", "king")])
def test_wrong_usage_is_2(cli, arguments):
    assert create(cli, *arguments).exit_code == 2
