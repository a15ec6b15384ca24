"""Every route, asked by everyone, against the checked-in table."""

import pytest

from tests import permissions


@pytest.mark.sqlite
def test_everyone_gets_in_where_the_table_says_and_nowhere_else(app):
    found, wanted = permissions.walk(app), permissions.read()
    assert sorted(set(found) - set(wanted)) == [], "routes without a line: see tests/permissions.py"
    assert sorted(set(wanted) - set(found)) == [], "lines without a route: see tests/permissions.py"
    assert {route: answers for route, answers in found.items() if answers != wanted[route]} == {
        route: answers for route, answers in wanted.items() if answers != found[route]
    }


def test_the_table_lets_nobody_in_but_where_it_is_public(app):
    views = {
        f"{method} {rule.rule}": app.view_functions[rule.endpoint]
        for rule in app.url_map.iter_rules()
        for method in rule.methods
    }
    for route, answers in permissions.read().items():
        if not route.startswith("GET /static/") and not getattr(views[route], "public", False):
            assert answers["nobody"] == "login", route


def test_no_answer_of_the_table_is_a_fault():
    faults = [route for route, answers in permissions.read().items() if any(a[0] == "5" for a in answers.values())]
    assert faults == []
