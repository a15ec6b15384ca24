"""The call's screen: saving, drafts, two people, double clicks, branches."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import func, select

from app.domain.callbacks.enums import CallbackState, Outcome, TaskKind
from app.domain.callbacks.models import Attempt, Callback, CallDraft, Task
from app.domain.cases.models import Case
from app.domain.core import clock
from app.domain.followup.models import DepartmentNote
from app.domain.plans.enums import CaseKind, Occasion
from app.domain.plans.models import Questionnaire
from app.extensions import db
from tests.factories import a_callback, a_customer, a_project
from tests.people import Cast, login, make_cast
from tests.shipped import Function, Stage

WARRANTY_FINE = {"q_in_use": "都正常", "q_to_repair": "no", "q_overall": "5"}
TOKEN = "t" * 32


@pytest.fixture
def today(freeze):
    freeze("2026-03-05 10:00")
    return date(2026, 3, 5)


@pytest.fixture
def project(cast: Cast, today):
    return a_project(
        a_customer("李梅", branch_id=cast.east.id),
        reached={Stage.COMPLETION: date(2026, 1, 10)},
        people={Function.PM: cast.pm, Function.AGENT: cast.agent},
    )


@pytest.fixture
def callback(cast: Cast, project):
    return a_callback(project, occasion=Occasion.WARRANTY, assigned_to=cast.agent, questionnaire=sheet("warranty"))


def sheet(code: str) -> Questionnaire:
    return db.session.scalars(select(Questionnaire).where(Questionnaire.code == code)).one()


def save(client, callback, token=TOKEN, version=None, **fields):
    data = {"version": str(version or callback.version), "once": token, "outcome": "reached", "interviewee": "李梅"}
    return client.post(f"/callbacks/{callback.id}/call", data=data | fields)


def count(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


def test_the_screen_shows_who_what_to_say_and_what_to_ask(client, cast, callback):
    page = login(client, cast.agent).get(f"/callbacks/{callback.id}").text
    assert "tel:138" in page
    assert "安宁" in page
    assert "家里住着、用着，都还好吗" in page
    assert "潘经理" in page


def test_who_doesnt_call_reads_it_and_has_no_form(client, cast, callback):
    page = login(client, cast.office).get(f"/callbacks/{callback.id}").text
    assert "保存并下一个" not in page


def test_another_branch_doesnt_find_it(client, cast, callback):
    assert login(client, cast.outsider).get(f"/callbacks/{callback.id}").status_code == 404


def test_saving_makes_it_done_and_goes_on_to_the_next_of_the_list(client, cast, callback, project):
    following = a_callback(project, occasion=Occasion.PROGRESS, assigned_to=cast.agent)
    answer = save(login(client, cast.agent), callback, **WARRANTY_FINE)
    assert answer.headers["Location"] == f"/callbacks/{following.id}"
    assert (callback.state, callback.effective, callback.rating) == (CallbackState.DONE, True, 5)
    assert callback.reached_by == cast.agent


def test_after_the_last_one_the_list_says_that_all_is_done(client, cast, callback):
    answer = save(login(client, cast.agent), callback, **WARRANTY_FINE)
    assert answer.headers["Location"] == "/callbacks"
    assert "今天的回访打完了" in client.get("/callbacks").text


def test_a_missing_answer_is_said_beside_its_question_and_what_was_typed_stays(client, cast, callback):
    answer = save(login(client, cast.agent), callback, q_in_use="有小毛病", q_overall="4", remarks="阳台门有点紧")
    assert answer.status_code == 422
    assert "这一题还没有答" in answer.text
    assert "阳台门有点紧" in answer.text
    assert (count(Attempt), callback.state) == (0, CallbackState.DUE)


def test_what_was_refused_is_kept_as_the_draft(client, cast, callback):
    save(login(client, cast.agent), callback, q_overall="4", remarks="门")
    draft = db.session.get(CallDraft, (callback.id, cast.agent.id))
    assert draft.fields == {"outcome": "reached", "interviewee": "李梅", "q_overall": "4", "remarks": "门"}


def test_two_clicks_at_the_same_moment_make_one_attempt(live_app):
    cast = make_cast()
    callback = a_callback(a_project(), occasion=Occasion.WARRANTY, questionnaire=sheet("warranty"))
    address = f"/callbacks/{callback.id}/call"
    clients = [login(live_app.test_client(), cast.hq) for _ in range(4)]
    db.session.commit()
    live_app.config["WTF_CSRF_ENABLED"] = False
    data = {"version": "1", "once": TOKEN, "outcome": "reached", "interviewee": "李梅"} | WARRANTY_FINE

    def click(client):
        with live_app.app_context():
            return client.post(address, data=data)

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(click, clients))
    assert {answer.headers.get("Location") for answer in answers} == {"/callbacks"}
    assert count(Attempt) == 1
    db.session.rollback()


def test_a_double_click_makes_one_attempt(client, cast, callback):
    client = login(client, cast.agent)
    first = save(client, callback, version=1, **WARRANTY_FINE)
    again = save(client, callback, version=1, **WARRANTY_FINE)
    assert again.headers["Location"] == first.headers["Location"]
    assert count(Attempt) == 1


def test_the_second_of_two_people_gets_both_versions_and_loses_nothing(client, cast, callback):
    save(login(client, cast.agent), callback, version=1, **WARRANTY_FINE, remarks="都好")
    lead = login(client, cast.lead)
    answer = save(lead, callback, token="u" * 32, version=1, **WARRANTY_FINE | {"q_overall": "3"}, remarks="水龙头滴水")
    assert answer.status_code == 409
    assert "都好" in answer.text
    assert "水龙头滴水" in answer.text
    assert "安宁" in answer.text
    assert ">yes<" not in answer.text, "only what differs, in the words of the page"
    assert callback.rating == 5
    assert "水龙头滴水" in lead.get(f"/callbacks/{callback.id}").text


def test_what_was_not_saved_is_shown_in_the_words_of_the_screen(client, cast, callback):
    save(login(client, cast.lead), callback, **WARRANTY_FINE)
    save(login(client, cast.agent), callback, token="u" * 32, version=1, q_overall="4", q_to_repair="no", remarks="门")
    notice = login(client, cast.agent).get(f"/callbacks/{callback.id}").text.partition("您有一份没存上的内容")[2]
    said = notice.partition("</dl>")[0]
    for word in ("接通", "满意", "情况描述", "门"):
        assert word in said
    for code in ("reached", "normal", ">no<"):
        assert code not in said


def test_a_draft_comes_back(client, cast, callback):
    client = login(client, cast.agent)
    kept = client.post(
        f"/callbacks/{callback.id}/draft", data={"outcome": "reached", "q_overall": "4", "remarks": "门"}
    )
    assert kept.status_code == 204
    page = client.get(f"/callbacks/{callback.id}").text
    assert 'id="q_overall-1" name="q_overall" type="radio" value="4"' in page.replace("checked ", "")
    assert ">\r\n门</textarea>" in page or ">\n门</textarea>" in page or "门</textarea>" in page
    assert 'data-draft-saved-at="10:00"' in page
    save(client, callback, **WARRANTY_FINE)
    assert count(CallDraft) == 0


def test_answers_stay_for_the_next_try_when_the_customer_hung_up(client, cast, callback):
    client = login(client, cast.agent)
    client.post(f"/callbacks/{callback.id}/draft", data={"outcome": "reached", "q_overall": "4"})
    save(client, callback, outcome="later", later_at="2026-03-06 09:00")
    draft = db.session.get(CallDraft, (callback.id, cast.agent.id))
    assert draft.fields == {"q_overall": "4"}


def test_a_time_the_customer_named_schedules_it(client, cast, callback):
    window = (callback.window_first, callback.window_last)
    save(login(client, cast.agent), callback, outcome="later", later_at="明天 9:00")
    assert callback.state is CallbackState.SCHEDULED
    assert clock.local(callback.wanted_at).isoformat() == "2026-03-06T09:00:00+08:00"
    assert (callback.window_first, callback.window_last) == window


@pytest.mark.parametrize("named", ["", "2026-03-05 10:00", "2026-03-05 09:59", "2026-05-05 10:00", "不知道"])
def test_a_time_that_isnt_to_come_is_refused(client, cast, callback, named):
    assert save(login(client, cast.agent), callback, outcome="later", later_at=named).status_code == 422
    assert count(Attempt) == 0


def test_a_wrong_number_becomes_a_task(client, cast, callback):
    save(login(client, cast.agent), callback, outcome="wrong_number", number=callback.customer.phone)
    task = db.session.scalars(select(Task)).one()
    assert (task.kind, task.owner) == (TaskKind.VERIFY_DATA, cast.agent)
    assert callback.state is CallbackState.DUE


BAD = WARRANTY_FINE | {"q_overall": "2", "q_overall_why": "地板响"}


def test_trouble_needs_to_be_said_by_whom_and_followed_up(client, cast, callback):
    client = login(client, cast.agent)
    assert "请选怎么跟进" in save(client, callback, **BAD).text
    assert "请写明受访人" in save(client, callback, **BAD, follow_up="complaint", interviewee="").text
    assert "这一题还没有答" in save(client, callback, **BAD | {"q_overall_why": ""}, follow_up="complaint").text
    assert (count(Case), count(Attempt)) == (0, 0)


def test_trouble_becomes_a_case_in_the_same_step(client, cast, callback):
    save(login(client, cast.agent), callback, **BAD, follow_up="complaint", request="换地板")
    case = db.session.scalars(select(Case)).one()
    assert (case.kind, case.content, case.request) == (CaseKind.COMPLAINT, "地板响", "换地板")
    assert (case.origin_callback, case.owner) == (callback, cast.agent)


def test_or_a_note_that_the_department_answers(client, cast, callback, app):
    save(login(client, cast.agent), callback, **BAD, follow_up="note", remarks="地板一踩就响")
    note = db.session.scalars(select(DepartmentNote)).one()
    assert (note.department, note.text) == (cast.works, "地板一踩就响")
    pm = login(app.test_client(), cast.pm)
    assert "地板一踩就响" in pm.get("/callbacks/notes").text
    assert pm.post(f"/callbacks/notes/{note.id}/answer", data={"answer": ""}).status_code == 422
    assert pm.post(f"/callbacks/notes/{note.id}/answer", data={"answer": "已换"}).status_code == 302
    second = db.session.scalars(select(Callback).where(Callback.origin_id == callback.id)).one()
    assert (second.occasion, second.root_id) == (Occasion.SECOND, callback.id)
    assert login(client, cast.agent).post(f"/callbacks/notes/{note.id}/answer", data={"answer": "x"}).status_code == 403


def test_the_server_drops_answers_of_branches_that_dont_apply(client, cast, callback):
    save(login(client, cast.agent), callback, **WARRANTY_FINE, q_to_repair_what="不该留下")
    assert {answer.code for answer in callback.answers} == {"in_use", "to_repair", "overall"}


def test_an_answer_that_was_not_offered_is_refused(client, cast, callback):
    assert save(login(client, cast.agent), callback, **WARRANTY_FINE | {"q_overall": "6"}).status_code == 422


def test_no_more_queries_than_a_page_may_have(client, cast, callback, project, queries):
    for day in range(1, 10):
        a_callback(
            project,
            state=CallbackState.DONE,
            effective=True,
            rating=4,
            reached_at=clock.at(date(2026, 2, day)),
            reached_by=cast.agent,
        )
        db.session.add(Attempt(callback=callback, at=clock.at(date(2026, 3, 1)), outcome=Outcome.BUSY, by=cast.agent))
    client = login(client, cast.agent)
    address = f"/callbacks/{callback.id}"
    client.get(address)
    db.session.commit()
    db.session.expire_all()
    with queries(at_most=10):
        client.get(address)
