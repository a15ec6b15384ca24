"""In whose hands a case goes: 移交, 换人负责."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.blueprints.cases.forms.base import ActionForm, when
from app.domain.accounts.models import Person
from app.domain.cases import assignment, choices
from app.domain.cases.actions import Action
from app.domain.cases.handoffs import sending
from app.domain.cases.models import Case
from app.domain.core.enums import N_
from app.web.fields import NoteField, PersonField
from app.web.i18n import gettext


class HandoffForm(ActionForm):
    action, path, button = Action.HAND_OVER, "handoff", N_("移交")
    to = SelectField(_l("移交给"), [InputRequired()])
    asked = NoteField(_l("请对方做什么"), required=True)
    happened_at = when()

    def offer(self, case: Case) -> None:
        """People who can sign and departments with a head; the one who built it first."""
        self.addressees = choices.addressees(case)
        self.to.choices = {
            gettext("部门"): [SelectChoice(f"d{row.id}", row.name) for row in self.addressees.departments],
            gettext("人员"): [SelectChoice(f"p{row.id}", with_department(row)) for row in self.addressees.people],
        }
        if self.addressees.suggested and not self.to.raw_data:
            self.to.data = f"p{self.addressees.suggested.id}"

    def perform(self, case: Case, *, by: Person, at: datetime) -> None:
        """移交."""
        to, happened_at = self.addressees.chosen(self.to.data), self.happened_at.data
        sending.send(case, to, asked=self.asked.data, happened_at=happened_at, by=by, at=at)


class OwnerForm(ActionForm):
    action, path, button = Action.REASSIGN, "owner", N_("换人负责")
    to_id = PersonField(_l("换给"), required=True)
    reason = NoteField(_l("原因"), required=True)

    def offer(self, case: Case) -> None:
        """Customer service of the case's branch."""
        self.to_id.offer(choices.owners(case), empty=gettext("请选择"))

    def perform(self, case: Case, *, by: Person, at: datetime) -> None:
        """换人负责."""
        assignment.reassign(case, self.to_id.chosen, reason=self.reason.data, by=by, at=at)


def with_department(person: Person) -> str:
    """The name, and where they work."""
    return f"{person.name} · {person.department.name}" if person.department else person.name
