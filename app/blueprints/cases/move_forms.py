"""One form for each move. Each is sent once, and notices when someone else changed the case meanwhile."""

from types import SimpleNamespace
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, MultipleFileField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.blueprints.cases.uploads import photos_field
from app.domain.accounts.models import Person
from app.domain.callbacks.enums import Outcome
from app.domain.cases import chasing, choices, plans, raising
from app.domain.cases.enums import Payer, Responsibility
from app.domain.cases.models import Case
from app.domain.plans.enums import Urgency
from app.web.fields import (
    DayField,
    EnumField,
    EnumKeys,
    MomentField,
    MoneyField,
    NoteField,
    PersonField,
    RowField,
    TextField,
)
from app.web.forms import HouseForm, IdempotentForm, VersionedForm
from app.web.i18n import gettext

CALLED = (
    Outcome.REACHED, Outcome.NO_ANSWER, Outcome.BUSY, Outcome.OFF, Outcome.WRONG_NUMBER, Outcome.EMPTY_NUMBER,
    Outcome.LATER,
)  # fmt: skip


class MoveForm(IdempotentForm, VersionedForm):
    """The base: several stand on one page, so the ids of their fields begin with the form's own name."""

    class Meta(HouseForm.Meta):
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """The field, its id told apart from those of the page's other forms."""
            return super().bind_field(form, unbound_field, options | {"id": f"{form.called}-{options['name']}"})

    called = "move"
    makes_older_pages_stale = True

    def __init__(self, case: Case, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.offer(case)
        if not self.is_submitted():
            self.version.data = str(case.version)

    def offer(self, case: Case) -> None:
        """Fill the choices."""

    def differences(self, record: Any) -> list[tuple[str, str, str]]:
        """Where the case stands now, and everything that was typed, so that nothing is lost."""
        typed = [field.short_name for field in self if not isinstance(field, HiddenField | MultipleFileField)]
        known = SimpleNamespace(**{name: getattr(record, name, None) for name in typed})
        state = (gettext("状态"), gettext(record.state.label), "")
        return [state, *super().differences(known)]


def when() -> Any:
    """When it happened."""
    return MomentField(_l("时间"), description=_l("不填就是现在。"))


def yes_no(label: Any) -> Any:
    """A question that may stay open."""
    return RadioField(label, choices=[SelectChoice("1", _l("是")), SelectChoice("0", _l("否"))], validate_choice=False)


def with_department(person: Person) -> str:
    """The name, and where they work."""
    return f"{person.name} · {person.department.name}" if person.department else person.name


class VerificationForm(MoveForm):
    called = "verification"
    outcome = EnumKeys(_l("电话结果"), Outcome, required=True, only=CALLED)
    note = NoteField(_l("核实到的情况"))
    happened_at = when()


class JudgementForm(MoveForm):
    called = "judgement"
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


class HandoffForm(MoveForm):
    called = "handoff"
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


class ContactForm(MoveForm):
    called = "contact"
    outcome = EnumKeys(_l("电话结果"), Outcome, required=True, only=CALLED)
    note = NoteField(_l("说了什么"))
    happened_at = when()


class VisitForm(MoveForm):
    called = "visit"
    finding = NoteField(_l("现场情况"), required=True)
    responsibility = EnumKeys(_l("责任方"), Responsibility, required=True)
    responsible_id = PersonField(_l("责任人"))
    responsible_name = TextField(_l("责任人姓名"), description=_l("不在名单里时填写。"))
    photos = photos_field()
    happened_at = when()

    def offer(self, case: Case) -> None:
        """The people of the project."""
        self.responsible_id.offer(choices.people_on(case))


class PlanForm(MoveForm):
    called = "plan"
    solution = NoteField(_l("方案"), required=True)
    agreed_on = DayField(_l("约定完工日期"), required=True)
    quote = MoneyField(_l("报价"))
    is_quote_agreed = BooleanField(_l("客户同意报价"))
    happened_at = when()

    def offer(self, case: Case) -> None:
        """A price is asked for only where the customer pays."""
        if not plans.is_charged(case):
            del self.quote, self.is_quote_agreed


class DispatchForm(MoveForm):
    called = "dispatch"
    team_id = RowField(_l("施工队"), required=True)
    note = NoteField(_l("交代"))
    happened_at = when()

    def offer(self, case: Case) -> None:
        """The firm's teams."""
        self.team_id.offer(choices.teams(), empty=gettext("请选择"))


class NotedForm(MoveForm):
    note = NoteField(_l("备注"))
    happened_at = when()


class TeamContactForm(NotedForm):
    called = "team-contact"


class WorkForm(NotedForm):
    called = "work"


class ProgressForm(MoveForm):
    called = "progress"
    outcome = EnumKeys(_l("电话结果"), Outcome, required=True, only=CALLED)
    note = NoteField(_l("告诉了客户什么"))
    happened_at = when()


class CheckForm(MoveForm):
    called = "check"
    outcome = EnumKeys(_l("电话结果"), Outcome, required=True, only=CALLED)
    contacted = yes_no(_l("项目经理联系过您了吗"))
    appointed = yes_no(_l("约好上门时间了吗"))
    plan_agreed = yes_no(_l("方案定了吗，能接受吗"))
    note = NoteField(_l("客户说了什么"))


class ResolutionForm(MoveForm):
    called = "resolution"
    done = NoteField(_l("做了什么"), required=True)
    is_confirmed = BooleanField(_l("客户当场确认"))
    is_advised = BooleanField(_l("已告诉客户怎样保养"))
    photos = photos_field()
    happened_at = when()

    def offer(self, case: Case) -> None:
        """Confirmation and advice belong to repairs."""
        if case.kind.value != "repair":
            del self.is_confirmed, self.is_advised


class AnswerForm(MoveForm):
    called = "answer"
    done = NoteField(_l("怎样答复的"), required=True)
    happened_at = when()


class ClosureForm(MoveForm):
    called = "closure"
    cause_id = RowField(_l("原因"))
    result_id = RowField(_l("处理结果"))
    lesson = NoteField(_l("以后怎样避免"))
    note = NoteField(_l("说明"))

    def offer(self, case: Case) -> None:
        """The firm's causes and results."""
        found = choices.for_closing()
        self.cause_id.offer(found.causes, empty=gettext("请选择"))
        self.result_id.offer(found.results, empty=gettext("请选择"))


class ReasonForm(MoveForm):
    reason = NoteField(_l("原因"), required=True)


class RoundForm(ReasonForm):
    called = "round"


class CancellationForm(ReasonForm):
    called = "cancellation"


class UrgencyForm(ReasonForm):
    called = "urgency"
    urgency = EnumField(_l("升级为"), Urgency, required=True)

    def offer(self, case: Case) -> None:
        """Only what is more urgent."""
        above = {word.value for word in raising.above(case.urgency)}
        self.urgency.choices = [choice for choice in self.urgency.choices if choice.value in above]


class OwnerForm(ReasonForm):
    called = "owner"
    to_id = PersonField(_l("换给"), required=True)

    def offer(self, case: Case) -> None:
        """Customer service of the case's branch."""
        self.to_id.offer(choices.owners(case), empty=gettext("请选择"))


class CostsForm(MoveForm):
    called = "costs"
    labour = MoneyField(_l("人工费"))
    material = MoneyField(_l("材料费"))
    payer = EnumField(_l("承担方"), Payer, empty=_l("未定"))

    def __init__(self, case: Case, **kwargs: Any) -> None:
        super().__init__(case, data={"labour": case.labour, "material": case.material, "payer": case.payer}, **kwargs)


class PhotosForm(MoveForm):
    called = "photos"
    makes_older_pages_stale = False
    photos = photos_field()


class ChaseForm(MoveForm):
    """Knows the chases that its page showed, and holds whatever else was changed on the case."""

    called = "chase"
    makes_older_pages_stale = False
    seen = HiddenField()

    def offer(self, case: Case) -> None:
        """Keep how often the case was chased by now."""
        if not self.is_submitted():
            self.seen.data = str(chasing.chases_of(case))

    def is_stale(self, record: Any) -> bool:
        """Never: the customer chased, whatever was changed meanwhile."""
        return False
