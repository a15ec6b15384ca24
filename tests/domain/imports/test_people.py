"""People by file."""

from sqlalchemy import select

from app.domain.accounts.models import Account, Department, LoginSession, Person
from app.domain.accounts.roles import Role
from app.domain.audit.models import AuditEntry
from app.extensions import db
from tests.domain.imports.books import everything, judged, problems, rows, taken
from tests.domain.imports.conftest import STAFF
from tests.people import session_of


def person(username: str) -> Person:
    return db.session.scalars(select(Account).where(Account.username == username)).one().person


def test_people_with_roles_branch_department_and_head(app):
    plan = taken("people", rows(*STAFF))
    assert plan.counts() == {"added": 4, "updated": 0, "unchanged": 0, "rejected": 0}
    assert person("limin").roles == {Role.AGENT}
    assert person("limin").branch.name == "城东"
    heads = {row.name: row.head and row.head.name for row in db.session.scalars(select(Department))}
    assert heads == {"客服部": "李敏", "工程部": "王芳", "设计部": None}
    assert db.session.query(AuditEntry).filter_by(action="accounts.import").count() == 4


def test_the_same_file_again_changes_nothing_at_all(app):
    taken("people", rows(*STAFF))
    before = everything()
    assert taken("people", rows(*STAFF)).counts() == {"added": 0, "updated": 0, "unchanged": 4, "rejected": 0}
    assert everything() == before


def test_a_known_account_is_updated_and_empty_cells_leave_what_is(app):
    taken("people", rows(*STAFF))
    token = session_of(person("limin"))
    changed = {
        "账号": "LiMin",
        "姓名": "李敏敏",
        "角色": "客服主管、质检",
        "区域": None,
        "在职": "否",
        "手机": "+86 138 0000 0000",
    }
    plan = taken("people", rows(changed))
    assert plan.counts()["updated"] == 1
    assert plan.changes[0].shown["角色"] == ("客服专员", "客服主管、质检")
    found = person("limin")
    assert (found.name, found.active, found.phone, found.branch.name) == ("李敏敏", False, "13800000000", "城东")
    assert found.roles == {Role.LEAD, Role.QA}
    assert token
    assert db.session.scalars(select(LoginSession)).one().revoked_at is not None


def test_unknown_names_are_the_rows_error_unless_they_are_to_be_made(app):
    assert problems(judged("people", rows(STAFF[0]), create=False)) == [(2, "区域")]


def test_an_account_twice_and_two_heads_are_errors(app):
    twice = rows(STAFF[0], STAFF[0] | {"姓名": "别人"}, STAFF[1] | {"部门": "客服部", "部门负责人": "是"})
    assert problems(judged("people", twice)) == [(3, "账号"), (4, "部门负责人")]
