"""Cases by file: every event, every clock, and what is refused."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.callbacks.models import Callback
from app.domain.cases.enums import CaseState, EventKind
from app.domain.cases.handoffs.enums import HandoffState, SignedHow
from app.domain.cases.handoffs.models import Handoff
from app.domain.cases.numbers import next_number
from app.domain.plans.enums import CaseKind, DeadlineKind
from app.extensions import db
from tests.domain.imports.books import how_many, judged, problems, rows, taken
from tests.domain.imports.case_ledgers import OPENED, REPAIR, WHOLE, case, deadlines, fates, wall


def test_a_complaint_whole(firm):
    plan = taken("cases", rows(WHOLE))
    found = case()
    assert found.state is CaseState.CLOSED
    assert found.ended_at == wall("2026-11-06 10:30")
    assert [event.kind for event in found.events if event.kind is not EventKind.CONTACTED] == [
        EventKind.RECEIVED,
        EventKind.VERIFIED,
        EventKind.JUDGED,
        EventKind.HANDED_OVER,
        EventKind.SIGNED,
        EventKind.VISITED,
        EventKind.PLANNED,
        EventKind.RESOLVED,
        EventKind.SATISFACTION,
        EventKind.CLOSED,
    ]
    assert all(event.imported for event in found.events)
    assert (found.is_valid, found.needs_department, found.rating, found.department.name) == (True, True, 4, "工程部")
    assert (found.responsible, found.responsible_name, found.cause.name) == (None, "水工老李", "接头老化")
    assert (found.branch.name, found.project_manager.name, found.owner.name) == ("城东", "周强", "李敏")
    assert str(found.cost) == "200.50"
    assert fates(found) == {
        "verify": "kept",
        "judge": "kept",
        "handover": "kept",
        "sign": "late",
        "on_site": "kept",
        "solution": "kept",
        "satisfaction": "late",
        "urgent_contact": "kept",
    }
    assert deadlines(found)[DeadlineKind.ON_SITE].met_at == wall("2026-11-02 23:59")
    assert ("原因", "接头老化") in plan.work.made
    assert how_many(Callback) == 0


def test_the_handoff_and_its_signature_are_history(firm):
    taken("cases", rows(WHOLE))
    handoff = db.session.scalars(select(Handoff)).one()
    assert (handoff.state, handoff.imported, handoff.to_department.name) == (HandoffState.SIGNED, True, "工程部")
    assert (handoff.signature.how, handoff.signature.at) == (SignedHow.IMPORTED, wall("2026-11-01 16:00"))
    assert handoff.sign_by == handoff.sent_at + timedelta(hours=4)
    assert handoff.signature.sha256 == handoff.sha256


def test_an_open_repair_breaks_its_promises_from_the_moment_of_import(firm):
    taken("cases", rows(REPAIR | {"移交时间": "2026-11-01 10:00", "移交给": "周强", "签收时间": "2026-11-01 13:00"}))
    found = case("BX-20261101-001")
    assert found.state is CaseState.SIGNED
    assert (found.assignee.name, found.assigned_at) == ("周强", wall("2026-11-01 13:00"))
    assert found.department.name == "工程部"
    assert fates(found) == {
        "handover": "kept",
        "sign": "kept",
        "contact": "broken",
        "on_site": "broken",
        "solution": "broken",
        "check_call": "broken",
    }


@pytest.mark.parametrize(
    ("more", "column"),
    [
        ({"核实时间": "2026-11-01 08:59"}, "核实时间"),
        ({"判定时间": "2026-11-01 10:00", "是否成立": "成立", "核实时间": "2026-11-01 10:01"}, "判定时间"),
        ({"移交时间": "2026-11-01 10:00", "签收时间": "2026-11-01 09:59"}, "签收时间"),
        ({"移交时间": "2026-11-01 10:00", "联系时间": "2026-11-01 09:59"}, "联系时间"),
        (
            {"上门时间": "2026-11-03 10:00", "处理完成时间": "2026-11-03 09:00", "办结时间": "2026-11-02 09:00"},
            "处理完成时间",
        ),
        ({"办结时间": "2026-11-03 10:00", "满意度回访时间": "2026-11-04"}, "办结时间"),
        ({"撤销时间": "2026-11-01 08:00"}, "撤销时间"),
        ({"处理完成时间": "2026-11-22"}, "处理完成时间"),
        ({"判定时间": "2026-11-01 10:00"}, "是否成立"),
        ({"受理时间": None}, "受理时间"),
        ({"合同编号": None}, "合同编号"),
        ({"合同编号": "H9"}, "合同编号"),
        ({"受理人": "王芳"}, "受理人"),
        ({"渠道": "飞鸽"}, "渠道"),
        ({"二级分类": "没有的", "一级分类": None}, "二级分类"),
    ],
)
def test_the_first_time_out_of_order_and_other_faults_are_the_rows_error(firm, more, column):
    assert problems(judged("cases", rows(OPENED | {"客户手机": None} | more))) == [(2, column)]


@pytest.mark.parametrize(
    "more",
    [
        {"核实时间": "2026-11-01 09:00", "移交时间": "2026-11-01 09:00", "签收时间": "2026-11-01 09:00"},
        {
            "移交时间": "2026-11-01 10:00",
            "联系时间": "2026-11-09 10:00",
            "上门时间": "2026-11-02",
            "办结时间": "2026-11-03",
        },
        {"移交时间": "2026-11-01 10:00", "签收时间": "2026-11-01 12:00", "联系时间": "2026-11-01 11:00"},
        {"办结时间": "2026-11-03", "撤销时间": "2026-11-02"},
        {"处理完成时间": "2026-11-21"},
    ],
)
def test_equal_times_skipped_steps_and_a_contact_anywhere_after_the_handover_stand(firm, more):
    taken("cases", rows(OPENED | more))


def test_who_needed_a_department(firm):
    valid = OPENED | {"判定时间": "2026-11-01 10:00", "是否成立": "成立"}
    taken(
        "cases",
        rows(
            valid | {"工单编号": "a", "处理完成时间": "2026-11-01 15:00"},
            valid | {"工单编号": "b"},
            valid | {"工单编号": "c", "是否成立": "不成立", "办结时间": "2026-11-02"},
            valid | {"工单编号": "d", "移交时间": "2026-11-01 15:00", "处理完成时间": "2026-11-01 15:00"},
        ),
    )
    assert [case(number).needs_department for number in "abcd"] == [False, True, None, True]
    assert [fates(case(number)).get("handover") for number in "abcd"] == [None, "broken", None, "late"]
    assert case("c").state is CaseState.CLOSED


def test_a_cancellation_ends_the_case_and_releases_what_was_not_due(firm):
    taken("cases", rows(REPAIR | {"移交时间": "2026-11-01 12:00", "撤销时间": "2026-11-01 13:00"}))
    found = case("BX-20261101-001")
    assert (found.state, found.ended_at) == (CaseState.CANCELLED, wall("2026-11-01 13:00"))
    assert fates(found) == {
        "handover": "late",
        "sign": "released",
        "contact": "released",
        "on_site": "released",
        "solution": "released",
        "check_call": "released",
    }


def test_a_repeat_is_found_whatever_the_order_of_rows(firm):
    first = REPAIR | {"工单编号": "r1", "受理时间": "2026-09-01 09:00", "处理完成时间": "2026-09-10 09:00"}
    same_moment = REPAIR | {"工单编号": "r2", "受理时间": "2026-10-10 09:00", "二级分类": "电路"}
    too_late = REPAIR | {"工单编号": "r3", "受理时间": "2026-10-10 09:01"}
    other = same_moment | {"工单编号": "r4", "一级分类": "防水", "二级分类": None}
    given = other | {"工单编号": "r5", "返修": "是"}
    denied = same_moment | {"工单编号": "r6", "返修": "否"}
    taken("cases", rows(denied, given, other, too_late, same_moment, first))
    assert [case(f"r{n}").is_repeat for n in range(1, 7)] == [False, True, False, False, True, False]
    assert case("r2").repeat_of_id == case("r1").id


def test_warranty_is_judged_by_the_projects_dates(firm):
    inside = REPAIR | {"工单编号": "w1"}
    outside = REPAIR | {"工单编号": "w2", "受理时间": "2025-06-29"}
    nobody_knows = REPAIR | {"工单编号": "w3", "合同编号": None, "客户手机": "13800000001"}
    taken("cases", rows(inside, outside, nobody_knows))
    assert [case(number).in_warranty for number in ("w1", "w2", "w3")] == [True, False, None]
    assert case("w3").branch.name == "城东"


def test_an_imported_number_is_passed_over_by_the_counter(firm):
    taken("cases", rows(OPENED | {"工单编号": "TS-20261121-001"}))
    assert next_number(CaseKind.COMPLAINT, wall("2026-11-21 10:00")) == "TS-20261121-002"


def test_unknown_names_are_made_only_when_asked(firm):
    row = REPAIR | {
        "受理人": "新人",
        "移交时间": "2026-11-01 10:00",
        "移交给": "水电部",
        "施工队": "一队",
        "一级分类": "门窗",
    }
    assert problems(judged("cases", rows(row), create=False)) == [(2, "受理人")]
    taken("cases", rows(row))
    found = case("BX-20261101-001")
    assert (found.owner.account.username, found.department.name, found.team.name) == ("新人", "水电部", "一队")
    assert found.category.first_level.name == "门窗"


def test_an_unsigned_handoff_of_a_finished_case_waits_for_nobody_but_stays_broken(firm):
    taken("cases", rows(WHOLE | {"签收时间": None}))
    assert fates(case())["sign"] == "broken"
    assert db.session.scalars(select(Handoff)).one().state is HandoffState.WITHDRAWN
    taken("cases", rows(WHOLE))
    assert fates(case())["sign"] == "late"
