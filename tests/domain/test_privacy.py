"""Who sees a number without asking, and what a merge leaves behind."""

import pytest
from sqlalchemy import select

from app.domain import privacy
from app.domain.accounts.roles import Role
from app.domain.audit.models import AuditEntry
from app.domain.callbacks.enums import CallbackState
from app.domain.cases.handoffs.models import Handoff
from app.domain.core import clock
from app.domain.core.errors import Refused
from app.domain.core.parsing.phones import Phone
from app.domain.customers import merging, records
from app.domain.customers.enums import Channel
from app.domain.search.find import find
from app.extensions import db
from tests.factories import a_branch, a_callback, a_case, a_customer, a_department, a_person, a_project
from tests.shipped import Function

pytestmark = pytest.mark.usefixtures("app")


def handed(case, **to):
    row = Handoff(
        case=case, from_id=case.owner_id, sent_at=clock.now(), sign_by=clock.now(), snapshot="{}", sha256="0", **to
    )
    db.session.add(row)
    db.session.flush()


def test_a_number_is_seen_by_who_has_a_task_with_the_customer():
    caller, owner, holder, signer, manager, nobody = (a_person(Role.AGENT) for _ in range(6))
    head = a_person(Role.ENGINEERING)
    project = a_project(people={Function.PM: manager})
    a_callback(project, assigned_to=caller)
    case = a_case(project=project, owner=owner, assignee=holder)
    handed(case, to_person=signer)
    handed_on = a_case(project=project, owner=owner)
    handed(handed_on, to_department=a_department(head=head))
    for person in (caller, owner, holder, signer, manager, head):
        assert privacy.sees_phone(person, project.customer)
    assert not privacy.sees_phone(nobody, project.customer)


def test_what_is_over_shows_no_number_any_more(queries):
    person, project = a_person(Role.AGENT), a_project()
    a_callback(project, assigned_to=person, state=CallbackState.DONE)
    a_case(project=project, owner=person, ended_at=clock.now())
    with queries(at_most=1):
        assert not privacy.sees_phone(person, project.customer)
    assert privacy.sees_phones_of(person, []) == set()


def test_a_reveal_is_kept_without_the_number():
    customer = a_customer(phone="13800001234")
    privacy.reveal(customer, customer.phone, by=a_person(Role.AGENT), at=clock.now())
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.changes) == ("customers.reveal_phone", {"phone": [None, "1234"]})


def test_a_merge_takes_everything_along_and_stands_in_both_histories():
    branch = a_branch()
    lead = a_person(Role.LEAD, branch=branch)
    stays = records.register(phones=[Phone("13800000001")], by=lead, at=clock.now(), name="王芳")
    goes = records.register(phones=[Phone("13800000002")], by=lead, at=clock.now(), name="王方", room="77")
    records.do_not_contact(goes, Channel.MESSAGE, by=lead, at=clock.now(), reason="不要短信")
    project = a_project(goes)
    case, callback = a_case(project=project), a_callback(project)
    merging.merge(goes, stays, by=lead, at=clock.now(), reason="同一个人")
    db.session.expire_all()
    assert {row.customer_id for row in (project, case, callback)} == {stays.id}
    assert [row.number for row in stays.phones_now] == ["13800000001", "13800000002"]
    assert [row.channel for row in stays.do_not_contact] == [Channel.MESSAGE]
    assert goes.merged_into_id == stays.id
    assert find(lead, "0002").customers == [stays]
    assert find(lead, "王方").customers == []
    entries = {e.action: e for e in db.session.scalars(select(AuditEntry)) if e.reason == "同一个人"}
    assert set(entries) == {"customers.merge", "customers.absorb"}
    assert entries["customers.absorb"].changes["projects"] == [None, f"[{project.id}]"]


def test_wrong_merges_are_refused():
    one, two, three = a_customer(), a_customer(), a_customer()
    for customer, into, reason in ((one, one, "x"), (one, two, " ")):
        with pytest.raises(Refused):
            merging.merge(customer, into, by=None, at=clock.now(), reason=reason)
    merging.merge(one, two, by=None, at=clock.now(), reason="重复")
    for customer, into in ((one, three), (three, one)):
        with pytest.raises(Refused):
            merging.merge(customer, into, by=None, at=clock.now(), reason="重复")
