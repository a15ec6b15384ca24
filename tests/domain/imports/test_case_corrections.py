"""Cases imported again: what a later file adds, corrects and supersedes."""

from sqlalchemy import select

from app.domain.accounts.models import Person
from app.domain.cases.enums import CaseState, EventKind
from app.domain.cases.handoffs import refusing, sending, signing
from app.domain.cases.handoffs.models import Handoff
from app.domain.cases.models import CaseEvent
from app.domain.plans.enums import DeadlineKind
from app.extensions import db
from tests.domain.imports.books import everything, how_many, rows, taken
from tests.domain.imports.case_ledgers import OPENED, REPAIR, WHOLE, case, deadlines, fates, wall


def test_the_same_file_again_changes_nothing_at_all(firm):
    person = {"移交时间": "2026-11-01 11:00", "移交给": "周强", "责任人": "周强", "返修": "是"}
    content = rows(WHOLE, REPAIR | person, OPENED | {"工单编号": "ZX-1", "类型": "咨询", "撤销时间": "2026-11-02"})
    taken("cases", content)
    before = everything()
    assert taken("cases", content).counts() == {"added": 0, "updated": 0, "unchanged": 3, "rejected": 0}
    assert everything() == before


def test_a_changed_time_corrects_its_step_and_supersedes_its_deadlines(firm):
    taken("cases", rows(WHOLE))
    taken(
        "cases",
        rows(WHOLE | {"移交时间": "2026-11-01 13:30", "签收时间": "2026-11-01 14:00", "联系时间": "2026-11-01 14:00"}),
    )
    found = case()
    handed = [event for event in found.events if event.kind is EventKind.HANDED_OVER]
    assert [event.superseded_at is None for event in handed] == [False, True]
    assert fates(found)["handover"] == "late"
    assert fates(found)["sign"] == "kept"
    assert deadlines(found)[DeadlineKind.ON_SITE].started_at == wall("2026-11-01 13:30")
    old = [row for row in found.deadlines if row.superseded_at is not None]
    assert {row.kind for row in old} >= {DeadlineKind.HANDOVER, DeadlineKind.SIGN, DeadlineKind.ON_SITE}
    handoff = db.session.scalars(select(Handoff).where(Handoff.round == 1)).one()
    assert how_many(Handoff) == 2
    assert (handoff.sent_at, handoff.signature.at) == (wall("2026-11-01 13:30"), wall("2026-11-01 14:00"))


def test_a_corrected_case_stands_as_if_imported_anew(firm):
    taken("cases", rows(OPENED | {"工单编号": "b"}, WHOLE | {"工单编号": "c", "受理时间": "2026-11-01 08:00"}))
    wanted = WHOLE | {"上门时间": "2026-11-04 09:00", "方案时间": "2026-11-04 10:00"}
    taken("cases", rows(wanted | {"工单编号": "a"}, wanted | {"工单编号": "b"}, wanted | {"工单编号": "c"}))

    def as_it_stands(number):
        found = case(number)
        return (
            found.state,
            found.received_at,
            found.ended_at,
            found.needs_department,
            found.assignee_id,
            sorted((event.kind, event.happened_at) for event in found.events if event.superseded_at is None),
            sorted(
                (row.kind, row.started_at, row.due_at, row.met_at, row.released_at) for row in deadlines(found).values()
            ),
        )

    assert as_it_stands("b") == as_it_stands("c") == as_it_stands("a")


def test_a_correction_leaves_what_was_done_here_since(firm):
    """It was refused and handed over anew in the system: a file that corrects what is older doesn't undo that."""
    limin, wang, zhou = (
        db.session.scalars(select(Person).where(Person.name == name)).first() for name in ("李敏", "王芳", "周强")
    )
    known = REPAIR | {"移交时间": "2026-11-01 11:00", "移交给": "工程部"}
    taken("cases", rows(known))
    found = case(REPAIR["工单编号"])
    at = wall("2026-11-20 10:00")
    refusing.refuse(db.session.scalars(select(Handoff)).one(), reason="不归我部", by=wang, at=at)
    taken("cases", rows(known | {"受理时间": "2026-11-01 08:00"}))
    assert (found.state, found.assignee) == (CaseState.RETURNED, limin)
    again = sending.send(found, zhou, asked="请上门", by=limin, at=at)
    signing.sign(again, seen=again.sha256, typed_name="周", by=zhou, at=at)
    taken("cases", rows(known | {"受理时间": "2026-11-01 07:00"}))
    assert (found.state, found.assignee) == (CaseState.SIGNED, zhou)


def test_a_later_cancellation_breaks_what_the_first_had_released(firm):
    taken("cases", rows(OPENED | {"撤销时间": "2026-11-01 10:59"}))
    assert (fates(case())["verify"], fates(case())["judge"]) == ("released", "released")
    taken("cases", rows(OPENED | {"撤销时间": "2026-11-01 11:01"}))
    assert (fates(case())["verify"], fates(case())["judge"]) == ("broken", "broken")


def test_another_addressee_leaves_one_promise_to_sign(firm):
    handed = OPENED | {"移交时间": "2026-11-01 11:00", "移交给": "周强"}
    taken("cases", rows(handed))
    taken("cases", rows(handed | {"移交给": "工程部"}))
    signing = [row for row in case().deadlines if row.kind is DeadlineKind.SIGN and row.superseded_at is None]
    assert len(signing) == 1


def test_later_steps_are_added_to_an_open_case(firm):
    taken("cases", rows(OPENED))
    before = [event.id for event in case().events]
    plan = taken("cases", rows(OPENED | {"核实时间": "2026-11-01 12:00"}))
    assert plan.counts()["updated"] == 1
    assert [event.id for event in case().events if event.superseded_at is None][:1] == before
    assert fates(case())["verify"] == "late"
    assert how_many(CaseEvent) == 2


def test_a_corrected_time_marks_repeats_anew_but_not_against_what_was_given(firm):
    def repairs(resolved):
        first = REPAIR | {"工单编号": "r1", "处理完成时间": resolved}
        again = REPAIR | {"受理时间": "2026-11-10 09:00"}
        return rows(first, again | {"工单编号": "r2"}, again | {"工单编号": "r3", "返修": "是"})

    taken("cases", repairs("2026-11-11 09:00"))
    assert [case(number).is_repeat for number in ("r2", "r3")] == [False, True]
    plan = taken("cases", repairs("2026-11-09 09:00"))
    assert [change.name for change in plan.changes if not change.is_unchanged] == ["r1"]
    assert [case(number).is_repeat for number in ("r2", "r3")] == [True, True]
    assert case("r2").repeat_of_id == case("r1").id
    taken("cases", rows(REPAIR | {"工单编号": "r2", "受理时间": "2026-11-10 09:00", "返修": "否"}))
    assert (case("r2").is_repeat, case("r2").repeat_of_id) == (False, None)
