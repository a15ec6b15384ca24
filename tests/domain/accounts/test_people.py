"""People and accounts as the administrator keeps them."""

import pytest

from app.domain.accounts import people, sessions
from app.domain.accounts.models import Account
from app.domain.accounts.people import Facts
from app.domain.accounts.roles import Role
from app.domain.audit.models import AuditEntry
from app.domain.core import clock
from app.domain.core.errors import Refused
from app.extensions import db
from tests.factories import a_department


def facts_of(person, **changed):
    return Facts(
        **{
            "name": person.name,
            "username": person.account.username if person.account else "",
            "roles": person.roles,
            "branch": person.branch,
            "department": person.department,
            "heads": person.department is not None and person.department.head is person,
            "is_hq": person.is_hq,
            "active": person.active,
        }
        | changed
    )


def edit(person, by, here=None, **changed):
    people.edit(person, facts_of(person, **changed), by=by, at=clock.now(), here=here)


def signed_in(person):
    token = sessions.begin(person.account, address="", browser="", at=clock.now())
    db.session.flush()
    return token


def test_a_person_with_roles_and_an_account(cast):
    person = people.register(
        Facts(name=" 王 芳 ", username="wangfang", roles=frozenset({Role.AGENT, Role.QA}), branch=cast.east),
        by=cast.admin,
        at=clock.now(),
    )
    assert (person.name, person.account.username, person.roles) == ("王 芳", "wangfang", {Role.AGENT, Role.QA})
    entry = db.session.query(AuditEntry).filter_by(action="accounts.register").one()
    assert (entry.subject, entry.subject_id, entry.by) == ("people", person.id, cast.admin)


def test_a_foreman_needs_no_account(cast):
    person = people.register(Facts(name="老周"), by=cast.admin, at=clock.now())
    assert person.account is None


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("name", {"name": " "}),
        ("name", {"name": "王" * 61}),
        ("username", {"username": "AGENT"}),
        ("username", {"username": "a b"}),
        ("username", {"username": "a" * 61}),
        ("heads", {"heads": True}),
    ],
)
def test_what_is_wrong_is_refused_at_its_field(cast, field, facts):
    with pytest.raises(Refused) as refused:
        people.register(Facts(**{"name": "王芳"} | facts), by=cast.admin, at=clock.now())
    assert refused.value.field == field


def test_a_department_of_another_branch_is_refused(cast):
    with pytest.raises(Refused):
        edit(cast.agent, cast.admin, branch=cast.west)
    whole_firm = a_department("采购部")
    edit(cast.agent, cast.admin, branch=cast.west, department=whole_firm)
    assert cast.agent.department is whole_firm


def test_the_head_of_a_department_is_one_person(cast):
    edit(cast.agent, cast.admin, heads=True)
    assert cast.service.head is cast.agent
    edit(cast.agent, cast.admin, heads=False)
    assert cast.service.head is None
    edit(cast.agent, cast.admin, heads=True)
    edit(cast.agent, cast.admin, department=None, heads=False)
    assert cast.service.head is None


@pytest.mark.parametrize(
    "changed",
    [{"roles": frozenset({Role.LEAD})}, {"is_hq": True}, {"active": False}, {"branch": None, "department": None}],
)
def test_other_rights_end_every_session(cast, changed):
    tokens = [signed_in(cast.agent), signed_in(cast.agent)]
    edit(cast.agent, cast.admin, **changed)
    assert [sessions.of_token(token, clock.now()) for token in tokens] == [None, None]


def test_another_name_ends_no_session(cast):
    token = signed_in(cast.agent)
    before = cast.agent.version
    edit(cast.agent, cast.admin, name="安静", heads=True)
    assert sessions.of_token(token, clock.now()) is not None
    assert cast.agent.version == before + 1


def test_the_record_says_what_was_changed(cast):
    edit(cast.agent, cast.admin, name="安静", roles=frozenset({Role.LEAD}), username="anjing")
    changes = db.session.query(AuditEntry).filter_by(action="accounts.edit").one().changes
    assert changes == {"name": ["安宁", "安静"], "roles": [["agent"], ["lead"]], "username": ["agent", "anjing"]}


def test_an_account_is_not_taken_away(cast):
    with pytest.raises(Refused):
        edit(cast.agent, cast.admin, username="")


@pytest.mark.parametrize("changed", [{"roles": frozenset()}, {"active": False}])
def test_the_last_administrator_stays(cast, changed):
    with pytest.raises(Refused):
        edit(cast.admin, cast.admin, **changed)


def test_the_last_administrator_is_not_disabled(cast):
    with pytest.raises(Refused):
        people.disable(cast.admin, by=cast.admin, at=clock.now())


def test_of_two_administrators_one_may_go(cast):
    edit(cast.lead, cast.admin, roles=frozenset({Role.ADMIN}))
    people.disable(cast.admin, by=cast.lead, at=clock.now())
    with pytest.raises(Refused):
        people.disable(cast.lead, by=cast.lead, at=clock.now())


def test_an_administrator_who_cannot_sign_in_does_not_count(cast):
    edit(cast.lead, cast.admin, roles=frozenset({Role.ADMIN}))
    cast.lead.account.password_hash = None
    with pytest.raises(Refused):
        people.disable(cast.admin, by=cast.admin, at=clock.now())


def test_disabling_and_enabling(cast):
    token = signed_in(cast.agent)
    people.disable(cast.agent, by=cast.admin, at=clock.now())
    people.disable(cast.agent, by=cast.admin, at=clock.now())
    assert sessions.of_token(token, clock.now()) is None
    people.enable(cast.agent, by=cast.admin, at=clock.now())
    assert db.session.get(Account, cast.agent.account.id).disabled_at is None
    actions = [entry.action for entry in db.session.query(AuditEntry).order_by(AuditEntry.id)]
    assert actions == ["accounts.disable", "accounts.end_sessions", "accounts.enable"]


def test_a_temporary_password_ends_every_session_and_is_asked_to_be_changed(cast):
    token = signed_in(cast.agent)
    password = people.set_temporary_password(cast.agent, by=cast.admin, at=clock.now())
    assert len(password) == 14
    assert cast.agent.account.password_is_temporary
    assert sessions.of_token(token, clock.now()) is None
    with pytest.raises(Refused):
        people.set_temporary_password(
            people.register(Facts(name="老周"), by=None, at=clock.now()), by=cast.admin, at=clock.now()
        )
