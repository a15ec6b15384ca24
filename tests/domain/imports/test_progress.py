"""How far an import is, told on the way; and stopped anywhere, it has written nothing."""

from itertools import count

from app.domain.core import clock
from app.domain.imports import engine
from app.domain.imports.phases import DEADLINES, JUDGING, READING, WRITING
from app.domain.jobs.progress import CLOSING, Cancelled, Progress
from app.extensions import db
from tests.domain.imports.books import everything, rows

CASE = {
    "工单编号": "BX-1",
    "类型": "报修",
    "合同编号": "H1",
    "受理时间": "2026-11-01 09:00",
    "内容": "漏水",
    "受理人": "limin",
    "移交时间": "2026-11-01 10:00",
    "移交给": "工程部",
}


class Heard(Progress):
    """Notes the phases, and stops at the nth word if that was asked for."""

    def __init__(self, stop_at: int = 0) -> None:
        self.phases: list[str] = []
        self.stop_at = stop_at

    def reached(self, phase: str, done: int = 0, total: int = 0) -> None:
        self.phases.append(phase)
        if len(self.phases) == self.stop_at:
            raise Cancelled


def applied(progress):
    content = rows(CASE, CASE | {"工单编号": "BX-2"})
    engine.apply(engine.judge("cases", content, by=None, at=clock.now(), create=True, progress=progress))


def test_every_phase_is_told(firm):
    heard = Heard()
    applied(heard)
    assert list(dict.fromkeys(heard.phases)) == [READING, JUDGING, WRITING, DEADLINES, CLOSING]


def test_stopped_anywhere_nothing_is_written(firm):
    before = everything()
    for nth in count(1):
        try:
            applied(Heard(stop_at=nth))
        except Cancelled:
            db.session.rollback()
            assert everything() == before
        else:
            break
    assert nth > 4
