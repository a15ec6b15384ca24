"""Callbacks by file: calls made, calls missed, calls to make."""

from datetime import UTC, datetime

from sqlalchemy import select

from app.domain.callbacks.enums import CallbackState, Outcome
from app.domain.callbacks.models import Callback
from app.domain.cases.models import Case
from app.domain.imports.models import AwaitedCase
from app.domain.plans.enums import Meaning, Occasion
from app.extensions import db
from tests.domain.imports.books import everything, how_many, judged, problems, rows, taken

C1 = {
    "回访编号": "C1",
    "合同编号": "H1",
    "阶段": "竣工验收",
    "应访开始": "2025-06-30",
    "应访截止": "2025-07-02",
    "客服": "李敏",
    "回访时间": "2025-07-02",
    "结果": "有效",
    "受访人": "王先生",
    "满意度": "很不满意",
    "服务态度": "非常满意",
    "清理现场": "否",
    "收费合理": "是",
    "回访描述": "灰尘多",
}
OPEN = {"回访编号": "C2", "合同编号": "H1", "阶段": "保修期", "应访截止": "2026-11-30", "客服": "limin"}
CASE = {"工单编号": "TS-1", "类型": "投诉", "合同编号": "H1", "受理时间": "2025-07-03", "内容": "灰", "受理人": "limin"}


def callback(number: str) -> Callback:
    db.session.expire_all()
    return db.session.scalars(select(Callback).where(Callback.number == number)).one()


def test_an_effective_call(firm):
    taken("callbacks", rows(C1))
    found = callback("C1")
    assert (found.state, found.effective, found.rating, found.truthful) == (CallbackState.DONE, True, 1, True)
    assert found.reached_at == datetime(2025, 7, 2, 15, 59, tzinfo=UTC)
    assert found.reached_by is found.assigned_to
    assert found.occasion is Occasion.COMPLETION
    assert (found.branch.name, found.project_manager.name) == ("城东", "周强")
    answers = {answer.meaning: answer.value for answer in found.answers}
    assert answers == {Meaning.ATTITUDE: "5", Meaning.SITE_CLEAN: "no", Meaning.FEE_FAIR: "yes"}
    assert [(one.outcome, one.at) for one in found.attempts] == [(Outcome.REACHED, found.reached_at)]


def test_without_a_time_it_is_due_or_missed_by_its_window(firm):
    over = OPEN | {"回访编号": "C3", "应访截止": "2026-11-20"}
    last_day = OPEN | {"回访编号": "C4", "应访截止": "2026-11-21"}
    taken("callbacks", rows(OPEN, over, last_day))
    states = {number: callback(number).state for number in ("C2", "C3", "C4")}
    assert states == {"C2": CallbackState.DUE, "C3": CallbackState.MISSED, "C4": CallbackState.DUE}
    assert callback("C2").questionnaire.code == "warranty"
    assert callback("C2").window_first == callback("C2").window_last


def test_other_results_are_attempts_on_one_not_done(firm):
    for number, (word, outcome) in enumerate(
        {
            "未接通": Outcome.NO_ANSWER,
            "拒访": Outcome.REFUSED,
            "空号": Outcome.EMPTY_NUMBER,
            "错号": Outcome.WRONG_NUMBER,
            "非本人": Outcome.NOT_THE_CUSTOMER,
        }.items()
    ):
        row = OPEN | {"回访编号": f"D{number}", "回访时间": "2026-11-20 10:00", "结果": word, "满意度": "满意"}
        plan = taken("callbacks", rows(row))
        found = callback(f"D{number}")
        assert (found.state, found.effective, found.rating) == (CallbackState.DUE, False, None)
        assert [one.outcome for one in found.attempts] == [outcome]
        assert [one.column for one in plan.work.warnings] == ["满意度"]


def test_the_same_file_again_changes_nothing_at_all(firm):
    second = OPEN | {
        "回访编号": "C5",
        "阶段": "二次回访",
        "原回访编号": "C1",
        "回访时间": "2026-11-20",
        "结果": "未接通",
    }
    content = rows(second, C1 | {"工单编号": "TS-1"}, OPEN)
    taken("callbacks", content)
    before = everything()
    assert taken("callbacks", content).counts() == {"added": 0, "updated": 0, "unchanged": 3, "rejected": 0}
    assert everything() == before


def test_chains_are_linked_in_any_order_of_rows(firm):
    second = C1 | {"回访编号": "C2", "阶段": "二次回访", "原回访编号": "C1"}
    third = C1 | {"回访编号": "C3", "阶段": "二次回访", "原回访编号": "C2"}
    taken("callbacks", rows(third, second, C1))
    first = callback("C1").id
    assert [(callback(number).origin.number, callback(number).root_id) for number in ("C2", "C3")] == [
        ("C1", first),
        ("C2", first),
    ]
    loop = rows(C1 | {"回访编号": "X", "原回访编号": "Y"}, C1 | {"回访编号": "Y", "原回访编号": "X"})
    assert problems(judged("callbacks", loop)) == [(2, "原回访编号"), (3, "原回访编号")]
    unknown = rows(C1 | {"回访编号": "X", "原回访编号": "Z"}, C1 | {"回访编号": "Y", "原回访编号": "Y"})
    assert problems(judged("callbacks", unknown)) == [(2, "原回访编号"), (3, "原回访编号")]


def test_a_case_may_be_imported_after_the_callback_that_names_it(firm):
    plan = taken("callbacks", rows(C1 | {"工单编号": "TS-1"}))
    assert [one.column for one in plan.work.warnings] == ["工单编号"]
    taken("cases", rows(CASE))
    assert callback("C1").case is db.session.scalars(select(Case)).one()
    assert how_many(AwaitedCase) == 0
    assert taken("callbacks", rows(C1 | {"工单编号": "TS-1"})).counts()["unchanged"] == 1


def test_a_time_and_a_result_belong_together(firm):
    assert problems(judged("callbacks", rows(C1 | {"结果": None}))) == [(2, "结果")]
    assert problems(judged("callbacks", rows(C1 | {"回访时间": None}))) == [(2, "回访时间")]
    assert problems(judged("callbacks", rows(C1 | {"回访时间": "2026-11-22"}))) == [(2, "回访时间")]
    assert problems(judged("callbacks", rows(C1 | {"合同编号": "H9"}))) == [(2, "合同编号")]
    assert problems(judged("callbacks", rows(C1 | {"应访开始": "2025-08-01"}))) == [(2, "应访开始")]
    assert problems(judged("callbacks", rows(C1 | {"客服": "王芳"}))) == [(2, "客服")]
    assert problems(judged("callbacks", rows(C1, C1))) == [(3, "回访编号")]


def test_a_corrected_call_keeps_the_one_before(firm):
    taken("callbacks", rows(C1))
    plan = taken("callbacks", rows(C1 | {"回访时间": "2025-07-01 09:30", "满意度": "满意", "属实": "否"}))
    assert plan.changes[0].shown["满意度"] == ("1", "4")
    found = callback("C1")
    assert (found.reached_at, found.rating, found.truthful) == (datetime(2025, 7, 1, 1, 30, tzinfo=UTC), 4, False)
    assert len(found.attempts) == 2
    taken("callbacks", rows(OPEN))
    taken("callbacks", rows(OPEN | {"回访时间": "2026-11-20 09:00", "结果": "有效", "满意度": "满意"}))
    assert callback("C2").state is CallbackState.DONE
