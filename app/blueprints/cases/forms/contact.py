"""Calls to the customer, and from them."""

from datetime import datetime
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from app.blueprints.cases.forms.base import ActionForm, called, when, yes_no
from app.domain.accounts.models import Person
from app.domain.cases import contact
from app.domain.cases.actions import Action
from app.domain.cases.models import Case
from app.domain.core.enums import N_
from app.domain.core.text import row_id
from app.web.fields import NoteField

SAID = {"1": True, "0": False}


class VerificationForm(ActionForm):
    action, path, button = Action.VERIFY, "verification", N_("记下这次电话")
    outcome = called()
    note = NoteField(_l("核实到的情况"))
    happened_at = when()

    def perform(self, case: Case, *, by: Person, at: datetime) -> None:
        """核实回电."""
        note, happened_at = self.note.data or "", self.happened_at.data
        contact.verify(case, self.outcome.data, note=note, happened_at=happened_at, by=by, at=at)


class ContactForm(ActionForm):
    action, path, button = Action.CONTACT, "contact", N_("记下这次电话")
    outcome = called()
    note = NoteField(_l("说了什么"))
    happened_at = when()

    def perform(self, case: Case, *, by: Person, at: datetime) -> None:
        """联系客户, by the site or recorded for it."""
        note, happened_at = self.note.data or "", self.happened_at.data
        contact.contact(case, self.outcome.data, note=note, happened_at=happened_at, by=by, at=at)


class ProgressForm(ActionForm):
    action, path, button = Action.TELL, "progress", N_("记下这次电话")
    outcome = called()
    note = NoteField(_l("告诉了客户什么"))
    happened_at = when()

    def perform(self, case: Case, *, by: Person, at: datetime) -> None:
        """告知进展."""
        note, happened_at = self.note.data or "", self.happened_at.data
        contact.tell(case, self.outcome.data, note=note, happened_at=happened_at, by=by, at=at)


class CheckForm(ActionForm):
    action, path, button = Action.CHECK, "check-call", N_("记下这次回访")
    outcome = called()
    contacted = yes_no(_l("项目经理联系过您了吗"))
    appointed = yes_no(_l("约好上门时间了吗"))
    plan_agreed = yes_no(_l("方案定了吗，能接受吗"))
    note = NoteField(_l("客户说了什么"))

    def perform(self, case: Case, *, by: Person, at: datetime) -> None:
        """48小时回访."""
        said = {name: SAID.get(self[name].data or "") for name in ("contacted", "appointed", "plan_agreed")}
        contact.check(case, self.outcome.data, note=self.note.data or "", by=by, at=at, **said)


class ChaseForm(ActionForm):
    """Knows the chases that its page showed, and holds whatever else was changed on the case."""

    action, path, button = Action.CHASE, "chase", N_("催办")
    makes_older_pages_stale: ClassVar[bool] = False
    seen = HiddenField()

    def offer(self, case: Case) -> None:
        """Keep how often the case was chased by now."""
        if not self.is_submitted():
            self.seen.data = str(contact.chases_of(case))

    def is_stale(self, record: Case) -> bool:
        """Never: the customer chased, whatever was changed meanwhile."""
        return False

    def perform(self, case: Case, *, by: Person, at: datetime) -> None:
        """催办."""
        contact.chase(case, seen=row_id(self.seen.data) or 0, by=by, at=at)
