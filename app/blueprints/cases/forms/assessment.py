"""What a case is: its verdict, its category, its urgency."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.blueprints.cases.forms.base import ActionForm, when
from app.blueprints.cases.forms.registration import FULL_NAME
from app.domain.accounts.models import Person
from app.domain.cases import assessment, queries
from app.domain.cases.actions import Action
from app.domain.cases.models import Case
from app.domain.core.enums import N_
from app.domain.plans.enums import Urgency
from app.web.fields import EnumField, NoteField, RowField


class JudgementForm(ActionForm):
    """Both verdicts: the action of the one that doesn't hold is asked for by the verb."""

    action, path, button = Action.FIND_VALID, "judgement", N_("判定")
    verdict = RadioField(
        _l("判定"),
        [InputRequired()],
        choices=[
            SelectChoice("department", _l("成立，移交部门处理")),
            SelectChoice("service", _l("成立，客服自己解决")),
            SelectChoice("invalid", _l("不成立")),
        ],
    )
    reason = NoteField(_l("理由"), description=_l("判定不成立时必填。"))
    happened_at = when()

    @classmethod
    def label(cls) -> str:
        """Of both."""
        return N_("判定是否成立")

    def perform(self, case: Case, *, by: Person, at: datetime) -> None:
        """判定."""
        verdict = self.verdict.data
        assessment.judge(
            case,
            is_valid=verdict != "invalid",
            needs_department=verdict == "department",
            reason=self.reason.data or "",
            happened_at=self.happened_at.data,
            by=by,
            at=at,
        )


class CategoryForm(ActionForm):
    """The category of a case that is registered already."""

    action, path, button = Action.CLASSIFY, "category", N_("改分类")
    category_id = RowField(_l("分类"), required=True)
    reason = NoteField(_l("原因"), description=_l("原来没有分类的不用填。"))

    def offer(self, case: Case) -> None:
        """The firm's categories."""
        self.category_id.offer(queries.categories(), empty=_l("请选择"), name=FULL_NAME)

    def perform(self, case: Case, *, by: Person, at: datetime) -> None:
        """改分类."""
        assessment.classify(case, self.category_id.chosen, reason=self.reason.data or "", by=by, at=at)


class UrgencyForm(ActionForm):
    action, path, button = Action.RAISE, "urgency", N_("升级")
    urgency = EnumField(_l("升级为"), Urgency, required=True)
    reason = NoteField(_l("原因"), required=True)

    def offer(self, case: Case) -> None:
        """Only what is more urgent."""
        above = {urgency.value for urgency in assessment.urgencies_above(case.urgency)}
        self.urgency.choices = [choice for choice in self.urgency.choices if choice.value in above]

    def perform(self, case: Case, *, by: Person, at: datetime) -> None:
        """升级紧急程度."""
        assessment.raise_urgency(case, self.urgency.data, reason=self.reason.data, by=by, at=at)
