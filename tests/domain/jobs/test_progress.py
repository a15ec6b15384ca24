"""How far a task is, told on the way."""

import pytest

from app.domain.jobs.progress import Cancelled, Progress


class Numbers(Progress):
    def __init__(self):
        self.heard = []

    def reached(self, phase, done=0, total=0):
        self.heard.append((done, total))


def test_things_pass_in_their_order_and_are_told_now_and_then():
    numbers = Numbers()
    assert list(numbers.passing("核对", range(120))) == list(range(120))
    assert numbers.heard == [(0, 120), (50, 120), (100, 120)]


def test_a_cancelled_task_says_that_nothing_was_written():
    with pytest.raises(Cancelled, match="什么都没有写入"):
        raise Cancelled
