"""How a case ends, or begins anew."""

from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.blueprints.cases.forms.base import ActionForm, when
from app.domain.accounts.models import Person
from app.domain.cases import choices, closing
from app.domain.cases.actions import Action
from app.domain.cases.models import Case
from app.domain.core.enums import N_
from app.web.fields import NoteField, RowField
from app.web.i18n import gettext


class AnswerForm(ActionForm):
    action, path, button = Action.ANSWER, "answer", N_("已答复客户")
    done = NoteField(_l("怎样答复的"), required=True)
    happened_at = when()

    def perform(self, case: Case, *, by: Person, at: datetime) -> None:
        """答复 of a suggestion, an enquiry, a praise."""
        closing.answer(case, done=self.done.data, happened_at=self.happened_at.data, by=by, at=at)


class ClosureForm(ActionForm):
    action, path, button = Action.CLOSE, "closure", N_("办结")
    cause_id = RowField(_l("原因"))
    result_id = RowField(_l("处理结果"))
    lesson = NoteField(_l("以后怎样避免"))
    note = NoteField(_l("说明"))

    def offer(self, case: Case) -> None:
        """The firm's causes and results."""
        found = choices.for_closing()
        self.cause_id.offer(found.causes, empty=gettext("请选择"))
        self.result_id.offer(found.results, empty=gettext("请选择"))

    def perform(self, case: Case, *, by: Person, at: datetime) -> None:
        """办结."""
        closing.close(
            case,
            cause=self.cause_id.chosen,
            result=self.result_id.chosen,
            lesson=self.lesson.data or "",
            note=self.note.data or "",
            by=by,
            at=at,
        )


class RoundForm(ActionForm):
    action, path, button = Action.REOPEN, "round", N_("转入下一轮")
    reason = NoteField(_l("原因"), required=True)

    def perform(self, case: Case, *, by: Person, at: datetime) -> None:
        """转入下一轮."""
        closing.reopen(case, reason=self.reason.data, by=by, at=at)


class CancellationForm(ActionForm):
    action, path, button = Action.CANCEL, "cancellation", N_("撤销这张工单")
    reason = NoteField(_l("原因"), required=True)

    def perform(self, case: Case, *, by: Person, at: datetime) -> None:
        """撤销."""
        closing.cancel(case, reason=self.reason.data, by=by, at=at)
