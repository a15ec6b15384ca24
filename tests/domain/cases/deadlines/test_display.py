"""What a clock's badge says, at its boundary minutes."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.cases.deadlines import display
from app.domain.cases.enums import DeadlineTone
from app.domain.cases.models import Case, Deadline
from app.domain.plans.enums import CaseKind, DeadlineKind

T = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)


CASE = Case(kind=CaseKind.COMPLAINT, received_at=T - timedelta(minutes=30))


def after(minutes):
    return T + timedelta(minutes=minutes)


def a_clock(**facts):
    given = {
        "kind": DeadlineKind.HANDOVER,
        "started_at": T,
        "due_at": after(100),
        "minutes": 100,
        "round": 1,
        "case": CASE,
    } | facts
    return Deadline(met_unreached=given.pop("met_unreached", False), **given)


def said(row, minutes, soon_share=20, **how):
    one = display.shown(row, after(minutes), soon_share=soon_share, **how)
    return one.tone, one.text.message % one.text.params


@pytest.mark.parametrize(
    ("minutes", "tone", "text"),
    [
        (0, DeadlineTone.OPEN, "剩 1:40"),
        (79, DeadlineTone.OPEN, "剩 0:21"),
        (80, DeadlineTone.SOON, "剩 0:20"),
        (100, DeadlineTone.SOON, "剩 0:00"),
        (101, DeadlineTone.OVER, "超时 0:01"),
        (100 + 35, DeadlineTone.OVER, "超时 0:35"),
        (100 + 50 * 60, DeadlineTone.OVER, "超时 50:00"),
    ],
)
def test_a_running_clock(minutes, tone, text):
    assert said(a_clock(), minutes) == (tone, text)


@pytest.mark.parametrize(
    ("facts", "tone", "text"),
    [
        ({"met_at": after(100)}, DeadlineTone.MET, "已按时"),
        ({"met_at": after(101)}, DeadlineTone.LATE, "迟 0:01"),
        ({"met_at": after(230)}, DeadlineTone.LATE, "迟 2:10"),
        ({"met_at": after(40), "met_unreached": True}, DeadlineTone.UNREACHED, "未联系上"),
        ({"released_at": after(40)}, DeadlineTone.RELEASED, "不再计时"),
    ],
)
def test_a_clock_that_stopped_says_so_whenever_it_is_looked_at(facts, tone, text):
    for minutes in (50, 100, 5000):
        assert said(a_clock(**facts), minutes) == (tone, text)


def test_a_clock_that_the_work_passed_over_no_longer_counts_down():
    assert said(a_clock(), 5000, is_expected=False) == (DeadlineTone.BROKEN, "未办")


def test_from_which_share_of_its_time_a_clock_is_due_soon_is_given():
    assert said(a_clock(), 49, soon_share=50) == (DeadlineTone.OPEN, "剩 0:51")
    assert said(a_clock(), 50, soon_share=50) == (DeadlineTone.SOON, "剩 0:50")


def test_the_title_says_which_promise_and_why_it_is_due_then():
    title = display.title_of(a_clock())
    assert title.message % title.params == "移交：自判定（2026-03-05 10:00）起 1:40 内，到 2026-03-05 11:40"
    received = display.title_of(a_clock(kind=DeadlineKind.VERIFY, started_at=CASE.received_at))
    assert received.params["start"] == "受理"
    at_once = display.title_of(a_clock(started_at=CASE.received_at))  # judged in the minute of receipt
    assert at_once.params["start"] == "判定"
    agreed = display.title_of(a_clock(kind=DeadlineKind.WORK_DONE, minutes=None))
    assert agreed.message % agreed.params == "完工：按和客户约定的日期，到 2026-03-05 11:40"
