"""Two requests at the same time, on a database where commits are real."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from app.domain.accounts.models import LoginSession, Person
from app.domain.accounts.roles import Role
from app.domain.accounts.setup import is_needed
from app.extensions import db
from tests.people import PASSWORD, login, make_cast

FIRST = {"firm": "安居装饰", "name": "王总", "username": "boss", "password": PASSWORD, "again": PASSWORD}


def both(app, work, *arguments):
    """What two threads answer that start together."""
    together = Barrier(len(arguments))

    def run(argument):
        with app.app_context():
            together.wait()
            return work(argument)

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(run, arguments))


def test_a_form_sent_twice_at_once_makes_one_person(live_app):
    live_app.config["WTF_CSRF_ENABLED"] = False
    cast = make_cast()
    clients = [login(live_app.test_client(), cast.admin) for _ in range(2)]
    db.session.commit()
    data = {"name": "王芳", "username": "wangfang", "active": "y", "once": "t" * 32}
    answers = both(live_app, lambda client: client.post("/admin/people/new", data=data), *clients)
    made = db.session.query(Person).filter_by(name="王芳").one()
    assert {answer.location for answer in answers} == {f"/admin/people/{made.id}"}


def test_two_first_starts_at_once_make_one_administrator(live_app):
    live_app.config["WTF_CSRF_ENABLED"] = False
    data = [FIRST | {"username": name} for name in ("one", "two")]
    answers = both(live_app, lambda each: live_app.test_client().post("/setup", data=each), *data)
    assert sorted(answer.status_code for answer in answers) in ([302, 302], [302, 422])
    assert db.session.query(Person).count() == 1
    assert not is_needed()


def test_two_administrators_who_take_the_right_from_each_other_leave_one(live_app):
    live_app.config["WTF_CSRF_ENABLED"] = False
    cast = make_cast()
    cast.lead.role_rows[0].role = Role.ADMIN
    pairs = [
        (login(live_app.test_client(), cast.admin), cast.lead.id),
        (login(live_app.test_client(), cast.lead), cast.admin.id),
    ]
    db.session.commit()
    both(live_app, lambda pair: pair[0].post(f"/admin/people/{pair[1]}/disable"), *pairs)
    db.session.expire_all()
    assert [cast.admin.account.disabled_at, cast.lead.account.disabled_at].count(None) == 1


def test_many_sign_in_at_once(live_app):
    live_app.config["WTF_CSRF_ENABLED"] = False
    make_cast()
    db.session.commit()
    names = ["agent", "lead", "qa", "pm", "pm2", "staff", "office", "admin"]
    answers = both(
        live_app,
        lambda name: live_app.test_client().post("/login", data={"username": name, "password": PASSWORD}),
        *names,
    )
    assert {answer.status_code for answer in answers} == {302}
    assert db.session.query(LoginSession).count() == 8
