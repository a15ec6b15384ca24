"""What a handoff says when it is sent."""

from app.domain.cases.handoffs import snapshots
from app.domain.core.parsing.phones import Phone
from app.domain.projects import contacts
from tests.domain.cases.walking import after, handed


def test_a_handoff_names_whom_calls_go_to_and_not_who_was_taken_off_that_day(valid, project, cast):
    gone = contacts.add(project, "前妻", "前妻", Phone("13600000001"), by=cast.agent, at=after(0))
    contacts.add(project, "王母", "母亲", Phone("13600000002"), by=cast.agent, at=after(0))
    contacts.end(gone, by=cast.agent, at=after(10))
    sent = handed(valid, cast)
    assert snapshots.read(sent.snapshot)["contacts"] == [["王母", "母亲", "13600000002"]]
